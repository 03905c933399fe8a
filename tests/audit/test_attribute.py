"""Exact limits of an error rate: compared with the distributions counted out, and their promise kept everywhere."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from ccmlib.audit.attribute import clopper_pearson, hypergeometric

POPULATION, SAMPLED = 40, 12


def chance(found: int, wrong: int) -> float:
    return comb(wrong, found) * comb(POPULATION - wrong, SAMPLED - found) / comb(POPULATION, SAMPLED)


def at_most(found: int, wrong: int) -> float:
    return sum(chance(number, wrong) for number in range(found + 1))


def at_least(found: int, wrong: int) -> float:
    return sum(chance(number, wrong) for number in range(found, SAMPLED + 1))


@pytest.mark.parametrize("errors", range(SAMPLED + 1))
def test_hypergeometric_limits_are_the_numbers_that_the_sample_does_not_refute(errors):
    found = hypergeometric(errors, SAMPLED, POPULATION, 0.05)
    kept = [
        wrong for wrong in range(POPULATION + 1) if at_most(errors, wrong) > 0.05 and at_least(errors, wrong) > 0.05
    ]
    assert (found.lower * POPULATION, found.upper * POPULATION) == pytest.approx((min(kept), max(kept)))


@pytest.mark.parametrize("limits", [hypergeometric, lambda x, n, _, tail: clopper_pearson(x, n, tail)])
def test_exact_limits_cover_every_true_rate_as_often_as_they_say(limits):
    found = [limits(errors, SAMPLED, POPULATION, 0.05) for errors in range(SAMPLED + 1)]
    for wrong in range(POPULATION + 1):
        covers = [each.lower - 1e-12 <= wrong / POPULATION <= each.upper + 1e-12 for each in found]
        assert sum(chance(errors, wrong) for errors, covered in enumerate(covers) if covered) >= 0.90


@given(
    st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from([0.025, 0.05, 0.1])
)
def test_clopper_pearson_limits_are_those_of_the_beta_distribution(pair, tail):
    errors, sampled = pair
    found = clopper_pearson(errors, sampled, tail)
    assert found.lower == pytest.approx(beta.ppf(tail, errors, sampled - errors + 1) if errors else 0)
    assert found.upper == pytest.approx(beta.ppf(1 - tail, errors + 1, sampled - errors) if errors < sampled else 1)


@given(st.integers(2, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n), st.integers(0, 200))))
def test_knowing_the_size_of_the_frame_never_widens_the_limits(case):
    errors, sampled, more = case
    known, unknown = hypergeometric(errors, sampled, sampled + more, 0.05), clopper_pearson(errors, sampled, 0.05)
    one = 1 / (sampled + more)  # a finite frame has only whole units
    assert unknown.lower - one <= known.lower <= errors / sampled + one
    assert errors / sampled - one <= known.upper <= unknown.upper + one


def test_a_frame_reviewed_whole_leaves_no_doubt():
    found = hypergeometric(7, 50, 50, 0.05)
    assert (found.lower, found.upper) == (0.14, 0.14)

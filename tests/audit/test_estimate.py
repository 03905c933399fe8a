"""What must hold of an estimate whatever was found."""

import json
import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccmlib.audit import TakeAll, draw, estimate
from ccmlib.audit.amount import combined_ratio, difference, mean_per_unit, separate_ratio
from ccmlib.audit.attribute import clopper_pearson, hypergeometric
from ccmlib.audit.labels import LABELS
from ccmlib.audit.limit import NORMAL, T
from ccmlib.audit.stratum import Stratum, cents
from ccmlib.problem import Problem

from .claims import FAMILIES, claim_lines, overpaid, practice_lines, reviewed_ok

ESTIMATORS = [difference, mean_per_unit, combined_ratio, separate_ratio]


EITHER = st.booleans()


@st.composite
def strata(draw_, whole=EITHER, most=4):
    """One to `most` strata, some reviewed whole, with over- and underpayments."""
    return [_stratum(draw_, number, draw_(whole)) for number in range(draw_(st.integers(1, most)))]


def _stratum(draw_, number: int, whole: bool) -> Stratum:
    size = draw_(st.integers(2, 25))
    allowed = np.array(draw_(st.lists(st.integers(1_000, 50_000), min_size=size, max_size=size)), float)
    share = np.array(draw_(st.lists(st.sampled_from([0, 0, 0, 1, 0.5, -0.3]), min_size=size, max_size=size)))
    more = 0 if whole else draw_(st.integers(1, 500))
    over = np.round(allowed * share)
    return Stratum(str(number), size + more, allowed.sum() + more * 9_000.0, allowed, over, int((over != 0).sum()))


@given(strata(whole=st.just(True)), st.sampled_from(ESTIMATORS))
def test_a_frame_reviewed_whole_is_known_without_error(found, estimator):
    total = estimator(found)
    assert (total.se, total.df) == (0, math.inf)
    assert cents(total.point) == sum(cents(each.over.sum()) for each in found)


@given(strata(), strata(whole=st.just(True), most=1), st.sampled_from(ESTIMATORS))
def test_a_stratum_reviewed_whole_adds_its_total_and_no_error(found, whole, estimator):
    without, with_it = estimator(found), estimator([*found, *whole])
    assert with_it.point == pytest.approx(without.point + whole[0].over.sum(), abs=1e-4)
    assert (with_it.se, with_it.df) == pytest.approx((without.se, without.df))


@given(strata(), st.randoms(use_true_random=False), st.sampled_from(ESTIMATORS))
def test_the_order_of_units_and_strata_changes_nothing(found, random, estimator):
    mixed = [
        Stratum(each.name, each.population, each.total, each.allowed[order], each.over[order], each.errors)
        for each in random.sample(found, len(found))
        for order in [np.array(random.sample(range(each.sampled), each.sampled))]
    ]
    one, other = estimator(found), estimator(mixed)
    assert (one.point, one.se, one.df) == pytest.approx((other.point, other.se, other.df), rel=1e-6, abs=1e-4)


@given(strata(most=1), st.sampled_from(ESTIMATORS[2:]))
def test_the_ratio_of_one_stratum_is_the_textbook_one(found, estimator):
    (one,) = found
    ratio = sum(one.over) / sum(one.allowed)
    squares = sum((over - ratio * allowed) ** 2 for over, allowed in zip(one.over, one.allowed, strict=True))
    n, units = one.sampled, one.population
    total = estimator(found)
    assert total.point == pytest.approx(ratio * one.total, abs=1e-4)
    assert total.se == pytest.approx(units * math.sqrt((1 - n / units) / n * squares / (n - 1)), abs=1e-4)


def test_combined_and_separate_ratio_differ_as_the_textbook_says():
    one = Stratum("1", 100, 1_000_000.0, np.array([9_000.0, 11_000.0]), np.array([0.0, 5_000.0]), 1)
    two = Stratum("2", 50, 2_000_000.0, np.array([30_000.0, 50_000.0]), np.array([30_000.0, 10_000.0]), 2)
    assert separate_ratio([one, two]).point == pytest.approx(0.25 * 1_000_000 + 0.5 * 2_000_000)
    ratio = (100 * 2_500 + 50 * 20_000) / (100 * 10_000 + 50 * 40_000)
    assert combined_ratio([one, two]).point == pytest.approx(ratio * 3_000_000)
    spread = [np.var(each.over - ratio * each.allowed, ddof=1) for each in (one, two)]
    variance = 100 * 98 / 2 * spread[0] + 50 * 48 / 2 * spread[1]
    assert combined_ratio([one, two]).se == pytest.approx(math.sqrt(variance))


sheets = st.tuples(
    st.integers(0, 10**6),
    st.dictionaries(st.integers(0, 29), st.sampled_from([6_613, 3_000, 1, 0, -2_500]), max_size=30),
    st.sampled_from([("simple", ()), ("stratified", ("site",)), ("stratified", ("family", "site"))]),
)


def reviewed_sheet(case):
    seed, over, (method, by) = case
    sample = draw(practice_lines(), method, 30, seed, by, families=FAMILIES)
    return overpaid(reviewed_ok(sample), over)


@given(sheets, st.sampled_from([T, NORMAL]))
@settings(max_examples=40, deadline=None)
def test_limits_stand_in_order_and_never_below_zero(case, by):
    found = estimate(reviewed_sheet(case))
    for name in found.estimators:
        point = max(cents(found.total(name).point), 0)
        eighty, ninety, ninety_five, one_sided_90, one_sided_95 = found.limits(name, by=by)
        assert 0 <= ninety_five.lower <= ninety.lower <= eighty.lower <= point
        assert point <= eighty.upper <= ninety.upper <= ninety_five.upper
        assert (one_sided_90.lower, one_sided_95.lower) == (eighty.lower, ninety.lower)
        assert all(each.set_to_zero == (each.computed_lower < 0) for each in found.limits(name, by=by))


@given(sheets)
@settings(max_examples=30, deadline=None)
def test_net_is_over_less_under_and_rates_are_in_order(case):
    found = estimate(reviewed_sheet(case))
    net, over, under = (found.total(measure=measure).point for measure in ("net", "overpayment", "underpayment"))
    assert net == pytest.approx(over - under, abs=1e-4)
    for label in LABELS:
        for limits in (found.error_rate.endless(label.tail), found.error_rate.finite(label.tail)):
            assert 0 <= limits.lower <= found.error_rate.point + 1e-9 <= limits.upper + 2e-9 <= 1 + 3e-9
    json.dumps(found.summary())


def test_errors_known_for_certain_count_in_both_limits_of_the_rate():
    lines = claim_lines([10_000] * 90 + [90_000] * 10)
    sheet = reviewed_ok(draw(lines, "simple", 30, 1, take_all=TakeAll(above_cents=10_000)))
    rate = estimate(overpaid(sheet, {0: 100} | dict.fromkeys(range(30, 40), 100))).error_rate
    alone = clopper_pearson(1, 30, 0.05), hypergeometric(1, 30, 90, 0.05)
    assert rate.exact and rate.point == pytest.approx(0.10 + 0.90 / 30)
    for found, random in zip((rate.endless(0.05), rate.finite(0.05)), alone, strict=True):
        assert (found.lower, found.upper) == pytest.approx((0.10 + 0.90 * random.lower, 0.10 + 0.90 * random.upper))


def test_reviewing_everything_leaves_nothing_to_estimate():
    sheet = overpaid(reviewed_ok(draw(practice_lines(), "simple", 70, 1)), {0: 1_000, 1: -300})
    found = estimate(sheet)
    assert {(each.lower, each.upper) for each in found.limits()[:3]} == {(700, 700)} and found.cautions == []
    assert (
        found.rate_table.hypergeometric_lower[0] == found.rate_table.clopper_pearson_upper[0] == pytest.approx(2 / 70)
    )


def test_a_negative_lower_limit_is_zero_and_said():
    found = estimate(overpaid(reviewed_ok(draw(practice_lines(), "simple", 30, 1)), {0: 6_613}))
    row = found.limit_table().set_index("limit").loc["two-sided 95%"]
    assert row.lower_cents == 0 > row.computed_lower_cents and row.set_to_zero
    assert re.search(r"two-sided 95% +\$0\.00 to .*\(computed -\$[\d.,]+, set to 0\)", "\n".join(found.lines()))


def test_each_limit_names_who_uses_it():
    used = estimate(reviewed_ok(draw(practice_lines(), "simple", 30, 1))).limit_table().set_index("limit").used_by
    assert "OIG" in used["two-sided 90%"] and "contractors" in used["one-sided 90% lower"]


def test_a_stratified_sample_shows_both_distributions_and_which():
    sheet = overpaid(
        reviewed_ok(draw(practice_lines(), "stratified", 30, 1, ["site"])), dict.fromkeys(range(3, 16), 5_000)
    )
    text = "\n".join(estimate(sheet).lines())
    assert "(Satterthwaite)" in text and "by the normal distribution" in text and "normal, approximate" in text


def test_one_unit_of_a_larger_stratum_is_refused():
    with pytest.raises(Problem, match="two are needed"):
        Stratum("a", 5, 10.0, np.array([5.0]), np.array([0.0]), 0)
    with pytest.raises(Problem, match="1 in the frame"):
        Stratum("a", 1, 10.0, np.array([5.0, 5.0]), np.array([0.0, 0.0]), 0)


@pytest.mark.parametrize(("amount", "whole"), [(0.5, 1), (-0.5, -1), (1.5, 2), (2.4999, 2), (1e9 + 0.5, 10**9 + 1)])
def test_half_a_cent_goes_away_from_zero(amount, whole):
    assert cents(amount) == whole


def cautioned(over: dict[int, int], size: int = 40, **more) -> str:
    lines = claim_lines([10_000] * 400)
    return " ".join(estimate(overpaid(reviewed_ok(draw(lines, "simple", size, 1, **more)), over)).cautions)


def test_no_caution_where_the_approximation_is_good():
    assert cautioned(dict.fromkeys(range(15), 5_000)) == ""


def test_cautions_say_in_words_what_is_wrong():
    assert "Only 20 units were drawn" in cautioned(dict.fromkeys(range(10), 5_000), size=20)
    assert "None of the 40 random units" in cautioned({})
    assert "Only 1 of 40 random units has a difference" in cautioned({0: 5_000})
    assert "lies too low" in cautioned(dict.fromkeys(range(4), 9_000))
    assert "lies too high" in cautioned(dict.fromkeys(range(36), 9_000))
    assert "underpaid" in cautioned(dict.fromkeys(range(15), -5_000))


def test_a_stratum_without_spread_is_told():
    sheet = overpaid(
        reviewed_ok(draw(practice_lines(), "stratified", 40, 1, ["site"])), dict.fromkeys(range(12), 5_000)
    )
    assert any("PR2" in sentence and "no uncertainty" in sentence for sentence in estimate(sheet).cautions)


def test_what_is_taken_whole_does_not_quiet_a_caution():
    lines = claim_lines([10_000] * 400 + [90_000] * 20)
    sheet = reviewed_ok(draw(lines, "simple", 40, 1, take_all=TakeAll(above_cents=10_000)))
    found = estimate(overpaid(sheet, {0: 5_000} | dict.fromkeys(range(40, 60), 5_000)))
    assert any("Only 1 of 40" in sentence for sentence in found.cautions)

"""The published check values of audit sampling hold to the cent and to the digit."""

import pytest

from ccmlib.audit import TakeAll, draw, estimate
from ccmlib.audit.amount import Moments, expansion
from ccmlib.audit.attribute import clopper_pearson
from ccmlib.audit.labels import OIG
from ccmlib.audit.limit import NORMAL, T, limit
from ccmlib.audit.plan import attribute_size
from ccmlib.audit.stratum import cents

from .claims import claim_lines, overpaid, reviewed_ok

TEN_OF_THIRTY = dict.fromkeys(range(10), 5_000)


@pytest.fixture(scope="module")
def check_a():
    """1,000 claims, 30 drawn, ten of them overpaid by $50."""
    return estimate(overpaid(reviewed_ok(draw(claim_lines([10_000] * 1_000), "simple", 30, 1)), TEN_OF_THIRTY))


@pytest.mark.parametrize("estimator", ["difference", "mean_per_unit", "ratio"])
def test_check_a_holds_for_every_estimator_when_all_amounts_are_equal(check_a, estimator):
    total = check_a.total(estimator)
    assert (cents(total.point), total.df) == (1_666_667, 29)
    if estimator != "ratio":
        assert cents(total.se) == 431_073


def test_check_a_limits(check_a):
    by_name = check_a.limit_table().set_index("limit")
    assert tuple(by_name.loc["two-sided 90%", ["lower_cents", "upper_cents"]]) == (934_219, 2_399_114)
    assert by_name.lower_cents["one-sided 90% lower"] == 1_101_343
    assert by_name.lower_cents["two-sided 80%"] == by_name.lower_cents["one-sided 90% lower"]
    assert by_name.lower_cents["one-sided 95% lower"] == by_name.lower_cents["two-sided 90%"]


def test_check_a_sample_has_the_published_spread(check_a):
    assert round(check_a.strata[0].over.std(ddof=1) / 100, 4) == 23.9732


def test_check_b_stratified_by_the_normal_distribution():
    """The published limit, 3,756.88, is that of a printed table's z, 1.6449; with all digits it is 5 cents more."""
    total = expansion([Moments(800, 40, 200, 600), Moments(200, 30, 2_000, 2_500)])
    assert (cents(total.point), cents(total.se)) == (560_000, 112_051)
    assert cents(total.point - 1.6449 * total.se) == 375_688
    assert limit(total, OIG, NORMAL).lower == 375_693


def test_check_b_by_t_has_the_degrees_of_freedom_of_satterthwaite():
    total = expansion([Moments(800, 40, 200, 600), Moments(200, 30, 2_000, 2_500)])
    first, second = 800 * 760 / 40 * 600**2, 200 * 170 / 30 * 2_500**2
    assert total.df == pytest.approx((first + second) ** 2 / (first**2 / 39 + second**2 / 29))
    assert limit(total, OIG, T).lower < limit(total, OIG, NORMAL).lower


@pytest.mark.parametrize(("sampled", "percent"), [(30, 9.50), (50, 5.82), (59, 4.95)])
def test_check_c_no_error_leaves_an_upper_limit(sampled, percent):
    found = clopper_pearson(0, sampled, 0.05)
    assert (found.lower, round(100 * found.upper, 2)) == (0, percent)


def test_check_c_in_an_estimate():
    table = estimate(reviewed_ok(draw(claim_lines([6_613] * 1_000), "simple", 59, 3))).rate_table.set_index("limit")
    assert round(100 * table.clopper_pearson_upper["one-sided 95%"], 2) == 4.95
    assert table.hypergeometric_upper["one-sided 95%"] < table.clopper_pearson_upper["one-sided 95%"]


@pytest.mark.parametrize(("population", "size"), [(None, 206), (600, 154)])
def test_check_d_units_for_an_error_rate(population, size):
    assert attribute_size(0.05, 0.025, 0.90, population) == size


def test_what_is_taken_whole_adds_its_money_and_nothing_to_the_spread():
    lines = claim_lines([10_000] * 1_000 + [90_000] * 5)
    sheet = reviewed_ok(draw(lines, "simple", 30, 1, take_all=TakeAll(above_cents=50_000)))
    assert list(sheet.stratum) == ["random"] * 30 + ["take_all"] * 5
    found = estimate(overpaid(sheet, TEN_OF_THIRTY | dict.fromkeys(range(30, 35), 70_000)))
    for name in found.estimators:
        total = found.total(name)
        assert (cents(total.point), total.df) == (1_666_667 + 350_000, 29)
    assert cents(found.total().se) == 431_073

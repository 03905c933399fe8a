"""A planned size does what it was planned for, and no smaller one does."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from ccmlib.audit.plan import amount_size, attribute_size, size_table
from ccmlib.problem import Problem


def reach(size, sd, population):
    return t.ppf(0.95, size - 1) * sd * math.sqrt((1 - size / population) / size)


@given(st.floats(1, 1e4), st.floats(1, 1e4), st.sampled_from([0.05, 0.25, 0.5]), st.integers(2, 5_000))
def test_a_size_for_an_amount_is_the_least_that_reaches_the_precision(mean, sd, precision, population):
    size = amount_size(mean, sd, precision, 0.90, population)
    assert reach(size, sd, population) <= precision * mean
    assert size == 2 or reach(size - 1, sd, population) > precision * mean


def test_no_spread_asks_for_the_least_sample():
    assert amount_size(10, 0, 0.25, 0.90, 500) == 2


def test_the_table_has_a_size_for_every_rate_and_precision():
    table = size_table([0.05, 0.10], [0.025, 0.05], 0.90, 600)
    assert table.loc[0.05, 0.025] == 154 and (table[0.025] > table[0.05]).all()


@pytest.mark.parametrize(
    "planned",
    [
        lambda: attribute_size(5, 0.025, 0.90), lambda: attribute_size(0.05, 0, 0.90),
        lambda: attribute_size(0.05, 0.02, 90), lambda: attribute_size(0.05, 0.02, 0.90, 1),
        lambda: amount_size(0, 1, 0.25, 0.90, 100), lambda: amount_size(float("nan"), 1, 0.25, 0.90, 100),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_refused(planned):
    with pytest.raises(Problem):
        planned()

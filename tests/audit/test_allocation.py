"""Sizes of strata add up, stay within what there is, and follow the strata."""

from hypothesis import given
from hypothesis import strategies as st

from ccmlib.audit.allocation import allocated

strata = st.dictionaries(st.text(max_size=3), st.integers(1, 500), min_size=1, max_size=8)


@given(strata, st.sampled_from(["proportional", "equal"]), st.data())
def test_a_size_is_shared_out_whole(units, allocation, data):
    size = data.draw(
        st.integers(sum(min(2, count) for count in units.values()), sum(units.values())).filter(lambda n: n > 1)
    )
    found = allocated(units, size, allocation)
    assert sum(found.values()) == size
    assert all(min(2, count) <= found[name] <= count for name, count in units.items())


def test_a_larger_stratum_gives_in_proportion():
    assert allocated({"a": 800, "b": 150, "c": 50}, 100) == {"a": 80, "b": 15, "c": 5}


def test_equal_shares_run_over_into_strata_that_have_more():
    assert allocated({"a": 800, "b": 150, "c": 5}, 60, "equal") == {"a": 28, "b": 27, "c": 5}

"""The time kernels say what sets of seconds say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ccmlib.intervals import SPAN, cut, segments, shared, shared_between, tangled, union

stretches = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 25)), max_size=12)


def arrays(pairs):
    start = np.array([start for start, _ in pairs], np.int64)
    return start, start + np.array([length for _, length in pairs], np.int64)


def seconds(start, end):
    return [set(range(a, b)) for a, b in zip(start, end, strict=True)]


def all_of(sets):
    return set().union(*sets)


@given(stretches)
def test_a_union_has_every_second_once(pairs):
    parts = seconds(*union(*arrays(pairs)))
    assert all_of(parts) == all_of(seconds(*arrays(pairs))) and sum(map(len, parts)) == len(all_of(parts))


@given(stretches)
def test_shared_seconds_are_those_of_two_stretches(pairs):
    each = seconds(*arrays(pairs))
    expected = {second for second in all_of(each) if sum(second in one for one in each) >= 2}
    assert all_of(seconds(*shared(*arrays(pairs)))) == expected


@given(stretches)
def test_stretches_that_touch_nothing_are_not_tangled(pairs):
    each, knot = seconds(*arrays(pairs)), tangled(*arrays(pairs))
    for number, one in enumerate(each):
        if any(one & other for place, other in enumerate(each) if place != number):
            assert knot[number]
        elif not knot.any():
            assert not any(one & other for place, other in enumerate(each) if place != number)


@given(stretches, stretches)
def test_cutting_keeps_every_second_of_its_row(pairs, region_pairs):
    start, end = arrays(pairs)
    regions = union(*arrays(region_pairs))
    row, piece_start, piece_end, inside = cut(start, end, *regions)
    covered = all_of(seconds(*regions))
    for number, whole in enumerate(seconds(start, end)):
        mine = row == number
        parts = seconds(piece_start[mine], piece_end[mine])
        assert all_of(parts) == whole and sum(map(len, parts)) == len(whole)
        within = all_of(part for part, is_in in zip(parts, inside[mine], strict=True) if is_in)
        assert within == whole & covered


@given(stretches)
def test_segments_are_equal_or_share_nothing(pairs):
    start, end = arrays(pairs)
    row, piece_start, piece_end = segments(start, end)
    for number, whole in enumerate(seconds(start, end)):
        parts = seconds(piece_start[row == number], piece_end[row == number])
        assert all_of(parts) == whole and sum(map(len, parts)) == len(whole)
    pieces = set(zip(piece_start.tolist(), piece_end.tolist(), strict=True))
    assert sum(last - first for first, last in pieces) == len(all_of(seconds(start, end)))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 60), st.integers(1, 25)), max_size=12))
def test_one_owner_with_two_members_at_once(rows):
    owner, member, start, length = (np.array([row[n] for row in rows], np.int64) for n in range(4))
    found = all_of(seconds(*shared_between(owner, member, start + owner * SPAN, start + length + owner * SPAN)))
    active = {}
    for o, m, s, n in rows:
        for second in range(s, s + n):
            active.setdefault(o * SPAN + second, set()).add(m)
    assert found == {second for second, members in active.items() if len(members) >= 2}

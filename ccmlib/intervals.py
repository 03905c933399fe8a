"""The time kernels: which stretches of time share a second, and cutting stretches where others lie.

A stretch is a pair of int64 seconds, its end not included. Stretches of many patients (or staff) lie on
one packed time line, ``owner * SPAN + second of the month``, so that owners cannot touch each other and
one pass over the sorted line serves everyone.
"""

from __future__ import annotations

import numpy as np

#: Seconds of the packed line per owner: more than any month seen from all time zones at once.
SPAN = 1 << 22
LEAST, MOST = np.iinfo(np.int64).min, np.iinfo(np.int64).max


def tangled(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Which stretches belong to a group that shares seconds; the others overlap nothing at all."""
    order = np.argsort(start)  # stretches that begin together overlap in whatever order
    group = _group(start[order], end[order])
    shared = np.empty(len(start), bool)
    shared[order] = (np.bincount(group) > 1)[group] if len(group) else False
    return shared


def _group(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Number of the connected group of each stretch, for stretches sorted by their start."""
    fresh = np.ones(len(start), bool)
    fresh[1:] = start[1:] >= np.maximum.accumulate(end)[:-1]
    return np.cumsum(fresh) - 1


def union(start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same seconds as disjoint stretches in order."""
    order = np.argsort(start, kind="stable")
    start, end = start[order], end[order]
    first = np.flatnonzero(np.diff(_group(start, end), prepend=-1))
    return start[first], np.maximum.reduceat(end, first) if len(first) else end


def shared(start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The seconds that at least two stretches cover, as disjoint stretches in order."""
    time, step = np.concatenate([start, end]), np.repeat([1, -1], len(start))
    order = np.lexsort((step, time))  # a stretch that ends where another begins shares nothing with it
    time, deep = time[order], np.cumsum(step[order]) >= 2
    edge = np.flatnonzero(np.diff(deep, prepend=False))
    return time[edge[::2]], time[edge[1::2]]


def cut(
    start: np.ndarray, end: np.ndarray, from_: np.ndarray, until: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Cut stretches at the borders of the disjoint, ordered regions ``[from_, until)``.

    Returns the row each piece came from, its start and end, and whether it lies inside a region. The
    pieces of a row cover exactly its seconds.
    """
    low = np.searchsorted(until, start, side="right")
    count = np.maximum(np.searchsorted(from_, end, side="left") - low, 0)
    inner, region = _expand(low, count)
    outer, after = _expand(low, count + 1)
    gap_start = np.maximum(start[outer], np.append(LEAST, until)[after])
    gap_end = np.minimum(end[outer], np.append(from_, MOST)[after])
    row = np.concatenate([inner, outer])
    piece_start = np.concatenate([np.maximum(start[inner], from_[region]), gap_start])
    piece_end = np.concatenate([np.minimum(end[inner], until[region]), gap_end])
    inside = np.arange(len(row)) < len(inner)
    kept = piece_start < piece_end
    return row[kept], piece_start[kept], piece_end[kept], inside[kept]


def _expand(low: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each row the numbers ``low, low + 1, ...``, `count` of them: (row, number)."""
    row = np.repeat(np.arange(len(low)), count)
    step = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return row, low[row] + step


def shared_between(owner: np.ndarray, member: np.ndarray, start: np.ndarray, end: np.ndarray):
    """The seconds in which one owner has stretches of two different members, packed by owner.

    `start` and `end` are packed by owner; stretches of one member may overlap each other freely.
    """
    _, pair = np.unique(np.stack([owner, member]), axis=1, return_inverse=True)
    shift = (pair - owner) * SPAN
    pair_start, pair_end = union(start + shift, end + shift)
    owner_of_pair = np.empty(pair.max(initial=-1) + 1, np.int64)
    owner_of_pair[pair] = owner
    number = pair_start // SPAN
    back = (owner_of_pair[number] - number) * SPAN
    return shared(pair_start + back, pair_end + back)


def segments(start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Stretches cut wherever any of them begins or ends, so that two pieces are equal or share nothing.

    Returns the row each piece came from, its start and its end. Meant for small groups: in one of n
    stretches that all overlap, each is cut 2n times.
    """
    edges = np.unique(np.concatenate([start, end]))
    low = np.searchsorted(edges, start)
    row, number = _expand(low, np.searchsorted(edges, end) - low)
    return row, edges[number], edges[number + 1]

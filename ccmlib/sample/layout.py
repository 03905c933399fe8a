"""A staff member's month laid out so that no two entries touch."""

from __future__ import annotations

import numpy as np

from ..problem import Problem

#: Work begins at 8:00 and the last entry of a day at 16:30 at the latest.
OPENS, HOURS = 8 * 3600, 8.5
#: At least so many seconds between two entries, so that starts may be rounded down to the minute.
PAUSE = 60


def laid_out(staff: np.ndarray, seconds: np.ndarray, share: np.ndarray, days: int) -> tuple[np.ndarray, np.ndarray]:
    """Working day (0 to `days`) and second of that day at which each entry starts.

    All of a staff member's working hours of a month are one line. The entries lie on it in the order of
    the random `share`, and what they leave free is spread between them at random. An entry that reaches
    beyond the end of a day is overtime.
    """
    order = np.lexsort((share, staff))
    starts = np.empty(len(staff), dtype=np.int64)
    starts[order] = _line(staff[order], seconds[order] + PAUSE, share[order], int(days * HOURS * 3600))
    day, second = np.divmod(starts, int(HOURS * 3600))
    return day, OPENS + second


def _line(staff: np.ndarray, needed: np.ndarray, share: np.ndarray, length: int) -> np.ndarray:
    """Starts on a line of `length` seconds for entries that are sorted by staff."""
    first = np.flatnonzero(np.append(True, staff[1:] != staff[:-1]))[: len(staff)]
    group = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(staff))))
    free = length - np.bincount(group, needed, len(first)).astype(np.int64)
    if (free < 0).any():
        raise Problem("This much work does not fit into a month of the staff; give fewer entries_per_patient.")
    gap = 0.05 + _scattered(share)
    total = np.bincount(group, gap, len(first)) + 0.5
    gaps = np.floor(gap / total[group] * free[group]).astype(np.int64)
    return _sums(gaps, first, group) + _sums(needed, first, group) - needed


def _scattered(share: np.ndarray) -> np.ndarray:
    """Other shares made of `share`'s lower digits: the order of entries must not decide their gaps."""
    return share * 1e6 % 1


def _sums(values: np.ndarray, first: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Running sums that begin anew with every group."""
    running = np.cumsum(values)
    return running - (running[first] - values[first])[group]

"""How many units each stratum gives to a sample of a given size."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heappop, heappush

from ..problem import Problem

PROPORTIONAL, EQUAL, EACH = "proportional", "equal", "each"
#: A stratum that is not reviewed whole needs two units, or its spread cannot be estimated.
LEAST = 2


def allocated(units: Mapping[str, int], size: int, allocation: str = PROPORTIONAL) -> dict[str, int]:
    """Units to draw from each stratum, `units` being how many it has.

    PROPORTIONAL shares `size` by the number of units, EQUAL evenly, EACH takes `size` from every stratum. No stratum
    gives more than it has, or fewer than LEAST unless it has fewer. Raises Problem when that cannot be.
    """
    if allocation not in (PROPORTIONAL, EQUAL, EACH):
        raise Problem(f"{allocation!r} is no allocation; it is {PROPORTIONAL}, {EQUAL} or {EACH}.")
    least = {name: min(LEAST, count) for name, count in units.items()}
    if allocation == EACH:
        _enough(size, LEAST, "a stratum")
        return {name: min(size, count) for name, count in units.items()}
    _enough(size, sum(least.values()), f"{len(units)} strata" if len(units) > 1 else "a sample")
    if size > sum(units.values()):
        raise Problem(f"{size:,} units are asked for, but only {sum(units.values()):,} can be drawn; ask for fewer.")
    return _shared(units, least, size, allocation)


def _shared(units: Mapping[str, int], given: dict[str, int], size: int, allocation: str) -> dict[str, int]:
    """One unit at a time to the stratum with the largest claim (Sainte-Lague), until `size` are given."""
    weight = {name: count if allocation == PROPORTIONAL else 1 for name, count in units.items()}
    waiting = [(_turn(weight[name], given[name]), name) for name in sorted(units) if given[name] < units[name]]
    heapify(waiting)
    for _ in range(size - sum(given.values())):
        _, name = heappop(waiting)
        given[name] += 1
        if given[name] < units[name]:
            heappush(waiting, (_turn(weight[name], given[name]), name))
    return given


def _turn(weight: int, given: int) -> float:
    return (given + 0.5) / weight


def _enough(size: int, least: int, what: str) -> None:
    if size < least:
        raise Problem(f"A size of {size} is too small: {what} needs at least {least} units; ask for {least} or more.")

"""The random order of a frame's units: which generator, which procedure, and why anyone can repeat it.

The units stand in the order of their unit_id (as Unicode code points). PCG64 of NumPy, seeded with the recorded seed,
gives as many raw 64-bit numbers as there are units, one each in that order. The unit with the smallest number is
drawn first, then the next; equal numbers (about one chance in 10**13 for 1,000 units) go by unit_id. A stratum's sample
is the first units of that stratum in this order.

Only the raw stream is used, because NumPy promises it for all versions (NEP 19) and promises nothing of the kind for
``choice`` or ``permutation``. The order depends on the seed and the ids alone: not on the order of the rows, and not
on the strata or the size, so a larger sample with the same seed contains the smaller one.
"""

from __future__ import annotations

import numpy as np

from ..problem import Problem

GENERATOR = "NumPy PCG64(seed).random_raw, one 64-bit number a unit in the order of unit_id; drawn in ascending order"
#: A spreadsheet keeps no more digits than this of a number, and the seed must survive one.
SEED_DIGITS = 15


def random_numbers(seed: int, units: int) -> np.ndarray:
    """`units` raw 64-bit numbers (uint64) of the generator for `seed`; Problem for a seed that is none."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed < 10**SEED_DIGITS:
        raise Problem(f"{seed!r} is not a seed; give a whole number of at most {SEED_DIGITS} digits, zero or more.")
    return np.random.PCG64(int(seed)).random_raw(units)


def random_order(seed: int, units: int) -> np.ndarray:
    """Positions of units, which stand sorted by unit_id, in the order in which they are drawn."""
    return np.argsort(random_numbers(seed, units), kind="stable")

"""How many units to draw: for an error rate, and for a total from a probe sample."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from ..problem import Problem


def attribute_size(rate: float, precision: float, confidence: float, population: int | None = None) -> int:
    """Units to draw so that an error rate near `rate` is known to plus or minus `precision` (all between 0 and 1).

    Two-sided, by the normal distribution; n = z^2 p (1 - p) / d^2, and with a `population` n / (1 + (n - 1) / N).
    """
    _between("rate", rate), _between("precision", precision), _between("confidence", confidence)
    z = float(stats.norm.ppf(0.5 + confidence / 2))
    size = z**2 * rate * (1 - rate) / precision**2
    return math.ceil(size if population is None else size / (1 + (size - 1) / _units(population)))


def amount_size(mean: float, sd: float, precision: float, confidence: float, population: int) -> int:
    """Units to draw so that the two-sided limits of the total are within `precision` (share) of it.

    `mean` and `sd` of the overpayment a unit come from a probe sample. The least n for which t(n - 1) standard errors,
    finite population correction included, are within precision times the mean; at most the population.
    """
    _between("precision", precision), _between("confidence", confidence)
    if not mean > 0 or not sd >= 0:
        raise Problem("The probe found no overpayment on average, so no size can be planned from it; probe more units.")
    sizes = range(2, _units(population) + 1)
    place = bisect_left(sizes, True, key=lambda n: _reach(n, sd, confidence, population) <= precision * mean)
    return sizes[place] if place < len(sizes) else population


def size_table(
    rates: Sequence[float], precisions: Sequence[float], confidence: float, population: int | None = None
) -> pd.DataFrame:
    """`attribute_size` for each rate (rows) and precision (columns)."""
    sizes = [[attribute_size(rate, each, confidence, population) for each in precisions] for rate in rates]
    return pd.DataFrame(sizes, index=pd.Index(rates, name="rate"), columns=pd.Index(precisions, name="precision"))


def _reach(size: int, sd: float, confidence: float, population: int) -> float:
    t = float(stats.t.ppf(0.5 + confidence / 2, size - 1))
    return t * sd * np.sqrt((1 - size / population) / size)


def _units(population: int) -> int:
    if population < 2:
        raise Problem(f"A frame of {population} units needs no sample; review it whole.")
    return population


def _between(name: str, value: float) -> None:
    if not 0 < value < 1:
        raise Problem(f"The {name} {value!r} is not between 0 and 1; write 5% as 0.05.")

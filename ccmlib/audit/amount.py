"""The total overpayment of a frame, estimated from a sample (cents, float64).

All estimators are sums over strata of N(h) times a mean, with the variance N(N - n)/n s^2 of each (Cochran, Sampling
Techniques, chapters 2, 5, 6); a stratum that was reviewed whole adds its exact total and no variance.

difference      N times the mean overpayment: what reviewers call simple expansion.
mean_per_unit   the frame's total less N times the mean audited amount.
ratio           overpaid cents per allowed cent, times the frame's total; "separate" a ratio for each stratum,
                "combined" one for all random strata. Slightly biased in small samples.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .stratum import Stratum


@dataclass(frozen=True)
class Moments:
    """Of a stratum: units in the frame and in the sample, mean and standard deviation (n - 1) of what is totaled."""

    population: int
    sampled: int
    mean: float
    sd: float

    @property
    def variance(self) -> float:
        """The variance of the estimated stratum total, with the finite population correction; 0 when whole."""
        return self.population * (self.population - self.sampled) / self.sampled * self.sd**2


@dataclass(frozen=True)
class Total:
    """An estimated total: point and standard error in cents; `df` degrees of freedom (inf: nothing is estimated)."""

    point: float
    se: float
    df: float


def expansion(parts: Sequence[Moments]) -> Total:
    """The sum of N times the mean, with its standard error and degrees of freedom."""
    point, variance = (
        math.fsum(values) for values in ([part.population * part.mean for part in parts], _variances(parts))
    )
    return Total(point, math.sqrt(variance), _df([part for part in parts if part.sampled < part.population]))


def _variances(parts: Sequence[Moments]) -> list[float]:
    return [part.variance for part in parts]


def _df(random: Sequence[Moments]) -> float:
    """n - 1 of one random stratum, Satterthwaite's number for several, inf for none.

    Where several show no spread at all, those of the strata together.
    """
    free = [part.sampled - 1 for part in random]
    variances = _variances(random)
    if len(random) < 2 or not any(variances):
        return float(sum(free)) or math.inf
    return math.fsum(variances) ** 2 / math.fsum(each**2 / n for each, n in zip(variances, free, strict=True))


def difference(strata: Sequence[Stratum]) -> Total:
    """N times the mean overpayment."""
    return expansion([_moments(each, each.over) for each in strata])


def mean_per_unit(strata: Sequence[Stratum]) -> Total:
    """The frame's total less N times the mean audited amount."""
    audited = expansion([_moments(each, each.allowed - each.over) for each in strata])
    return Total(math.fsum(each.total for each in strata) - audited.point, audited.se, audited.df)


def separate_ratio(strata: Sequence[Stratum]) -> Total:
    """A ratio for each stratum, applied to that stratum's total."""
    return _by_ratio(strata, [each.over.sum() / each.allowed.sum() for each in strata])


def combined_ratio(strata: Sequence[Stratum]) -> Total:
    """One ratio for all random strata, applied to their total; strata reviewed whole add what was found."""
    random = [each for each in strata if not each.whole]
    over, allowed = (
        math.fsum(each.population * getattr(each, name).mean() for each in random) for name in ("over", "allowed")
    )
    ratio = over / allowed if random else 0.0
    return _by_ratio(strata, [each.over.sum() / each.allowed.sum() if each.whole else ratio for each in strata])


def _by_ratio(strata: Sequence[Stratum], ratios: Sequence[float]) -> Total:
    residuals = [_moments(each, each.over - ratio * each.allowed) for each, ratio in zip(strata, ratios, strict=True)]
    spread = expansion(residuals)
    point = math.fsum(ratio * each.total for each, ratio in zip(strata, ratios, strict=True))
    return Total(point, spread.se, spread.df)


def _moments(stratum: Stratum, values: np.ndarray) -> Moments:
    sd = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    return Moments(stratum.population, len(values), float(values.mean()), sd)

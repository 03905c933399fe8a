"""The share of units in error, with exact limits.

Clopper-Pearson treats the frame as endless; the hypergeometric limits know its size and are narrower. Both are exact:
their confidence is never below what is said. With two or more random strata no exact limits of the whole exist; then
the limits are approximate, and each stratum has exact ones of its own.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import stats

from .amount import Moments, expansion
from .stratum import Stratum


@dataclass(frozen=True)
class RateLimit:
    """Limits of a share of units in error (0 to 1)."""

    lower: float
    upper: float


def clopper_pearson(errors: int, sampled: int, tail: float) -> RateLimit:
    """Exact limits with the chance `tail` outside on each side; each is also the one-sided limit at 1 - tail."""
    found = stats.binomtest(errors, sampled).proportion_ci(1 - 2 * tail, method="exact")
    return RateLimit(float(found.low), float(found.high))


def hypergeometric(errors: int, sampled: int, population: int, tail: float) -> RateLimit:
    """Exact limits for a frame of `population` units: the numbers of errors that the sample does not refute.

    A number is refuted when a sample with as few errors (as many, for the lower limit) has at most the chance `tail`.
    """
    possible = range(errors, population - sampled + errors + 1)
    least = bisect_left(
        possible, True, key=lambda wrong: stats.hypergeom.sf(errors - 1, population, wrong, sampled) > tail
    )
    beyond = bisect_left(
        possible, True, key=lambda wrong: stats.hypergeom.cdf(errors, population, wrong, sampled) <= tail
    )
    return RateLimit(possible[least] / population, possible[beyond - 1] / population)


@dataclass(frozen=True)
class ErrorRate:
    """The share of the frame's units that are in error, from its strata."""

    strata: Sequence[Stratum]

    @property
    def population(self) -> int:
        """Units of the frame."""
        return sum(each.population for each in self.strata)

    @property
    def exact(self) -> bool:
        """Whether at most one stratum is random, so that exact limits exist."""
        return len(self._random) <= 1

    @property
    def point(self) -> float:
        """The estimated share, strata weighted by their units."""
        return math.fsum(each.population * each.errors / each.sampled for each in self.strata) / self.population

    def endless(self, tail: float) -> RateLimit:
        """Clopper-Pearson limits; the normal approximation when two or more strata are random."""
        return self._limits(lambda one: clopper_pearson(one.errors, one.sampled, tail), tail)

    def finite(self, tail: float) -> RateLimit:
        """Hypergeometric limits; the normal approximation when two or more strata are random."""
        return self._limits(lambda one: hypergeometric(one.errors, one.sampled, one.population, tail), tail)

    @property
    def _random(self) -> list[Stratum]:
        return [each for each in self.strata if not each.whole]

    def _limits(self, exactly, tail: float) -> RateLimit:
        if not self.exact:
            return self._approximate(tail)
        known, random = sum(each.errors for each in self.strata if each.whole), self._random
        if not random:
            return RateLimit(self.point, self.point)
        found, units = exactly(random[0]), random[0].population
        return RateLimit(
            (known + units * found.lower) / self.population, (known + units * found.upper) / self.population
        )

    def _approximate(self, tail: float) -> RateLimit:
        total = expansion([_moments(each) for each in self.strata])
        reach = float(stats.norm.ppf(1 - tail)) * total.se / self.population
        return RateLimit(max(0.0, self.point - reach), min(1.0, self.point + reach))


def _moments(stratum: Stratum) -> Moments:
    share = stratum.errors / stratum.sampled
    spread = share * (1 - share) * stratum.sampled / max(stratum.sampled - 1, 1)
    return Moments(stratum.population, stratum.sampled, share, math.sqrt(spread))

"""When an estimate must not be trusted as it stands, said in plain words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .. import wording
from .amount import Total
from .stratum import Stratum

#: Fewer random units than this, or units with a difference, and the normal approximation is doubtful (house rule).
FEW_UNITS, FEW_DIFFERENCES = 30, 10
#: Cochran's rule n > 25 G^2 (Sampling Techniques, section 2.15), as the lopsidedness of the estimate itself.
MOST_LOPSIDED = 0.2


def cautions(strata: Sequence[Stratum], total: Total) -> list[str]:
    """Sentences for a reader who is no statistician; `total` is the net overpayment by the difference estimator."""
    random = [each for each in strata if not each.whole]
    if not random:
        return []
    found = [_few_units(random), *_nothing_or_few(random), _lopsided(random), _flat_strata(random), _negative(total)]
    return [sentence for sentence in found if sentence]


def lopsidedness(strata: Sequence[Stratum]) -> float:
    """The skewness of the estimated total (0 when no spread is seen): its third moment over its variance^1.5."""
    third = math.fsum(
        each.population**3 / each.sampled**2 * ((each.over - each.over.mean()) ** 3).mean() for each in strata
    )
    second = math.fsum(each.population**2 / each.sampled * each.over.var() for each in strata)
    return third / second**1.5 if second > 0 else 0.0


def _few_units(random: list[Stratum]) -> str:
    sampled = sum(each.sampled for each in random)
    if sampled >= FEW_UNITS:
        return ""
    return (
        f"Only {wording.times(sampled, 'unit was', 'units were')} drawn at random; below {FEW_UNITS} the limits "
        "of the amount can be far off. Draw more."
    )


def _nothing_or_few(random: list[Stratum]) -> list[str]:
    differing, sampled = sum(int(np.count_nonzero(each.over)) for each in random), sum(each.sampled for each in random)
    if not differing:
        return [
            f"None of the {sampled:,} random units has a difference. The amount's limits are then all the same and say "
            "nothing about what was not drawn: use the upper limit of the error rate."
        ]
    if differing < FEW_DIFFERENCES:
        return [
            f"Only {differing} of {sampled:,} random units {'has' if differing == 1 else 'have'} a difference: the "
            "limits of the amount rest on very little, and miss the truth more often than they say. Rely on the exact "
            "limits of the error rate, or draw more."
        ]
    return []


def _lopsided(random: list[Stratum]) -> str:
    found = lopsidedness(random)
    if abs(found) <= MOST_LOPSIDED:
        return ""
    return (
        "The differences are lopsided (most units have none or little, a few have much): the interval lies too "
        f"{'low' if found > 0 else 'high'} more often than it says. Draw more, or take what stands out whole."
    )


def _flat_strata(random: list[Stratum]) -> str:
    flat = [each.name for each in random if len(random) > 1 and np.ptp(each.over) == 0]
    if not flat:
        return ""
    add = wording.times(len(flat), "stratum adds", "strata add")
    return (
        f"In {wording.listed(flat)} all drawn units have the same difference, so {add} no uncertainty to the limits "
        "although there is some."
    )


def _negative(total: Total) -> str:
    if total.point >= 0:
        return ""
    return "On balance the units were underpaid: nothing can be demanded, and limits below zero are shown as 0."

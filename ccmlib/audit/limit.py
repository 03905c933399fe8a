"""Confidence limits of an estimated total: by Student's t or the normal distribution, in whole cents."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import stats

from .amount import Total
from .labels import Label
from .stratum import cents

T, NORMAL = "t", "normal"


@dataclass(frozen=True)
class Limit:
    """Limits in whole cents as they are used: one below zero is 0. `computed_*` are those of the formula.

    A one-sided limit has no upper one (None).
    """

    label: Label
    lower: int
    upper: int | None
    computed_lower: int
    computed_upper: int | None

    @property
    def set_to_zero(self) -> bool:
        """Whether a negative limit was set to zero."""
        return self.lower != self.computed_lower


def limit(total: Total, label: Label, by: str = T) -> Limit:
    """The limits of `total`: the point and so many standard errors. T uses the degrees of freedom of the total."""
    factor = stats.t.ppf(1 - label.tail, total.df) if by == T else stats.norm.ppf(1 - label.tail)
    reach = float(factor) * total.se
    lower, upper = cents(total.point - reach), cents(total.point + reach) if label.sides == 2 else None
    return Limit(label, max(lower, 0), upper if upper is None else max(upper, 0), lower, upper)

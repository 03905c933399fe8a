"""A reviewed stratum as the estimators see it. Amounts are float64 cents: statistics, not accounts.

Money comes in as whole cents and goes out through ``cents`` as whole cents; in between, means and square roots are
float64, whose error is far below a cent for any practice.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

from ..problem import Problem
from .worksheet import OK


@dataclass(frozen=True)
class Stratum:
    """`population` units and `total` cents in the frame; of the reviewed units the allowed and the `over` cents.

    `over` is allowed less audited (negative: underpaid); `errors` counts units whose finding is not ok.
    """

    name: str
    population: int
    total: float
    allowed: np.ndarray
    over: np.ndarray
    errors: int

    def __post_init__(self):
        if self.sampled > self.population:
            raise Problem(f"Stratum {self.name} has {self.sampled} reviewed units but {self.population} in the frame.")
        if not self.whole and self.sampled < 2:
            raise Problem(f"Stratum {self.name} has one reviewed unit of {self.population:,}; two are needed at least.")

    @property
    def sampled(self) -> int:
        """How many units were reviewed."""
        return len(self.over)

    @property
    def whole(self) -> bool:
        """Whether every unit was reviewed, so that nothing is estimated."""
        return self.sampled == self.population


def strata_of(sheet: pd.DataFrame) -> list[Stratum]:
    """The strata of a worksheet that ``reviewed`` gave, by name."""
    return [_stratum(str(name), rows) for name, rows in sheet.groupby("stratum", sort=True)]


def _stratum(name: str, rows: pd.DataFrame) -> Stratum:
    allowed, audited = (rows[column].to_numpy(np.float64) for column in ("allowed_cents", "audited_cents"))
    errors = int((rows.finding != OK).sum())
    return Stratum(
        name, int(rows.stratum_units.iloc[0]), float(rows.stratum_cents.iloc[0]), allowed, allowed - audited, errors
    )


def cents(amount: float) -> int:
    """Whole cents, half a cent away from zero."""
    return int(Decimal(repr(float(amount))).quantize(Decimal(1), ROUND_HALF_UP))

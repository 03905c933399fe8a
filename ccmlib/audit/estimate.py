"""From a reviewed worksheet to the error rate and the overpayment, with every limit and who uses it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from . import amount
from .amount import Total
from .attribute import ErrorRate
from .caution import cautions
from .labels import LABELS
from .limit import NORMAL, Limit, T, limit
from .stratum import Stratum, cents, strata_of
from .worksheet import ERROR, MISSING_PAPER, OK, reviewed

NET, OVERPAYMENT, UNDERPAYMENT = "net", "overpayment", "underpayment"
#: What is totaled of each unit's difference: netted, and gross to either side.
MEASURES = {
    NET: lambda over: over,
    OVERPAYMENT: lambda over: np.maximum(over, 0),
    UNDERPAYMENT: lambda over: np.maximum(-over, 0),
}
DIFFERENCE, MEAN_PER_UNIT = "difference", "mean_per_unit"
UNRESTRICTED = {DIFFERENCE: amount.difference, MEAN_PER_UNIT: amount.mean_per_unit, "ratio": amount.separate_ratio}
STRATIFIED = {
    DIFFERENCE: amount.difference, MEAN_PER_UNIT: amount.mean_per_unit, "combined_ratio": amount.combined_ratio,
    "separate_ratio": amount.separate_ratio,
}  # fmt: skip


@dataclass(frozen=True)
class Estimate:
    """`sheet` is the reviewed worksheet. All amounts of the tables are whole cents; rates are shares of 1."""

    sheet: pd.DataFrame

    @cached_property
    def strata(self) -> list[Stratum]:
        """The strata with their reviewed amounts."""
        return strata_of(self.sheet)

    @property
    def stratified(self) -> bool:
        """Whether two or more strata were drawn at random."""
        return sum(not each.whole for each in self.strata) > 1

    @property
    def estimators(self) -> dict:
        """The estimators that this design has, by name."""
        return STRATIFIED if self.stratified else UNRESTRICTED

    @property
    def error_rate(self) -> ErrorRate:
        """The share of units in error."""
        return ErrorRate(self.strata)

    def total(self, estimator: str = DIFFERENCE, measure: str = NET) -> Total:
        """The estimated total of a measure by an estimator (float64 cents)."""
        strata = [replace(each, over=MEASURES[measure](each.over)) for each in self.strata]
        return self.estimators[estimator](strata)

    def limits(self, estimator: str = DIFFERENCE, measure: str = NET, by: str = T) -> list[Limit]:
        """The limits of a total, one for each of LABELS."""
        return [limit(self.total(estimator, measure), label, by) for label in LABELS]

    @property
    def distributions(self) -> tuple[str, ...]:
        """T, by which limits are always given; NORMAL too when stratified, where its use is common."""
        return (T, NORMAL) if self.stratified else (T,)

    @cached_property
    def cautions(self) -> list[str]:
        """Why not to trust the limits as they stand, in sentences; empty when there is no such reason."""
        return cautions(self.strata, self.total())

    @cached_property
    def findings(self) -> dict[str, int]:
        """Units by finding."""
        counts = self.sheet.finding.value_counts()
        return {name: int(counts.get(name, 0)) for name in (OK, ERROR, MISSING_PAPER)}

    @property
    def net_rate(self) -> float:
        """Net overpaid cents of the reviewed units per cent allowed for them: the net financial error rate."""
        return float((self.sheet.allowed_cents - self.sheet.audited_cents).sum() / self.sheet.allowed_cents.sum())

    @cached_property
    def strata_table(self) -> pd.DataFrame:
        """stratum, stratum_units, sampled_units, errors, over_cents (found, net), whole (reviewed whole)."""
        rows = [
            (each.name, each.population, each.sampled, each.errors, cents(each.over.sum()), each.whole)
            for each in self.strata
        ]
        return pd.DataFrame(
            rows, columns=["stratum", "stratum_units", "sampled_units", "errors", "over_cents", "whole"]
        )

    @cached_property
    def rate_table(self) -> pd.DataFrame:
        """limit, then lower and upper by Clopper-Pearson and hypergeometric (approximate when not ``exact``).

        In a one-sided row each limit is one-sided by itself.
        """
        found = [
            (label.name.removesuffix(" lower"), self.error_rate.endless(label.tail), self.error_rate.finite(label.tail))
            for label in LABELS
        ]
        rows = [(name, endless.lower, endless.upper, finite.lower, finite.upper) for name, endless, finite in found]
        columns = ["clopper_pearson_lower", "clopper_pearson_upper", "hypergeometric_lower", "hypergeometric_upper"]
        return pd.DataFrame(rows, columns=["limit", *columns])

    @cached_property
    def amount_table(self) -> pd.DataFrame:
        """measure, estimator, point_cents, se_cents, df: what was estimated, before limits.

        Gross amounts have no mean_per_unit: it would find an underpayment in a sample that has none.
        """
        pairs = [
            (measure, name)
            for measure in MEASURES
            for name in self.estimators
            if measure == NET or name != MEAN_PER_UNIT
        ]
        found = [(measure, name, self.total(name, measure)) for measure, name in pairs]
        rows = [(measure, name, cents(total.point), cents(total.se), total.df) for measure, name, total in found]
        return pd.DataFrame(rows, columns=["measure", "estimator", "point_cents", "se_cents", "df"])

    def limit_table(self, estimator: str = DIFFERENCE, measure: str = NET, by: str = T) -> pd.DataFrame:
        """limit, lower_cents, upper_cents (absent when one-sided), computed_lower_cents, set_to_zero, used_by."""
        rows = [
            (each.label.name, each.lower, each.upper, each.computed_lower, each.set_to_zero, each.label.used_by)
            for each in self.limits(estimator, measure, by)
        ]
        columns = ["limit", "lower_cents", "upper_cents", "computed_lower_cents", "set_to_zero", "used_by"]
        return pd.DataFrame(rows, columns=columns).astype({"upper_cents": "Int64"})

    def summary(self) -> dict:
        """Everything in plain values, ready for JSON."""
        from .estimate_words import summary

        return summary(self)

    def lines(self) -> list[str]:
        """The estimate in words for the terminal."""
        from .estimate_words import lines

        return lines(self)


def estimate(worksheet: pd.DataFrame) -> Estimate:
    """The estimate of a filled-in worksheet (from ``read_worksheet``, or a frame with its columns).

    Raises Problem when the worksheet is not complete, contradicts itself or is not as it was drawn.
    """
    return Estimate(reviewed(worksheet))

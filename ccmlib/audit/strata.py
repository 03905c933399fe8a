"""Which stratum each unit of a frame belongs to; what is taken whole because it stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .. import wording
from ..problem import Problem
from .frame import Frame

TAKE_ALL, RANDOM = "take_all", "random"
#: By what a frame can be stratified: the name used in commands, and the frame's column.
STRATA = {"family": "family", "staff": "rendering_npi", "site": "practice_id", "program": "program"}


@dataclass(frozen=True)
class TakeAll:
    """What is reviewed whole: units with one of `codes`, and those above an amount.

    The amount is `above_cents`, or the `percentile` of the frame's amounts (an amount that occurs). Both are strict,
    so a percentile at which many units share the largest amount takes none of them.
    """

    codes: tuple[str, ...] = ()
    above_cents: int | None = None
    percentile: float | None = None

    def __post_init__(self):
        if self.above_cents is not None and self.percentile is not None:
            raise Problem("Outliers are above an amount or above a percentile, not both; give one of the two.")
        if self.percentile is not None and not 0 < self.percentile < 100:
            raise Problem(f"{self.percentile} is not a percentile; give a number between 0 and 100, for example 95.")

    def limit(self, amounts: np.ndarray) -> int | None:
        """The cents above which a unit is taken whole, None when there is no such limit."""
        if self.percentile is None:
            return self.above_cents
        return int(np.percentile(amounts, self.percentile, method="inverted_cdf"))

    def of(self, frame: Frame) -> np.ndarray:
        """Which units of the frame are taken whole (bool per unit)."""
        amounts = frame.units.allowed_cents.to_numpy()
        limit = self.limit(amounts)
        chosen = frame.units.hcpcs_codes.map(lambda codes: not set(self.codes).isdisjoint(codes.split(";")))
        return chosen.to_numpy(bool) | (amounts > limit if limit is not None else False)

    def said(self, frame: Frame) -> str:
        """In words, for the record of the draw."""
        limit = self.limit(frame.units.allowed_cents.to_numpy())
        of = f" (percentile {self.percentile:g} of the frame)" if self.percentile is not None else ""
        codes = f"all units with {wording.listed(list(self.codes))}" if self.codes else ""
        above = f"all units above {wording.money(limit)}{of}" if limit is not None else ""
        return wording.listed([each for each in (codes, above) if each])


def stratum_names(frame: Frame, strata: Sequence[str], take_all: TakeAll) -> pd.Series:
    """The stratum of each unit: TAKE_ALL, or its values of `strata` (names of STRATA) joined by " | "."""
    unknown = [name for name in strata if name not in STRATA]
    if unknown:
        raise Problem(f"{unknown[0]!r} is nothing to stratify by; use {wording.listed(list(STRATA))}.")
    if "family" in strata and not frame.units.family.all():
        raise Problem("To stratify by family the frame needs the family of each code; give families to the draw.")
    columns = [STRATA[name] for name in strata]
    names = frame.units[columns].agg(" | ".join, axis=1) if columns else pd.Series(RANDOM, frame.units.index)
    return names.mask(take_all.of(frame), TAKE_ALL)

"""Entries that share seconds with another entry of the same patient, or of the same staff member."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .intervals import SPAN, shared_between, tangled
from .panel import Panel


@dataclass(frozen=True)
class Tangle:
    """Rows of such entries, whose they are, and their times packed by owner."""

    entry: np.ndarray
    owner: np.ndarray
    start: np.ndarray
    end: np.ndarray

    @classmethod
    def of(cls, owner: str, rows: np.ndarray, entries: pd.DataFrame, panel: Panel) -> Tangle:
        """The tangled ones among the `rows` of `entries`; `owner` is the column patient or staff."""
        whose = entries[owner].to_numpy()[rows]
        shift = whose * SPAN - panel.origin
        start, end = entries.start.to_numpy()[rows] + shift, entries.end.to_numpy()[rows] + shift
        knot = np.flatnonzero(tangled(start, end))
        return cls(rows[knot], whose[knot], start[knot], end[knot])

    def between(self, member: pd.Series) -> tuple[np.ndarray, np.ndarray]:
        """The seconds that an owner's entries of two different members share; `member` is each entry's."""
        return shared_between(self.owner, member.to_numpy()[self.entry], self.start, self.end)

"""The account of an import: each row of each file stands in a fact, or is left for a reason that is counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...store.write import Counts

UNKNOWN_PATIENT = "the patient is not in patients.csv"


@dataclass(frozen=True)
class Source:
    """One file: rows `read`, of those `used` in facts or to read other files, and `left` by reason."""

    file: str
    read: int
    used: int
    left: dict[str, int]

    @classmethod
    def left_out(cls, file: str, read: int, reason: str) -> Source:
        """A file of which nothing is taken."""
        return cls(file, read, 0, {reason: read} if read else {})

    def line(self) -> str:
        """The account in one line."""
        reasons = "; ".join(f"{count:,} {reason}" for reason, count in self.left.items())
        return f"{self.file:<28}{self.read:>9,}{self.used:>9,}{self.read - self.used:>9,}  {reasons}".rstrip()


@dataclass(frozen=True)
class SyntheaReport:
    """What became of every row of the export, what was written to each table, and what a person should know."""

    sources: list[Source]
    tables: dict[str, Counts]
    warnings: list[str]

    @property
    def written(self) -> int:
        """Rows written to the store: new ones and corrections."""
        return sum(counts.new + counts.changed for counts in self.tables.values())

    def lines(self) -> list[str]:
        """The report as lines of text."""
        return [
            f"{'file':<28}{'read':>9}{'used':>9}{'left':>9}",
            *(source.line() for source in self.sources),
            f"{'table':<28}{'new':>9}{'changed':>9}{'same':>9}",
            *(f"{name:<28}{c.new:>9,}{c.changed:>9,}{c.same:>9,}" for name, c in self.tables.items()),
            *(f"note: {warning}" for warning in self.warnings),
        ]


def sort_out(file: str, rows: pd.DataFrame, reasons: dict[str, pd.Series]) -> tuple[pd.DataFrame, Source]:
    """The rows that no reason (bool per row) takes away, and the account; the first reason that applies counts."""
    taken, left = np.zeros(len(rows), bool), {}
    for reason, applies in reasons.items():
        new = applies.to_numpy(bool) & ~taken
        taken |= new
        if new.any():
            left[reason] = int(new.sum())
    return rows[~taken], Source(file, len(rows), int((~taken).sum()), left)

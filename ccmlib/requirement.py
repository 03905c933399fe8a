"""What a requirement says of every patient: met or not, why, and the ids and dates that show it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from .once import Once
from .panel import Panel
from .rulebook import Rules

HOLD, REVIEW = "hold", "review"


@dataclass(frozen=True)
class Unmet:
    """The patients (bool per patient) for whom a requirement fails in one way."""

    reason: str
    severity: str
    patients: np.ndarray


@dataclass(frozen=True)
class Requirement:
    """One requirement, asked of every patient of the panel.

    `evidence`: arrays by column, one value per patient (ids, dates, counts). `windows`: stretches of the
    month that do not count, as patient, from_, until (UTC seconds) and fate. `judged`: the patients of
    whom the question could be asked at all.
    """

    name: str
    unmet: tuple[Unmet, ...]
    evidence: dict[str, np.ndarray] = field(default_factory=dict)
    windows: pd.DataFrame | None = None
    judged: np.ndarray | None = None


@dataclass(frozen=True)
class Question(Once):
    """What every requirement is asked about: the panel, the rules in force, and the program."""

    panel: Panel
    rules: Rules
    program: str

    def rule(self, name: str) -> dict:
        """The row of the requirement called `name` for this program."""
        return self.rules.rows("requirements", program=self.program, name=name)[0]


def windows(patient: np.ndarray, from_: np.ndarray, until: np.ndarray, fate: int | np.ndarray) -> pd.DataFrame:
    """A frame of windows; empty ones are left out."""
    frame = pd.DataFrame({"patient": patient, "from_": from_, "until": until, "fate": fate})
    return frame[frame.from_ < frame.until]


def spread(size: int, rows: np.ndarray, values: np.ndarray, absent) -> np.ndarray:
    """An array of `size` with `values` at `rows` (the last one wins) and `absent` elsewhere."""
    result = np.full(size, absent, dtype=np.asarray(values).dtype if absent is not None else object)
    result[rows] = values
    return result

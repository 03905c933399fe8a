"""Hold rows: every patient and every second that is not billed, each with one reason; and what to look at.

Rows are patient, reason, severity, seconds (numbers only); names, evidence and money are added when the
frame is asked for, see ``holds_frame``.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .coding import Option
from .minutes import FATES, Pieces
from .requirement import HOLD, REVIEW, Requirement, Unmet


def unmet_of(requirements: Iterable[Requirement], asked: np.ndarray) -> list[Unmet]:
    """All ways in which the patients `asked` fail a requirement, in the requirements' order."""
    return [
        Unmet(each.reason, each.severity, each.patients & asked)
        for requirement in requirements
        for each in requirement.unmet
    ]


def blocked_by(unmet: list[Unmet], size: int) -> np.ndarray:
    """Patients whom at least one requirement holds."""
    return np.logical_or.reduce([each.patients for each in unmet if each.severity == HOLD] or [np.zeros(size, bool)])


def patient_rows(unmet: list[Unmet], counted: np.ndarray) -> list[pd.DataFrame]:
    """A row per unmet requirement; a patient's first hold carries all its `counted` seconds, the others none."""
    rows, carried = [], np.zeros(len(counted), bool)
    for each in unmet:
        patient = np.flatnonzero(each.patients)
        first = ~carried[patient] & (each.severity == HOLD)
        rows.append(_rows(patient, each.reason, each.severity, np.where(first, counted[patient], 0)))
        carried |= each.patients & (each.severity == HOLD)
    return rows


def fate_rows(pieces: Pieces, patient: np.ndarray) -> list[pd.DataFrame]:
    """A row per patient and fate other than counted; `patient` is each piece's. Timers of no length give 0 seconds."""
    held = np.flatnonzero(pieces.fate)
    cell, number = np.unique(patient[held] * len(FATES) + pieces.fate[held], return_inverse=True)
    seconds = np.bincount(number, weights=pieces.seconds[held], minlength=len(cell)).astype(np.int64)
    return [_rows(cell // len(FATES), np.array(FATES, object)[cell % len(FATES)], HOLD, seconds)]


def rest_rows(options: list[Option], chosen: np.ndarray, ready: np.ndarray, counted: np.ndarray) -> list[pd.DataFrame]:
    """What billed patients logged beyond their units: whole blocks over the cap, and the remainder."""
    rows = []
    for number, option in enumerate(options):
        patient = np.flatnonzero(ready & (chosen == number))
        over = option.over_seconds[patient]
        rest = counted[patient] - option.seconds[patient] - over
        rows += [
            _rows(patient[over > 0], "over_cap", HOLD, over[over > 0]),
            _rows(patient[rest > 0], "remainder", HOLD, rest[rest > 0]),
        ]
    return rows


def review_rows(found: dict[str, np.ndarray], patient: np.ndarray, counted: np.ndarray, size: int) -> list[pd.DataFrame]:
    """A row per patient and sign; `found` has the rows of entries, `patient` and `counted` are each entry's."""
    rows = []
    for reason, entry in found.items():
        seconds = np.bincount(patient[entry], weights=counted[entry], minlength=size).astype(np.int64)
        concerned = np.flatnonzero(np.bincount(patient[entry], minlength=size))
        rows.append(_rows(concerned, reason, REVIEW, seconds[concerned]))
    return rows


def mark_rows(reason: str, patients: np.ndarray, seconds: np.ndarray) -> pd.DataFrame:
    """A review of the claim as a whole; `seconds` are each patient's concerned."""
    patient = np.flatnonzero(patients)
    return _rows(patient, reason, REVIEW, seconds[patient])


def _rows(patient: np.ndarray, reason, severity: str, seconds) -> pd.DataFrame:
    rows = pd.DataFrame({"patient": patient, "reason": reason, "severity": severity, "seconds": seconds})
    return rows.astype({"seconds": np.int64, "reason": object, "severity": object})

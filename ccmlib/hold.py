"""Hold rows: every patient and every second that is not billed, each with one reason; and what to look at.

Rows are patient, reason, severity, seconds; names, evidence and money are added when the holds are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from .coding import Option
from .minutes import COUNTED, FATES
from .order import first_of_run
from .pieces import Pieces
from .requirement import HOLD, REVIEW, Requirement, Unmet

SEVERITIES = (HOLD, REVIEW)


class HoldRows(NamedTuple):
    """The patients with one reason, and the seconds of each."""

    reason: str
    severity: str
    patient: np.ndarray
    seconds: np.ndarray


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


def patient_rows(unmet: list[Unmet], counted: np.ndarray) -> list[HoldRows]:
    """A row per unmet requirement; a patient's first hold carries all its `counted` seconds, the others none."""
    rows, carried = [], np.zeros(len(counted), bool)
    for each in unmet:
        patient = np.flatnonzero(each.patients)
        first = ~carried[patient] & (each.severity == HOLD)
        rows.append(HoldRows(each.reason, each.severity, patient, np.where(first, counted[patient], 0)))
        carried[patient] |= each.severity == HOLD
    return rows


def fate_rows(pieces: Pieces, patient: np.ndarray, size: int) -> list[HoldRows]:
    """A row per patient and fate other than counted; `patient` is each piece's. Timers of no length give 0 seconds."""
    held = pieces.fate != COUNTED
    patient, fate, seconds = patient[held], pieces.fate[held], pieces.seconds[held]
    return [
        _summed(FATES[number], HOLD, patient[fate == number], seconds[fate == number], size)
        for number in np.flatnonzero(np.bincount(fate))
    ]


def rest_rows(options: list[Option], chosen: np.ndarray, ready: np.ndarray, counted: np.ndarray) -> list[HoldRows]:
    """What billed patients logged beyond their units: whole blocks over the cap, and the remainder."""
    rows = []
    for number, option in enumerate(options):
        patient = np.flatnonzero(ready & (chosen == number))
        over = option.over_seconds[patient]
        rest = counted[patient] - option.seconds[patient] - over
        rows += [
            HoldRows("over_cap", HOLD, patient[over > 0], over[over > 0]),
            HoldRows("remainder", HOLD, patient[rest > 0], rest[rest > 0]),
        ]
    return rows


def review_rows(found: dict[str, np.ndarray], patient: np.ndarray, counted: np.ndarray, size: int) -> list[HoldRows]:
    """A row per patient and sign; `found` has the rows of entries, `patient` and `counted` are each entry's."""
    return [_summed(reason, REVIEW, patient[entry], counted[entry], size) for reason, entry in found.items()]


def mark_rows(reason: str, patients: np.ndarray, seconds: np.ndarray) -> HoldRows:
    """A review of the claim as a whole; `seconds` are each patient's concerned."""
    patient = np.flatnonzero(patients)
    return HoldRows(reason, REVIEW, patient, seconds[patient])


def _summed(reason: str, severity: str, patient: np.ndarray, seconds: np.ndarray, size: int) -> HoldRows:
    concerned = np.flatnonzero(np.bincount(patient, minlength=size))
    total = np.bincount(patient, weights=seconds, minlength=size).astype(np.int64)
    return HoldRows(reason, severity, concerned, total[concerned])


def hold_frame(rows: list[HoldRows], reasons: list[str]) -> pd.DataFrame:
    """One row per patient, reason (in the order of `reasons`) and severity; both are categories.

    Two requirements may fail with one reason: their seconds are added.
    """
    sizes = [len(each.patient) for each in rows]
    rank = np.repeat([reasons.index(each.reason) for each in rows], sizes)
    severity = np.repeat([SEVERITIES.index(each.severity) for each in rows], sizes)
    patient, seconds = (np.concatenate([getattr(each, name) for each in rows]) for name in ("patient", "seconds"))
    key = (patient * len(reasons) + rank) * len(SEVERITIES) + severity
    order = np.argsort(key)
    start = np.flatnonzero(first_of_run(key[order]))
    first = order[start]
    return pd.DataFrame({
        "patient": patient[first], "reason": pd.Categorical.from_codes(rank[first], reasons),
        "severity": pd.Categorical.from_codes(severity[first], SEVERITIES),
        "seconds": np.add.reduceat(seconds[order], start) if len(start) else seconds,
    })  # fmt: skip

"""What every list of a month's patients starts from: one row per patient and program with time, and the hold rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..close import MonthClose
from ..panel import positions
from ..requirement import HOLD
from .markup import Html, escaped, html_column, joined, muted


def patient_months(close: MonthClose) -> pd.DataFrame:
    """patient and program (numbers), held, logged, allowed_cents, kept_back_cents; a row per patient-month with time.

    `allowed_cents` is what the counted time bills, or would bill if nothing held it.
    """
    return pd.concat([_of(close, number) for number in range(len(close.programs))], ignore_index=True)


def _of(close: MonthClose, number: int) -> pd.DataFrame:
    program = close.programs[number]
    patient = np.flatnonzero(program.with_time)
    rows = hold_rows(close)
    rows = rows[rows.program == number]
    return pd.DataFrame({
        "patient": patient, "program": number, "held": program.blocked[patient],
        "logged": _sums(program.seconds.patient, program.seconds.logged, close)[patient],
        "allowed_cents": _sums(program.lines.patient, program.lines.allowed_cents, close)[patient],
        "kept_back_cents": _sums(rows.patient, rows.kept_back_cents, close)[patient],
    })  # fmt: skip


def _sums(patient: pd.Series, values: pd.Series, close: MonthClose) -> np.ndarray:
    return np.bincount(patient, weights=values, minlength=close.panel.size).astype(np.int64)


def hold_rows(close: MonthClose) -> pd.DataFrame:
    """``close.holds`` with the numbers of patient and program instead of their ids, and whether the patient is held."""
    names = [program.question.program for program in close.programs]
    patient = positions(close.holds.patient_id, close.panel.patients.patient_id)
    program = positions(close.holds.program, names)
    held = np.array([each.blocked for each in close.programs])[program, patient]
    return close.holds.drop(columns=["practice_id", "patient_id"]).assign(patient=patient, program=program, held=held)


def held_rows(close: MonthClose) -> pd.DataFrame:
    """The rows that hold something, without those that only ask a person to look."""
    rows = hold_rows(close)
    return rows[rows.severity == HOLD]


def named(close: MonthClose, patient: pd.Series) -> pd.Series:
    """The patient's id; small beneath it age at the month's end and sex, the practice where there are several."""
    about = _about(close)
    ids = close.panel.patients.patient_id.to_numpy(object)
    return html_column(
        joined([ids[n], Html("<br>"), muted(about[n])]) if about[n] else escaped(ids[n]) for n in patient
    )


def _about(close: MonthClose) -> list[str]:
    patients, last = close.panel.patients, pd.Timestamp(close.panel.month.last)
    several = len(close.panel.facts.practices) > 1
    practice = patients.practice_id if several else [""] * len(patients)
    return [
        ", ".join(part for part in (practice_id, _age(born, last), _word(sex)) if part)
        for practice_id, born, sex in zip(practice, patients.birth_date, patients.sex, strict=True)
    ]


def _age(born: pd.Timestamp, last: pd.Timestamp) -> str:
    if pd.isna(born):
        return ""
    return str(last.year - born.year - ((last.month, last.day) < (born.month, born.day)))


def _word(text: object) -> str:
    return text if isinstance(text, str) else ""


def codes_of(lines: pd.DataFrame) -> pd.Series:
    """What is billed per patient, such as ``99490 ×1, 99439 ×2``, from rows with patient, hcpcs_code and units."""
    words = lines.hcpcs_code + " ×" + lines.units.astype(str)
    return words.groupby(lines.patient).agg(", ".join)

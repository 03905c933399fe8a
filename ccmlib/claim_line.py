"""Claim lines: the chosen codes of each patient, priced, with the diagnoses and numbers a claim needs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .coding import Option
from .ids import texts
from .order import in_order
from .panel import date_of
from .requirement import Question
from .rulebook import Code

COLUMNS = [
    "practice_id", "patient_id", "program", "hcpcs_code", "units", "service_date", "place_of_service_code",
    "rendering_npi", "billing_npi", "diagnosis_codes", "seconds", "allowed_cents", "coinsurance_cents",
    "medicare_cents", "modifiers",
]  # fmt: skip


def chosen_lines(options: list[Option], chosen: np.ndarray) -> pd.DataFrame:
    """The lines of each patient's chosen option: patient, hcpcs_code, units, service_day, seconds, unit_cents."""
    lines = [line for number, option in enumerate(options) for line in _lines(option, np.flatnonzero(chosen == number))]
    whole = pd.concat(lines, ignore_index=True)
    by_code = pd.factorize(whole.hcpcs_code, sort=True)[0]
    return whole.take(in_order(whole.patient.to_numpy(), by_code, by_code)).reset_index(drop=True)


def _lines(option: Option, patient: np.ndarray) -> list[pd.DataFrame]:
    base, add_on, more = option.family.base, option.family.add_on, patient[option.units[patient] > 0]
    lines = [_line(base, patient, np.ones_like(patient), option.day, option.base_cents)]
    if add_on:
        lines.append(_line(add_on, more, option.units[more], option.day, option.add_on_cents))
    return lines


def _line(code: Code, patient: np.ndarray, units: np.ndarray, day: np.ndarray, unit_cents: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({
        "patient": patient, "hcpcs_code": code.code, "units": units, "service_day": day[patient],
        "seconds": units * code.seconds, "unit_cents": unit_cents[patient],
    })  # fmt: skip


def priced(lines: pd.DataFrame, question: Question) -> pd.DataFrame:
    """`lines` with allowed_cents and the patient's and Medicare's share of it, deductible met."""
    allowed = lines.units * lines.unit_cents
    coinsurance = (allowed * int(question.rules.policy("coinsurance_percent")) + 50) // 100  # a half cent upward
    return lines.assign(allowed_cents=allowed, coinsurance_cents=coinsurance, medicare_cents=allowed - coinsurance)


def claim_lines(lines: pd.DataFrame, diagnoses: np.ndarray, question: Question) -> pd.DataFrame:
    """Lines (as from ``priced``) with patient and the contract's columns, in order of patient and code."""
    panel, patient = question.panel, lines.patient.to_numpy()
    practices, staff, patients = panel.facts.practices, panel.facts.staff, panel.patients
    practice, practitioner = panel.practice[patient], panel.practitioner[patient]
    return lines.assign(
        practice_id=texts(patients.practice_id, patient),
        patient_id=texts(patients.patient_id, patient),
        program=question.program,
        service_date=_dates(lines.service_day.to_numpy()),
        place_of_service_code=texts(practices.place_of_service_code, practice),
        rendering_npi=texts(staff.npi, practitioner),
        billing_npi=texts(practices.billing_npi, practice),
        diagnosis_codes=diagnoses[patient],
        modifiers="",
    )[["patient", *COLUMNS]]


def _dates(days: np.ndarray) -> np.ndarray:
    """Day numbers as ISO texts."""
    different, number = np.unique(days, return_inverse=True)
    return np.array([date_of(day).isoformat() for day in different], object)[number]


def seconds_beyond_mue(lines: pd.DataFrame, question: Question) -> np.ndarray:
    """Seconds per patient of units above what the medically unlikely edit allows on one date."""
    limits = {code: row["units"] for code, row in question.rules.by_name("limits", "code").items()}
    most = lines.hcpcs_code.map(limits).astype("float64")
    above = lines[lines.units > most]
    seconds = (above.units - most[above.index]) * above.seconds / above.units
    return np.bincount(above.patient, weights=seconds, minlength=question.panel.size).astype(np.int64)

"""Claim lines: the chosen codes of each patient, priced, with the diagnoses and numbers a claim needs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .coding import Option
from .panel import date_of
from .requirement import Question

COLUMNS = [
    "practice_id", "patient_id", "program", "hcpcs_code", "units", "service_date", "place_of_service_code",
    "rendering_npi", "billing_npi", "diagnosis_codes", "seconds", "allowed_cents", "coinsurance_cents",
    "medicare_cents", "modifiers",
]  # fmt: skip


def chosen_lines(options: list[Option], chosen: np.ndarray) -> pd.DataFrame:
    """The lines of each patient's chosen option: patient, hcpcs_code, units, service_day, seconds, unit_cents."""
    lines = [_lines(option, np.flatnonzero(chosen == number)) for number, option in enumerate(options)]
    return pd.concat(lines).sort_values(["patient", "hcpcs_code"], ignore_index=True)


def _lines(option: Option, patient: np.ndarray) -> pd.DataFrame:
    more = patient[option.units[patient] > 0]
    base, add_on = option.family.base, option.family.add_on
    lines = [_line(base.code, patient, option, 1, base.seconds, option.base_cents)]
    if add_on and len(more):
        units = option.units[more]
        lines.append(_line(add_on.code, more, option, units, units * add_on.seconds, option.add_on_cents))
    return pd.concat(lines)


def _line(code: str, patient: np.ndarray, option: Option, units, seconds, unit_cents: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({
        "patient": patient, "hcpcs_code": code, "units": units, "service_day": option.day[patient],
        "seconds": seconds, "unit_cents": unit_cents[patient],
    })  # fmt: skip


def priced(lines: pd.DataFrame, question: Question) -> pd.DataFrame:
    """`lines` with allowed_cents and the patient's and Medicare's share of it, deductible met."""
    allowed = lines.units * lines.unit_cents
    coinsurance = (allowed * int(question.rules.policy("coinsurance_percent")) + 50) // 100  # a half cent upward
    return lines.assign(allowed_cents=allowed, coinsurance_cents=coinsurance, medicare_cents=allowed - coinsurance)


def claim_lines(lines: pd.DataFrame, diagnoses: np.ndarray, question: Question) -> pd.DataFrame:
    """Lines (as from ``priced``) with the contract's columns, sorted by practice, patient, program, code."""
    panel, patient = question.panel, lines.patient.to_numpy()
    practices, staff = panel.facts.practices, panel.facts.staff
    practice, practitioner = panel.practice[patient], panel.practitioner[patient]
    days, number = np.unique(lines.service_day, return_inverse=True)
    dates = np.array([date_of(day).isoformat() for day in days], object)
    return lines.assign(
        practice_id=panel.patients.practice_id.to_numpy()[patient],
        patient_id=panel.patients.patient_id.to_numpy()[patient],
        program=question.program,
        service_date=dates[number] if len(lines) else "",
        place_of_service_code=practices.place_of_service_code.to_numpy()[practice],
        rendering_npi=staff.npi.fillna("").to_numpy()[practitioner],
        billing_npi=practices.billing_npi.to_numpy()[practice],
        diagnosis_codes=diagnoses[patient],
        modifiers="",
    )[COLUMNS]


def seconds_beyond_mue(lines: pd.DataFrame, question: Question) -> np.ndarray:
    """Seconds per patient of units above what the medically unlikely edit allows on one date."""
    limits = {code: row["units"] for code, row in question.rules.by_name("limits", "code").items()}
    most = lines.hcpcs_code.map(limits).astype("float64")
    above = lines[lines.units > most]
    seconds = (above.units - most[above.index]) * above.seconds / above.units
    return np.bincount(above.patient, weights=seconds, minlength=question.panel.size).astype(np.int64)

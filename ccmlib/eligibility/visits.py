"""The visits that may begin care management: a code that qualifies on its day, billed by the patient's practice."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from ..ids import positions
from ..order import in_order
from ..panel import Panel, day_number, instants
from ..requirement import Question


def qualifying_visits(question: Question) -> pd.DataFrame:
    """patient, day (number), row (in ``facts.encounters``), in order of patient, day and encounter_id."""
    panel, visits, rules = question.panel, question.panel.facts.encounters, question.rules.book.tables["visits"]
    codes = sorted({row["hcpcs_code"] for row in rules})
    code = positions(visits.hcpcs_code, codes)
    row = np.flatnonzero(code >= 0)
    row = row[_by_the_practice(visits.billing_npi.iloc[row], panel.patient_of("encounters")[row], panel)]
    patient = panel.patient_of("encounters")[row]
    day = panel.local_day(instants(visits.started_at)[row], patient)
    fits = np.flatnonzero(_in_force(code[row], day, [(codes.index(rule["hcpcs_code"]), rule) for rule in rules]))
    fits = fits[in_order(patient[fits], day[fits], row[fits], visits.encounter_id)]
    return pd.DataFrame({"patient": patient[fits], "day": day[fits], "row": row[fits]})


def _by_the_practice(biller: pd.Series, patient: np.ndarray, panel: Panel) -> np.ndarray:
    """Billed by the patient's practice or one of its staff, or by nobody named."""
    practices, staff = panel.facts.practices, panel.facts.staff
    npis = pd.concat([practices.billing_npi, staff.npi]).dropna().drop_duplicates()
    place = np.append(np.arange(len(practices)), positions(staff.practice_id, practices.practice_id))
    npi = np.append(positions(practices.billing_npi, npis), positions(staff.npi, npis))
    own = place * len(npis) + npi
    number = positions(biller, npis)
    asked = panel.practice[patient] * len(npis) + number
    nobody = (biller.isna() | (biller == "")).to_numpy()
    return nobody | ((number >= 0) & np.isin(asked, own[(place >= 0) & (npi >= 0)]))


def _in_force(code: np.ndarray, day: np.ndarray, rules: list[tuple[int, dict]]) -> np.ndarray:
    """The code could be billed on the day of the visit."""
    fits = np.zeros(len(code), bool)
    for number, row in rules:
        first, last = day_number(row["from"]), day_number(row["until"] or dt.date.max)
        fits |= (code == number) & (day >= first) & (day <= last)
    return fits

"""What was billed for a patient besides this program, by whom: from encounters with a code and other services."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .ids import texts
from .order import in_order
from .panel import Panel, day_number, days, instants


def month_services(panel: Panel) -> pd.DataFrame:
    """Services in the month: patient, hcpcs_code, day (number), own (billed by the practitioner or practice).

    "The same practitioner" is the billing practitioner's NPI or the practice's (contract section 2); a visit
    in the practice's own record that names no biller is the practice's.
    """
    found = pd.concat([_visits(panel), _others(panel)], ignore_index=True)
    patient, day, row = found.patient.to_numpy(), found.day.to_numpy(), found.index.to_numpy()
    return found.take(in_order(patient, day, row, found.hcpcs_code))


def _visits(panel: Panel) -> pd.DataFrame:
    visits, patient = panel.facts.encounters, panel.patient_of("encounters")
    started = instants(visits.started_at)
    row = np.flatnonzero(panel.in_month(started, patient) & visits.hcpcs_code.notna().to_numpy())
    return _services(visits, row, patient[row], panel.local_day(started[row], patient[row]), panel)


def _others(panel: Panel) -> pd.DataFrame:
    others, day = panel.facts.other_services, days(panel.facts.other_services.service_date)
    row = np.flatnonzero((day >= day_number(panel.month.first)) & (day <= day_number(panel.month.last)))
    return _services(others, row, panel.patient_of("other_services")[row], day[row], panel)


def _services(table: pd.DataFrame, row: np.ndarray, patient: np.ndarray, day: np.ndarray, panel: Panel) -> pd.DataFrame:
    npi = texts(table.billing_npi, row)
    practice = texts(panel.facts.practices.billing_npi, panel.practice[patient])
    practitioner = texts(panel.facts.staff.npi, panel.practitioner[patient])
    own = (npi == "") | (npi == practice) | (npi == practitioner)
    code = pd.Series(texts(table.hcpcs_code, row), dtype="str").str.strip().str.upper()
    return pd.DataFrame({"patient": patient, "hcpcs_code": code, "day": day, "own": own})

"""What was billed for a patient besides this program, by whom: from encounters with a code and other services."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .panel import Panel, days, instants


def month_services(panel: Panel) -> pd.DataFrame:
    """Services in the month: patient, hcpcs_code, day (number), own (billed by the practitioner or practice), source.

    "The same practitioner" is the billing practitioner's NPI or the practice's (contract section 2); a visit
    in the practice's own record that names no biller is the practice's.
    """
    visits, others = panel.facts.encounters, panel.facts.other_services
    visits = visits[visits.hcpcs_code.notna()]
    found = pd.concat([
        _services(visits, lambda rows, patient: panel.local_day(instants(rows.started_at), patient), panel),
        _services(others, lambda rows, patient: days(rows.service_date), panel),
    ])  # fmt: skip
    first, last = (np.datetime64(day, "D").astype(int) for day in (panel.month.first, panel.month.last))
    return found[found.day.between(first, last)].sort_values(["patient", "day", "hcpcs_code"], ignore_index=True)


def _services(rows: pd.DataFrame, day, panel: Panel) -> pd.DataFrame:
    patient = panel.number(rows)
    npi = rows.billing_npi.fillna("").to_numpy(object)
    practice = panel.facts.practices.billing_npi.to_numpy(object)[panel.practice[patient]]
    practitioner = panel.facts.staff.npi.fillna("").to_numpy(object)[panel.practitioner[patient]]
    own = (npi == "") | (npi == practice) | (npi == practitioner)
    code = rows.hcpcs_code.str.strip().str.upper().to_numpy(object)
    return pd.DataFrame({"patient": patient, "hcpcs_code": code, "day": day(rows, patient), "own": own, "billing_npi": npi})

"""A qualifying visit within the year before the care management began (rulebook E5 to E7)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..panel import NEVER, Panel, instants, positions, year_before
from .consent import consent
from ..requirement import HOLD, Question, Requirement, Unmet


def initiating_visit(question: Question) -> Requirement:
    """Unmet (`initiating_visit`) without a qualifying code from one calendar year before the consent to its day."""
    panel = question.panel
    given = consent(question)
    start = panel.local_day(given.evidence["given_at"], np.arange(panel.size))
    return visited(question, start, given.judged)


def visited(question: Question, start: np.ndarray, judged: np.ndarray) -> Requirement:
    """The same for care management that begins on the day numbers `start`, asked of the patients `judged`."""
    panel, visits = question.panel, qualifying_visits(question)
    earliest = np.where(judged, year_before(np.where(judged, start, 0)), NEVER)
    patient, day = visits.patient.to_numpy(), visits.day.to_numpy()
    fits = visits[(day >= earliest[patient]) & (day <= start[patient])]
    before = visits[day <= start[patient]]
    evidence = {"encounter_id": np.full(panel.size, "", object), "visit_day": np.full(panel.size, NEVER), "start_day": start}
    for some in (before, fits):  # the last visit before the start, unless one fits
        evidence["encounter_id"][some.patient], evidence["visit_day"][some.patient] = some.encounter_id, some.day
    unmet = Unmet("initiating_visit", HOLD, judged & ~panel.has(fits.patient))
    return Requirement("initiating_visit", (unmet,), evidence, judged=judged)


def qualifying_visits(question: Question) -> pd.DataFrame:
    """Encounters of this practice with a qualifying code, in order of day: patient, day, encounter_id."""
    panel, rows = question.panel, question.panel.facts.encounters
    codes = [row["hcpcs_code"] for row in question.rules.book.tables["visits"]]
    rows = rows[positions(rows.hcpcs_code, sorted(set(codes))) >= 0]
    patient = panel.number(rows)
    visits = pd.DataFrame({
        "patient": patient, "day": panel.local_day(instants(rows.started_at), patient),
        "encounter_id": rows.encounter_id.to_numpy(), "code": rows.hcpcs_code.to_numpy(),
    })  # fmt: skip
    visits = visits[_by_the_practice(rows, patient, panel) & _in_force(visits, question)]
    return visits.sort_values(["day", "encounter_id"])


def _by_the_practice(rows: pd.DataFrame, patient: np.ndarray, panel: Panel) -> np.ndarray:
    """Billed by the patient's practice or one of its staff, or by nobody named."""
    practices, staff = panel.facts.practices, panel.facts.staff
    own = pd.concat([
        practices[["practice_id"]].assign(npi=practices.billing_npi), staff[["practice_id"]].assign(npi=staff.npi),
    ])  # fmt: skip
    biller = rows.billing_npi.fillna("").to_numpy(object)
    asked = practices.practice_id.to_numpy()[panel.practice[patient]] + " " + biller
    return (biller == "") | (positions(pd.Series(asked, dtype="str"), own.practice_id + " " + own.npi.fillna("-")) >= 0)


def _in_force(visits: pd.DataFrame, question: Question) -> np.ndarray:
    """The code could be billed on the day of the visit."""
    fits = np.zeros(len(visits), bool)
    for row in question.rules.book.tables["visits"]:
        first, last = np.datetime64(row["from"], "D").astype(int), np.datetime64(row["until"] or "9999-12-31", "D").astype(int)
        fits |= (visits.code == row["hcpcs_code"]).to_numpy() & visits.day.between(first, last).to_numpy()
    return fits

"""One patient's month out of a practice's: what is enough to decide it exactly as in the whole practice's close."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ..close import MonthClose, close_month
from ..facts import MonthFacts
from ..problem import Problem
from ..rulebook import Rules

#: Tables that say something of the practice as a whole.
OF_ALL = ("practices", "staff")


def one_patient(facts: MonthFacts, patient_id: str) -> MonthFacts:
    """The facts of one patient, and the entries of other patients that share a minute with theirs.

    The same staff member may have logged the same minute elsewhere (`staff_double_booked`), so those entries and
    their patients stay. Raises Problem when the patient is unknown.
    """
    if not (facts.patients.patient_id == patient_id).any():
        raise Problem(f"No patient {patient_id!r} is known here; choose one of the list.")
    log = facts.time_entries
    kept = (log.patient_id == patient_id) | _beside(log, patient_id)
    wanted = {patient_id, *log.patient_id[kept]}
    frames = {name: _of(frame, wanted) for name, frame in facts.frames().items() if name not in OF_ALL}
    frames |= {"time_entries": log[kept].reset_index(drop=True), "care_plan_items": _items(facts, frames["care_plans"])}
    return replace(facts, **frames)


def decided(facts: MonthFacts, rules: Rules, patient_id: str) -> MonthClose:
    """The decision of the patient's month."""
    return close_month(one_patient(facts, patient_id), rules)


def row_of(close: MonthClose, patient_id: str) -> int:
    """The number of a patient in a close."""
    return int(np.flatnonzero(close.panel.patients.patient_id == patient_id)[0])


def _of(frame: pd.DataFrame, patient_ids: set[str]) -> pd.DataFrame:
    if "patient_id" not in frame:
        return frame
    return frame[frame.patient_id.isin(patient_ids)].reset_index(drop=True)


def _items(facts: MonthFacts, plans: pd.DataFrame) -> pd.DataFrame:
    items = facts.care_plan_items
    return items[items.care_plan_id.isin(plans.care_plan_id)].reset_index(drop=True)


def _beside(log: pd.DataFrame, patient_id: str) -> np.ndarray:
    """Entries of other patients by a staff member who has an entry of this patient in the same minute."""
    theirs = log.patient_id == patient_id
    found = np.zeros(len(log), bool)
    for entry in log[theirs].itertuples():
        same = (log.staff_id == entry.staff_id) & (log.started_at < entry.ended_at) & (log.ended_at > entry.started_at)
        found |= (same & ~theirs).to_numpy()
    return found

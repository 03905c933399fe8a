"""The planted patients' work in the last month."""

from __future__ import annotations

import datetime as dt

from .planted_rows import Planting
from .situation import Situation, Work

LIVE = ("medication_management", "symptom_check", "patient_education", "assessment")


def plant_work(planting: Planting, patient: str, situation: Situation) -> None:
    """Unplaced entries of a patient lie three weekdays apart, beginning on a day of the patient's own."""
    first = int(patient[1:])
    for number, work in enumerate(situation.work):
        _entry(planting, patient, work, first + 3 * number)


def _entry(planting: Planting, patient: str, work: Work, weekday: int) -> None:
    at = planting.moments.instant(work.at) if work.at else planting.free(work.staff, weekday, work.seconds)
    ended = at + dt.timedelta(seconds=work.seconds)
    planting.add("time_entries", patient_id=patient, staff_id=planting.staff_id(work.staff), program=work.program,
                 activity=work.activity, started_at=at, ended_at=ended, live_contact=work.activity in LIVE,
                 source=work.source, note=work.note, outcome="Next contact in two weeks",
                 recorded_at=ended + dt.timedelta(seconds=work.recorded_after))  # fmt: skip

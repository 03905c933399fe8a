"""The sample practice on the last afternoon of its last month, seen by a nurse at the care desk."""

from __future__ import annotations

import datetime as dt

from ccmlib.access.session import Session
from ccmlib.desk.documentation import OTHER_WORK, Documentation
from ccmlib.month import Month
from ccmlib.preview import stored_facts
from ccmlib.store import engine, read

from ..care_plan.sample_store import NURSE, sample_database, signed_in

__all__ = ["CALL", "MONTH", "NOTHING_LOGGED", "NOW", "NURSE", "ONE_SHORT", "OTHER", "SHORT", "WORK", "after", "entries",
           "facts", "nurse", "sample_database", "signed_in", "table"]  # fmt: skip

NOW = dt.datetime(2026, 10, 31, 20, 0, tzinfo=dt.UTC)  # four in the afternoon in New York
MONTH = "2026-10"
#: One second short of 20 minutes; 100 seconds short; another enrolled patient; enrolled, and nothing logged.
ONE_SHORT, SHORT, OTHER, NOTHING_LOGGED = "P0002", "P0003", "P0001", "P0004"
CALL = Documentation(
    staff_id=NURSE, program="ccm", activity="symptom_check", services="Monthly check-in by phone, blood pressure",
    outcome="Call again in two weeks", adherence="Takes lisinopril daily", symptoms="No new symptoms",
    plan_updates="No change", follow_up="Lab on Tuesday",
)  # fmt: skip
WORK = Documentation(
    staff_id=NURSE, program="ccm", activity="care_coordination", services="Faxed the cardiologist the medication list",
    outcome="Answer expected on Monday", template=OTHER_WORK,
)  # fmt: skip


def after(seconds: int, start: dt.datetime = NOW) -> dt.datetime:
    """Some seconds later."""
    return start + dt.timedelta(seconds=seconds)


def nurse(database: str) -> Session:
    """The nurse's session."""
    return signed_in(database, "care_manager")


def facts(database: str, month: str = MONTH):
    """What the store knows of the month in the practice."""
    return stored_facts(database, Month(month), "PR01")


def table(database: str, name: str):
    """A table as known now."""
    with engine.open(database).connect() as connection:
        return read.table_now(connection, name)


def entries(database: str, patient_id: str):
    """The patient's entries that were written at the desk, in order of time."""
    found = table(database, "time_entries")
    return found[(found.patient_id == patient_id) & found.entry_id.str.startswith("E-")].sort_values("started_at")

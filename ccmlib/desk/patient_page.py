"""What stands of one patient before a call: conditions, goals, last contacts, tasks, consent, and the month so far."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from .. import wording
from ..care_plan.goals import Goal, goals
from ..care_plan.item import items_of, text_of
from ..care_plan.versions import counting, judged_plans
from ..close import MonthClose
from ..eligibility.conditions import chronic_conditions
from ..enrollment.consents import in_force
from ..facts import MonthFacts
from .counted import Counted, blocking, counted_month
from .day import Day
from .one_patient import row_of
from .tasks import open_tasks

#: Contacts shown of a patient.
LAST = 6


@dataclass(frozen=True)
class Contact:
    """One entry of the log: when (practice's clock), how long, who, what, and what came of it."""

    entry_id: str
    when: dt.datetime
    seconds: int
    staff: str
    program: str
    activity: str
    live: bool
    source: str
    note: str
    outcome: str


@dataclass(frozen=True)
class PatientPage:
    """`conditions`: (disease in words, codes). `consented_at`: since when the consent in force stands. `tasks`: the
    open ones, most urgent first. `blocking`: rows of the rules' reasons that hold the month besides too little time."""

    patient: pd.Series
    age: int | None
    practitioner: str
    conditions: list[tuple[str, str]]
    goals: list[Goal]
    contacts: list[Contact]
    tasks: pd.DataFrame
    consented_at: dt.datetime | None
    counted: Counted
    blocking: list[dict]

    @property
    def name(self) -> str:
        """The patient's name, else the id."""
        names = [text_of(self.patient.given_name), text_of(self.patient.family_name)]
        return " ".join(name for name in names if name) or self.patient.patient_id

    @property
    def subjects(self) -> list[str]:
        """What an entry can tie back to (requirement A3.11): the conditions and the goals that are open, in words."""
        return [words for words, _ in self.conditions] + [goal.item.text for goal in self.goals if goal.status != "met"]


def patient_page(facts: MonthFacts, close: MonthClose, patient_id: str, entries: pd.DataFrame, day: Day) -> PatientPage:
    """The page of a patient. `close`: a close that has the patient; `entries`: all of theirs, newest first."""
    patient = facts.patients[facts.patients.patient_id == patient_id].iloc[0]
    names = facts.staff.set_index("staff_id")["name"]
    consents = in_force(facts.consents[facts.consents.patient_id == patient_id], day.now)
    tasks = open_tasks(facts, day)
    return PatientPage(
        patient, _age(patient.birth_date, day.today), names.get(patient.billing_staff_id, ""),
        _conditions(close, patient_id), _goals(facts, patient_id, day),
        [_contact(row, names, day) for row in entries.head(LAST).itertuples()],
        tasks[tasks.patient_id == patient_id].reset_index(drop=True),
        day.local(consents.given_at.max()) if len(consents) else None,
        counted_month(close, patient_id), blocking(close, patient_id),
    )  # fmt: skip


def _age(born: pd.Timestamp, today: dt.date) -> int | None:
    if pd.isna(born):
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _conditions(close: MonthClose, patient_id: str) -> list[tuple[str, str]]:
    found = chronic_conditions(close.panel, close.rules)
    found = found[(found.patient == row_of(close, patient_id)) & found.chronic.astype(bool)]
    found = found.astype({"group": str, "code": str})
    return [
        (wording.words(group), ", ".join(sorted(code for code in rows.code.unique() if code)))
        for group, rows in found.groupby("group", sort=True)
    ]


def _goals(facts: MonthFacts, patient_id: str, day: Day) -> list[Goal]:
    plans = counting(judged_plans(facts))
    if patient_id not in plans.index:
        return []
    plan = plans.loc[patient_id]
    measures = facts.measures[facts.measures.patient_id == patient_id]
    items = items_of(facts.care_plan_items, plan.care_plan_id)
    return goals(items, measures, plan.approved_at.to_pydatetime(), day.now, day.today)


def _contact(row, names: pd.Series, day: Day) -> Contact:
    return Contact(
        row.entry_id, day.local(row.started_at), int((row.ended_at - row.started_at).total_seconds()),
        names.get(row.staff_id, row.staff_id), row.program, wording.words(row.activity), bool(row.live_contact),
        text_of(row.source), text_of(row.note), text_of(row.outcome),
    )  # fmt: skip

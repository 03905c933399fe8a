"""Tasks: what they may be about, how urgent, which are open. An escalation goes to a practitioner, with a time."""

from __future__ import annotations

import pandas as pd

from .. import wording
from ..facts import MonthFacts
from .day import Day

ESCALATION = "escalation"
#: What a task may be about, by name: the words of the list.
KINDS = {
    "call_patient": "Call the patient", "refill_request": "Refill request", "results_follow_up": "Results to follow up",
    "specialist_referral": "Specialist referral", "caregiver_question": "Caregiver's question",
    "care_plan_review": "Care plan review", ESCALATION: "Escalation to the practitioner",
}  # fmt: skip
#: How urgent, the most urgent first.
URGENCIES = ("urgent", "soon", "routine")


def open_tasks(facts: MonthFacts, day: Day) -> pd.DataFrame:
    """The tasks that are not closed, urgent and first due ones first: `urgent`, `due` (today or before), `late`."""
    tasks = facts.tasks[facts.tasks.closed_at.isna()]
    urgent = (tasks.urgency == URGENCIES[0]) | (tasks.kind == ESCALATION)
    tasks = tasks.assign(urgent=urgent, due=tasks.due_at < day.end, late=tasks.due_at < pd.Timestamp(day.now))
    return tasks.sort_values(["urgent", "due_at", "task_id"], ascending=[False, True, True], ignore_index=True)


def words_of(kind: str) -> str:
    """The kind of a task in words, also one that another system gave."""
    return KINDS.get(kind) or wording.words(kind).capitalize()

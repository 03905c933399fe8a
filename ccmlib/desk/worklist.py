"""Today's worklist: who is due and why, the most urgent first.

A patient is due when an open task is urgent or due today, or when the monthly check-in (requirement A4.2) has not
been held: no live contact in the month so far. Being near a threshold is no reason to call by itself; it only moves
up a patient whose check-in is due.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import wording
from ..care_plan.queue import enrolled_patients
from ..facts import MonthFacts
from ..reports.near import NEAR_MINUTES
from ..rulebook import Rules
from .day import Day
from .tasks import open_tasks, words_of

URGENT, TASK, NEAR, CHECK_IN, DONE = range(5)
COLUMNS = ["patient_id", "rank", "urgent", "due", "first_due", "task", "check_in", "near", "counted", "goal", "short",
           "last_contact"]  # fmt: skip


def worklist(facts: MonthFacts, rules: Rules, standing: pd.DataFrame, contacts: pd.Series, day: Day) -> pd.DataFrame:
    """A row per enrolled patient or open due task, most urgent first, with `COLUMNS`.

    `rank`: 0 an urgent task, 1 a task due today, 2 the check-in is due and the next threshold near, 3 the check-in is
    due, 4 nothing to do now. `urgent`, `due`: how many open tasks are; `first_due`, `task`: of the first of them.
    `standing`: see there; `contacts`: each patient's last live contact.
    """
    tasks = open_tasks(facts, day)
    wanted = tasks[tasks.urgent | tasks.due]
    enrolled = enrolled_patients(facts, rules, day.now)
    ids = pd.Index(facts.patients.patient_id[facts.patients.patient_id.isin([*enrolled, *wanted.patient_id])])
    frame = pd.DataFrame({"patient_id": ids}).join(_tasks_by_patient(wanted), on="patient_id")
    frame = frame.join(standing, on="patient_id").assign(last_contact=contacts.reindex(ids).array)
    frame[["urgent", "due"]] = frame[["urgent", "due"]].fillna(0).astype(int)
    frame["check_in"] = frame.patient_id.isin(enrolled) & ~(frame.last_contact >= day.month_start)
    frame["near"] = frame.check_in & (frame.counted > 0) & (frame.short < NEAR_MINUTES * 60)
    ranks = [frame.urgent > 0, frame.due > 0, frame.near, frame.check_in]
    frame["rank"] = np.select(ranks, [URGENT, TASK, NEAR, CHECK_IN], DONE)
    order = ["rank", "first_due", "last_contact", "patient_id"]
    return frame.sort_values(order, na_position="first", ignore_index=True)[COLUMNS]


def _tasks_by_patient(tasks: pd.DataFrame) -> pd.DataFrame:
    """urgent, due (counts), first_due and task (kind) of the first task, by patient_id."""
    groups = tasks.groupby("patient_id")
    first = tasks.drop_duplicates("patient_id").set_index("patient_id")
    return pd.DataFrame({
        "urgent": groups.urgent.sum(), "due": groups.due.sum(), "first_due": first.due_at, "task": first.kind,
    })  # fmt: skip


def why(row: pd.Series, day: Day) -> list[str]:
    """Why a patient stands in the worklist, in sentences."""
    return [*_task_words(row, day), *_contact_words(row, day), *_near_words(row)] or ["Nothing is due now."]


def _task_words(row: pd.Series, day: Day) -> list[str]:
    if not isinstance(row.task, str):
        return []
    if pd.isna(row.first_due):
        return [f"{words_of(row.task)}: open, without a due time."]
    late = row.first_due < pd.Timestamp(day.now)
    when = wording.moment(day.local(row.first_due))
    more = max(row.urgent, row.due) - 1
    others = f" And {wording.times(more, 'more task')}." if more > 0 else ""
    return [f"{words_of(row.task)}: {'was' if late else 'is'} due {when}.{others}"]


def _contact_words(row: pd.Series, day: Day) -> list[str]:
    if not row.check_in:
        return []
    if pd.isna(row.last_contact):
        return ["No conversation this month, and none in the two months before. The monthly check-in is due."]
    last = wording.date(day.local(row.last_contact).date())
    return [f"No conversation this month, the last one was on {last}. The monthly check-in is due."]


def _near_words(row: pd.Series) -> list[str]:
    if not row.near:
        return []
    return [f"{wording.clock(row.counted)} counted, {wording.spoken(row.short)} short of {wording.clock(row.goal)}."]

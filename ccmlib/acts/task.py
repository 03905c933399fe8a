"""Opening, assigning and closing tasks. An escalation is a task that says how urgent it is and until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from .. import wording
from ..access.session import Session
from ..desk.tasks import ESCALATION, KINDS, URGENCIES, words_of
from ..problem import Problem
from ..store import Engine
from .chart import Chart, chart, practitioners, text

ACTION = "change_task"


@dataclass(frozen=True)
class NewTask:
    """A task to open; `outcome` of a task is written when it is closed, what it asks for goes into `kind`."""

    kind: str
    assigned_to: str
    due_at: dt.datetime | None
    urgency: str = "routine"


def open_task(store: Engine, session: Session, patient_id: str, task: NewTask, now: dt.datetime) -> str:
    """Open a task. Says what was written.

    Raises Problem when kind or urgency is unknown, it is due before now, nobody at work is named, or an escalation
    goes without due time or to somebody who is no practitioner.
    """
    with chart(store, session, ACTION, patient_id, now) as desk:
        _refuse_unfit(task, desk)
        row = {
            "task_id": desk.unused("tasks", f"K-{desk.stamp(desk.now)}"), "patient_id": patient_id, "kind": task.kind,
            "opened_at": pd.Timestamp(desk.now), "opened_by": session.user, "assigned_to": task.assigned_to,
            "due_at": pd.Timestamp(task.due_at) if task.due_at else None, "urgency": task.urgency,
        }  # fmt: skip
        desk.append("tasks", [row])
        due = f", due {desk.told(task.due_at)}" if task.due_at else ""
        return f"Task opened: {KINDS[task.kind]}, {task.urgency}, for {desk.colleague(task.assigned_to)['name']}{due}."


def assign_task(store: Engine, session: Session, patient_id: str, task_id: str, to: str, now: dt.datetime) -> str:
    """Give an open task to somebody else. Says what was written."""
    with chart(store, session, ACTION, patient_id, now) as desk:
        task, name = _open(desk, task_id), desk.colleague(to)["name"]
        if text(task.assigned_to) == to:
            raise Problem(f"The task is {name}'s already; nothing was written.")
        if task.kind == ESCALATION:
            _refuse_no_practitioner(desk, to)
        desk.append("tasks", [task.to_dict() | {"assigned_to": to}])
        return f"Task “{words_of(task.kind)}” given to {name}."


def close_task(store: Engine, session: Session, patient_id: str, task_id: str, outcome: str, now: dt.datetime) -> str:
    """Close a task with its outcome. Says what was written; Problem when it says nothing."""
    if not outcome.strip():
        raise Problem("Say what came of the task; it is closed with its outcome.")
    with chart(store, session, ACTION, patient_id, now) as desk:
        task = _open(desk, task_id)
        desk.append("tasks", [task.to_dict() | {"closed_at": pd.Timestamp(desk.now), "outcome": outcome.strip()}])
        return f"Task “{words_of(task.kind)}” closed at {desk.told(desk.now)}: {outcome.strip()}"


def _open(desk: Chart, task_id: str) -> pd.Series:
    tasks = desk.rows("tasks")
    found = tasks[(tasks.task_id == task_id) & tasks.closed_at.isna()]
    if found.empty:
        raise Problem(
            f"Patient {desk.patient_id} has no open task {task_id!r}; somebody may have closed it. Read again."
        )
    return found.iloc[0]


def _refuse_unfit(task: NewTask, desk: Chart) -> None:
    if task.kind not in KINDS:
        raise Problem(f"{task.kind!r} is no kind of task; choose one of the list.")
    if task.urgency not in URGENCIES:
        raise Problem(f"{task.urgency!r} is no urgency; choose {wording.listed(list(URGENCIES))}.")
    if task.due_at and task.due_at < desk.now:
        raise Problem(f"A task cannot be due before it is opened: {desk.told(task.due_at)} is past.")
    desk.colleague(task.assigned_to)
    if task.kind == ESCALATION:
        _refuse_loose_escalation(task, desk)


def _refuse_loose_escalation(task: NewTask, desk: Chart) -> None:
    if not task.due_at:
        raise Problem("An escalation needs a time until which somebody answers; set when it is due.")
    if task.urgency == URGENCIES[-1]:
        raise Problem("An escalation is urgent or soon; open another kind of task for what can wait.")
    _refuse_no_practitioner(desk, task.assigned_to)


def _refuse_no_practitioner(desk: Chart, staff_id: str) -> None:
    if staff_id not in set(practitioners(desk.staff).staff_id):
        raise Problem(f"An escalation goes to a practitioner; {desk.colleague(staff_id)['name']} is none.")

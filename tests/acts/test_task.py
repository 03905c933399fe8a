"""Tasks are opened, given to somebody else and closed by appending; an escalation has a practitioner and a time."""

from __future__ import annotations

import pytest

from ccmlib.access.session import Refused
from ccmlib.acts.task import NewTask, assign_task, close_task, open_task
from ccmlib.problem import Problem
from ccmlib.store import engine

from ..care_plan.sample_store import PHYSICIAN
from ..desk.clinic import NOW, NURSE, OTHER, after, nurse, sample_database, signed_in, table

ESCALATION = NewTask("escalation", PHYSICIAN, after(3600), "urgent")


@pytest.fixture
def database(tmp_path):
    return sample_database(tmp_path)


@pytest.fixture
def store(database):
    made = engine.open(database)
    yield made
    made.dispose()


def mine(database):
    tasks = table(database, "tasks")
    return tasks[tasks.task_id.str.startswith("K-")]


def opened(database, store, task=ESCALATION):
    says = open_task(store, nurse(database), OTHER, task, NOW)
    return says, mine(database).iloc[-1]


def test_an_escalation_is_a_task_with_urgency_and_due_time(database, store):
    says, task = opened(database, store)
    assert (task.kind, task.urgency, task.assigned_to, task.opened_by) == (
        "escalation",
        "urgent",
        "S01",
        "demo.care_manager",
    )
    assert task.due_at == after(3600) and task.opened_at == NOW
    assert says == "Task opened: Escalation to the practitioner, urgent, for Desmond Foxglove, due 31 Oct 2026 17:00."


@pytest.mark.parametrize(
    ("task", "says"),
    [
        (NewTask("escalation", PHYSICIAN, None, "urgent"), "until which"),
        (NewTask("escalation", PHYSICIAN, after(60), "routine"), "urgent or soon"),
        (NewTask("escalation", NURSE, after(60), "urgent"), "is none"),
        (NewTask("call_patient", NURSE, after(-60), "soon"), "is past"),
        (NewTask("call_patient", "", after(60), "soon"), "does not work"),
        (NewTask("dance", NURSE, after(60), "soon"), "no kind of task"),
        (NewTask("call_patient", NURSE, after(60), "yesterday"), "no urgency"),
    ],
)
def test_a_task_that_cannot_be_is_refused(database, store, task, says):
    with pytest.raises(Problem, match=says):
        open_task(store, nurse(database), OTHER, task, NOW)
    assert mine(database).empty


def test_a_task_is_given_to_a_colleague(database, store):
    _, task = opened(database, store, NewTask("call_patient", NURSE, after(60), "soon"))
    says = assign_task(store, nurse(database), OTHER, task.task_id, "S04", after(60))
    assert (
        mine(database).assigned_to.tolist() == ["S04"] and says == "Task “Call the patient” given to Desmond Ivywood."
    )


def test_an_escalation_stays_with_practitioners(database, store):
    _, task = opened(database, store)
    with pytest.raises(Problem, match="is none"):
        assign_task(store, nurse(database), OTHER, task.task_id, NURSE, after(60))


def test_a_task_is_closed_once_with_its_outcome(database, store):
    _, task = opened(database, store)
    with pytest.raises(Problem, match="what came"):
        close_task(store, nurse(database), OTHER, task.task_id, " ", after(60))
    close_task(store, nurse(database), OTHER, task.task_id, "Practitioner called back", after(60))
    closed = mine(database).iloc[0]
    assert (closed.closed_at, closed.outcome) == (after(60), "Practitioner called back")
    with pytest.raises(Problem, match="no open task"):
        close_task(store, nurse(database), OTHER, task.task_id, "Again", after(120))


def test_a_task_of_another_patient_is_not_closed(database, store):
    _, task = opened(database, store)
    with pytest.raises(Problem, match="no open task"):
        close_task(store, nurse(database), "P0002", task.task_id, "Done", after(60))


@pytest.mark.parametrize("role", ["billing_analyst", "auditor", "administrator"])
def test_who_may_not_change_tasks_opens_none(database, store, role):
    with pytest.raises(Refused, match="tasks"):
        open_task(store, signed_in(database, role), OTHER, ESCALATION, NOW)

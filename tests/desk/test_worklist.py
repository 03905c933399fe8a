"""Today's list: the urgent first, then tasks due, then check-ins that are due; nearness alone is no reason to call."""

from __future__ import annotations

import datetime as dt

import pytest

from ccmlib.acts.task import NewTask, open_task
from ccmlib.acts.time_entry import record_manual
from ccmlib.close import close_month
from ccmlib.desk.day import Day
from ccmlib.desk.read import read_desk, with_patient
from ccmlib.desk.standing import restanding, standing
from ccmlib.desk.worklist import CHECK_IN, DONE, NEAR, TASK, URGENT, why, worklist
from ccmlib.rulebook import Rulebook
from ccmlib.store import engine

from .clinic import CALL, NOW, NURSE, OTHER, SHORT, WORK, after, nurse, sample_database

NOVEMBER = dt.datetime(2026, 11, 24, 15, tzinfo=dt.UTC)


@pytest.fixture
def database(tmp_path):
    return sample_database(tmp_path)


def listed(database, now=NOVEMBER):
    desk = read_desk(engine.open(database), "PR01", now)
    rules, day = Rulebook.load().on(desk.facts.month), Day(now, desk.time_zone)
    stands = standing(close_month(desk.facts, rules))
    return worklist(desk.facts, rules, stands, desk.contacts, day).set_index("patient_id"), day


def work(database, start, end, what, patient=OTHER, now=NOVEMBER):
    record_manual(engine.open(database), nurse(database), patient, what, start, end, now, 7)


def at(day, hour=14, minute=0, month=11):
    return dt.datetime(2026, month, day, hour, minute, tzinfo=dt.UTC)


def test_who_was_not_spoken_to_this_month_is_due(database):
    frame, day = listed(database)
    assert frame["rank"][OTHER] == CHECK_IN
    (says,) = why(frame.loc[OTHER], day)
    assert says.startswith("No conversation this month, the last one was on") and "Oct 2026" in says


def test_a_conversation_in_the_month_settles_it_and_other_work_does_not(database):
    work(database, at(3), at(3, 14, 10), WORK)
    assert listed(database)[0]["rank"][OTHER] == CHECK_IN
    work(database, at(4), at(4, 14, 10), CALL)
    assert listed(database)[0]["rank"][OTHER] == DONE


def test_near_the_threshold_moves_up_only_whose_check_in_is_due(database):
    work(database, at(3), at(3, 14, 18), WORK)
    frame, day = listed(database)
    assert frame["rank"][OTHER] == NEAR
    assert why(frame.loc[OTHER], day)[-1] == "18:00 counted, 2 min short of 20:00."
    work(database, at(4), at(4, 14, 1), CALL)
    assert listed(database)[0]["rank"][OTHER] == DONE


@pytest.mark.parametrize(
    ("task", "rank"),
    [
        (NewTask("escalation", "S01", after(3600, NOVEMBER), "soon"), URGENT),
        (NewTask("call_patient", NURSE, after(86_400 * 3, NOVEMBER), "urgent"), URGENT),
        (NewTask("call_patient", NURSE, after(3600, NOVEMBER), "soon"), TASK),
        (NewTask("call_patient", NURSE, after(86_400 * 3, NOVEMBER), "soon"), CHECK_IN),
        (NewTask("call_patient", NURSE, None, "soon"), CHECK_IN),
    ],
)
def test_urgent_tasks_come_first_then_those_due_today(database, task, rank):
    open_task(engine.open(database), nurse(database), OTHER, task, NOVEMBER)
    assert listed(database)[0]["rank"][OTHER] == rank


def test_the_most_urgent_stand_on_top(database):
    frame, _ = listed(database)
    assert frame["rank"].is_monotonic_increasing


def test_who_withdrew_or_never_consented_is_not_called(database):
    frame, _ = listed(database)
    assert not {"P0020", "P0022"} & set(frame.index)


def test_the_dead_are_not_called(database):
    frame, _ = listed(database)
    assert "P0034" not in frame.index


def test_a_task_due_this_evening_is_due_today_where_the_practice_is(database):
    evening = dt.datetime(2026, 11, 25, 3, 30, tzinfo=dt.UTC)  # half past ten in New York, the 24th
    open_task(engine.open(database), nurse(database), OTHER, NewTask("call_patient", NURSE, evening, "soon"), NOVEMBER)
    assert listed(database)[0]["rank"][OTHER] == TASK


def test_one_patient_read_anew_gives_the_list_that_reading_all_gives(database):
    store = engine.open(database)
    before = read_desk(store, "PR01", NOW)
    rules = Rulebook.load().on(before.facts.month)
    stands = standing(close_month(before.facts, rules))
    work(database, after(-600), after(-300), CALL, SHORT, NOW)
    anew = with_patient(before, store, SHORT)
    again = restanding(stands, anew.facts, rules, SHORT)
    whole = read_desk(store, "PR01", NOW)
    assert again.equals(standing(close_month(whole.facts, rules)))
    assert anew.contacts.sort_index().equals(whole.contacts.sort_index())

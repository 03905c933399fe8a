"""The care desk's decisions, without a widget: who is listed, what the timer does, what a saved entry counts."""

from __future__ import annotations

import datetime as dt

import pytest

from ccmlib.store import engine
from dashboards.care_desk.lists import FOUND
from dashboards.care_desk.model import CareDesk

from ..desk.clinic import (
    CALL,
    NOW,
    NURSE,
    ONE_SHORT,
    OTHER,
    SHORT,
    after,
    entries,
    nurse,
    sample_database,
    signed_in,
    table,
)

NOVEMBER = dt.datetime(2026, 11, 24, 15, tzinfo=dt.UTC)
TEXTS = ("services", "adherence", "symptoms", "plan_updates", "follow_up", "outcome")


class Clock:
    """A clock that the test sets."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def database(tmp_path):
    return sample_database(tmp_path)


@pytest.fixture
def clock():
    return Clock(NOW)


@pytest.fixture
def desk(database, clock):
    return CareDesk(nurse(database), clock)


def document(model):
    for name in TEXTS:
        setattr(model.form, name, getattr(CALL, name))
    model.form.staff = NURSE


def test_the_desk_opens_on_what_is_due(desk):
    assert desk.tone == "done" and desk.message == "" and desk.listed == "due"
    assert desk.tiles()[0].name == "Urgent"
    assert dict(desk.tabs())["due"] == f"Due {len(desk.rows())}"


def test_everybody_of_the_practice_is_found_by_name_or_number(desk):
    desk.query = "redfern"
    assert desk.listed == FOUND and ONE_SHORT in desk.rows().keys
    desk.query = ""
    assert desk.listed == "due"


def test_a_patient_is_shown_with_what_a_call_needs(desk):
    desk.patient = ONE_SHORT
    title, body = desk.about()
    assert title == "Florence Redfern"
    for part in (
        "19:59 counted this month, 1 s short of 20:00",
        "Hypertension",
        "Goal for hypertension",
        "Last contacts",
    ):
        assert part in body


def test_a_patient_the_practice_does_not_have_is_not_shown(desk):
    desk.patient = "P9999"
    assert desk.patient == "" and desk.shown is None


def test_a_call_by_timer_crosses_twenty_minutes_and_says_so(desk, clock, database):
    desk.patient = ONE_SHORT
    desk.work.start()
    clock.now = after(30)
    document(desk)
    assert "Write 30 s by timer for Florence Redfern" in desk.work.statement()
    clock.now = after(45)
    desk.work.save()
    (row,) = entries(database, ONE_SHORT).itertuples()
    assert (row.ended_at, row.recorded_at) == (after(30), after(45))
    for part in (
        "0:30 of 0:30 count in October",
        "20:29 counted this month, 19 min 31 s short of 40:00",
        "99490 ×1, $66.13",
    ):
        assert part in desk.work.result
    assert desk.message.startswith("Saved 30 s, by timer.") and desk.work.timer is None
    assert desk.form.services == "" and desk.form.staff == NURSE


def test_what_is_missing_is_said_and_the_timer_runs_on(desk):
    desk.patient = ONE_SHORT
    desk.work.start()
    desk.form.services = "Check-in"
    assert desk.work.statement() is None
    assert desk.tone == "problem" and "adherence" in desk.message and "staff member" in desk.message
    assert desk.work.timer.state == "running"


def test_a_reload_finds_the_running_timer_and_its_patient(desk, clock, database):
    desk.patient = ONE_SHORT
    desk.work.start()
    clock.now = after(125)
    again = CareDesk(nurse(database), clock)
    assert again.patient == ONE_SHORT and again.work.face()[:2] == (125, True)
    assert "has run on" in again.message


def test_pausing_and_resuming_leaves_the_pause_out(desk, clock, database):
    desk.patient = ONE_SHORT
    desk.work.start()
    clock.now = after(10)
    desk.work.pause()
    clock.now = after(100)
    assert desk.work.face()[:2] == (10, False)
    desk.work.resume()
    clock.now = after(105)
    document(desk)
    assert "15 s by timer, in 2 entries without the pauses" in desk.work.statement()
    desk.work.save()
    assert len(entries(database, ONE_SHORT)) == 2


def test_one_timer_runs_and_another_patient_hears_of_it(desk):
    desk.patient = ONE_SHORT
    desk.work.start()
    desk.patient = OTHER
    assert f"timer for {ONE_SHORT} is running" in desk.work.others
    desk.work.start()
    assert desk.tone == "problem" and "cannot run for two patients" in desk.message and desk.work.timer is None


def test_a_discarded_timer_needs_a_reason(desk, database):
    desk.patient = ONE_SHORT
    desk.work.start()
    desk.work.discard("")
    assert desk.tone == "problem" and desk.work.timer
    desk.work.discard("Wrong patient")
    assert desk.work.timer is None and entries(database, ONE_SHORT).empty


def test_a_forgotten_timer_is_spoken_of(desk, clock):
    desk.patient = ONE_SHORT
    desk.work.start()
    clock.now = after(13 * 3600)
    assert "More than 12 h" in desk.work.face()[2]


def test_times_typed_by_hand_are_marked_and_late_ones_flagged(desk, database):
    desk.patient = SHORT
    document(desk)
    desk.form.by_hand, desk.form.day, desk.form.start, desk.form.end = True, dt.date(2026, 10, 9), "10:00", "10:05"
    statement = desk.work.statement()
    assert "Late: written 22 days after the work" in statement and "typed by hand" in statement
    desk.work.save()
    assert entries(database, SHORT).source.tolist() == ["manual"]
    assert "23:20 counted this month" in desk.work.result


@pytest.mark.parametrize(("start", "end"), [("10:05", "10:00"), ("x", "10:00"), ("10:00", "")])
def test_times_that_are_none_are_said_and_nothing_is_written(desk, database, start, end):
    desk.patient = SHORT
    document(desk)
    desk.form.by_hand, desk.form.start, desk.form.end = True, start, end
    assert desk.work.statement() is None and desk.tone == "problem"
    assert entries(database, SHORT).empty


def test_an_entry_of_an_earlier_month_is_counted_there(desk):
    desk.patient = SHORT
    document(desk)
    desk.form.by_hand, desk.form.day, desk.form.start, desk.form.end = True, dt.date(2026, 9, 9), "10:00", "10:05"
    desk.work.save()
    assert "of 5:00 count in September" in desk.work.result


def test_a_saved_entry_moves_the_patient_in_the_list(database):
    clock = Clock(NOVEMBER)
    desk = CareDesk(nurse(database), clock)
    desk.patient = OTHER
    assert desk.desk.list.set_index("patient_id")["check_in"][OTHER]
    desk.work.start()
    document(desk)
    clock.now = after(60, NOVEMBER)
    desk.work.statement()
    desk.work.save()
    row = desk.desk.list.set_index("patient_id").loc[OTHER]
    assert (row.check_in, row.counted) == (False, 60)


def test_an_escalation_is_stated_opened_and_closed(desk, database):
    desk.patient = OTHER
    form = desk.task_form
    form.kind, form.urgency, form.assigned_to, form.time = "escalation", "urgent", "S01", "18:00"
    assert (
        "Escalation to the practitioner, urgent, for Desmond Foxglove, physician, due 31 Oct 2026 18:00"
        in desk.tasks.opening()
    )
    desk.tasks.open()
    assert "Escalation" in desk.about()[1] and OTHER in desk.desk.list.patient_id.head(3).tolist()
    form.outcome = "Called back"
    assert "Called back" in desk.tasks.closing()
    desk.tasks.close()
    assert table(database, "tasks").set_index("task_id").outcome.filter(like="K-").tolist() == ["Called back"]


def test_an_escalation_without_a_time_is_refused(desk):
    desk.patient = OTHER
    form = desk.task_form
    form.kind, form.assigned_to, form.day = "escalation", "S01", None
    desk.tasks.opening()
    desk.tasks.open()
    assert desk.tone == "problem" and "until which" in desk.message


def test_a_practice_manager_sees_the_desk_and_cannot_time(database, clock):
    desk = CareDesk(signed_in(database, "practice_manager"), clock)
    desk.patient = ONE_SHORT
    assert not any(desk.work.may.values()) and desk.tasks.may
    desk.work.start()
    assert desk.tone == "problem" and "may not record time" in desk.message and desk.work.timer is None


def test_who_may_not_see_patients_sees_none(database, clock):
    desk = CareDesk(signed_in(database, "administrator"), clock)
    assert desk.desk is None and desk.tone == "problem" and desk.rows() == [] and desk.tiles() == []


def test_patients_of_other_practices_are_never_read(database, clock):
    desk = CareDesk(signed_in(database, "care_manager", practices=("PR99",)), clock)
    assert desk.desk is None and "None of your practices" in desk.message


def test_a_practice_named_from_the_browser_is_not_read(desk):
    desk.practice = "PR99"
    assert desk.desk.facts.practices.practice_id.tolist() == ["PR01"]


def test_a_store_that_is_too_old_is_said_and_shows_nothing(tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    engine.open(url).dispose()
    desk = CareDesk(nurse(url), clock)
    assert desk.desk is None and "ccm db upgrade" in desk.message


def test_a_month_without_rules_is_said_and_shows_nothing(database):
    desk = CareDesk(nurse(database), Clock(dt.datetime(2031, 1, 5, tzinfo=dt.UTC)))
    assert desk.desk is None and desk.tone == "problem"


def test_a_note_with_markup_is_shown_as_text(desk, clock):
    desk.patient = ONE_SHORT
    desk.work.start()
    clock.now = after(30)
    document(desk)
    desk.form.services = "<img src=x onerror=alert(1)>"
    desk.work.save()
    assert "<img" not in desk.about()[1] and "&lt;img" in desk.about()[1]

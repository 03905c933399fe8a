"""Time typed by hand is marked so, is never ahead of the clock, and says when it is late."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ccmlib.access.session import Refused
from ccmlib.acts.time_entry import record_manual
from ccmlib.problem import Problem
from ccmlib.store import engine

from ..desk.clinic import CALL, NOW, ONE_SHORT, WORK, after, entries, nurse, sample_database, signed_in

LATE_AFTER = 7


@pytest.fixture
def database(tmp_path):
    return sample_database(tmp_path)


def typed(database, start=-600, end=-300, work=CALL, session=None):
    session, store = session or nurse(database), engine.open(database)
    return record_manual(store, session, ONE_SHORT, work, after(start), after(end), NOW, LATE_AFTER)


def test_typed_time_is_marked_manual(database):
    saved = typed(database)
    (row,) = entries(database, ONE_SHORT).itertuples()
    assert (row.source, row.started_at, row.ended_at) == ("manual", after(-600), after(-300))
    assert saved.says == "Saved 5 min, typed by hand."


def test_time_typed_days_after_the_work_is_said_to_be_late(database):
    day = 86_400
    assert "Late: written 8 days after the work" in typed(database, -8 * day - 300, -8 * day).says
    assert "Late" not in typed(database, -7 * day - 300, -7 * day).says


@pytest.mark.parametrize(
    ("start", "end", "says"), [(-300, -300, "end after"), (-300, -600, "end after"), (-300, 1, "not come yet")]
)
def test_times_that_cannot_be_are_refused(database, start, end, says):
    with pytest.raises(Problem, match=says):
        typed(database, start, end)
    assert entries(database, ONE_SHORT).empty


@pytest.mark.parametrize(
    "field", ["services", "outcome", "adherence", "symptoms", "plan_updates", "follow_up", "activity"]
)
def test_every_field_of_a_call_is_asked_for(database, field):
    with pytest.raises(Problem, match="Not written down yet"):
        typed(database, work=replace(CALL, **{field: "  "}))


def test_other_work_needs_no_contents_of_a_call(database):
    typed(database, work=WORK)
    (row,) = entries(database, ONE_SHORT).itertuples()
    assert not row.live_contact and row.note == WORK.services


def test_a_voice_mail_is_no_conversation(database):
    typed(database, work=replace(CALL, activity="voicemail"))
    assert not entries(database, ONE_SHORT).live_contact.any()


def test_the_note_of_a_call_holds_its_four_contents(database):
    typed(database, work=replace(CALL, about="hypertension"))
    (row,) = entries(database, ONE_SHORT).itertuples()
    for part in (
        "About: hypertension",
        "Adherence: Takes",
        "Symptoms: No new",
        "Care plan: No change",
        "Follow-up: Lab",
    ):
        assert part in row.note
    assert row.outcome == CALL.outcome


def test_nobody_signs_for_who_does_not_work_here(database):
    with pytest.raises(Problem, match="does not work"):
        typed(database, work=replace(CALL, staff_id="S99"))


def test_a_user_who_is_a_member_of_staff_signs_only_for_themselves(database):
    with pytest.raises(Problem, match="cannot sign for S03"):
        typed(database, session=signed_in(database, "care_manager", "s04"))


def test_two_entries_that_start_together_are_two_facts(database):
    typed(database, -600, -300)
    typed(database, -600, -500, WORK)
    assert len(entries(database, ONE_SHORT)) == 2


def test_an_auditor_types_no_time(database):
    with pytest.raises(Refused, match="auditor"):
        typed(database, session=signed_in(database, "auditor"))


def test_a_patient_nobody_knows_is_a_problem(database):
    with pytest.raises(Problem, match="No patient"):
        record_manual(engine.open(database), nurse(database), "P9999", CALL, after(-9), NOW, NOW, LATE_AFTER)


def test_minutes_of_the_day_before_yesterday_are_dated_then(database):
    typed(database, -2 * 86_400 - 60, -2 * 86_400)
    assert entries(database, ONE_SHORT).started_at.iloc[0] == NOW - dt.timedelta(days=2, seconds=60)

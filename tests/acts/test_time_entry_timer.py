"""A timer logs exactly the seconds in which it ran, for one patient at a time, whatever happens to the page."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from ccmlib.access.session import Refused
from ccmlib.acts.time_entry import save_timer
from ccmlib.acts.timer import discard_timer, open_timers, pause_timer, resume_timer, start_timer
from ccmlib.problem import Problem
from ccmlib.store import engine

from ..desk.clinic import CALL, NOW, ONE_SHORT, OTHER, after, entries, nurse, sample_database, signed_in


@pytest.fixture
def database(tmp_path):
    return sample_database(tmp_path)


@pytest.fixture
def store(database):
    made = engine.open(database)
    yield made
    made.dispose()


def timers(store, session):
    with store.connect() as connection:
        return open_timers(connection, session)


def started(store, session, patient=ONE_SHORT, now=NOW):
    start_timer(store, session, patient, now)
    return next(each for each in timers(store, session) if each.patient_id == patient)


def spans(frame):
    return [(row.started_at.to_pydatetime(), row.ended_at.to_pydatetime()) for row in frame.itertuples()]


def test_a_saved_timer_is_one_entry_to_the_second(database, store):
    timer = started(store, nurse(database))
    saved = save_timer(store, nurse(database), timer, CALL, after(95))
    (row,) = entries(database, ONE_SHORT).itertuples()
    assert (row.started_at, row.ended_at, row.recorded_at) == (NOW, after(95), after(95))
    assert (row.source, row.live_contact, row.staff_id, row.program) == ("timer", True, "S03", "ccm")
    assert saved.entry_ids == (row.entry_id,) and saved.says == "Saved 1 min 35 s, by timer."
    assert timers(store, nurse(database)) == []


def test_a_pause_splits_the_time_and_none_of_it_is_logged(database, store):
    timer = started(store, nurse(database))
    pause_timer(store, nurse(database), timer, after(60))
    resume_timer(store, nurse(database), timer, after(300))
    saved = save_timer(store, nurse(database), timer, CALL, after(330))
    assert spans(entries(database, ONE_SHORT)) == [(NOW, after(60)), (after(300), after(330))]
    assert saved.says == "Saved 1 min 30 s in 2 entries, pauses left out, by timer."


def test_a_timer_saved_while_paused_ends_where_the_pause_began(database, store):
    timer = started(store, nurse(database))
    pause_timer(store, nurse(database), timer, after(60))
    save_timer(store, nurse(database), timer, CALL, after(600))
    assert spans(entries(database, ONE_SHORT)) == [(NOW, after(60))]


def test_a_stretch_of_no_length_becomes_no_entry(database, store):
    timer = started(store, nurse(database))
    pause_timer(store, nurse(database), timer, after(60))
    resume_timer(store, nurse(database), timer, after(90))
    save_timer(store, nurse(database), timer, CALL, after(90))
    assert spans(entries(database, ONE_SHORT)) == [(NOW, after(60))]


def test_a_timer_that_ran_no_second_is_not_saved_and_stays(database, store):
    timer = started(store, nurse(database))
    with pytest.raises(Problem, match="No second"):
        save_timer(store, nurse(database), timer, CALL, NOW)
    assert len(timers(store, nurse(database))) == 1 and entries(database, ONE_SHORT).empty


def test_the_timer_outlives_the_page_and_the_kernel(database, store):
    started(store, nurse(database))
    again = engine.open(database)
    (timer,) = timers(again, nurse(database))
    assert (timer.patient_id, timer.state, timer.seconds(int(after(45).timestamp()))) == (ONE_SHORT, "running", 45)


def test_one_user_never_times_two_patients_at_once(database, store):
    timer = started(store, nurse(database))
    with pytest.raises(Problem, match=f"{ONE_SHORT} runs since 16:00:00"):
        start_timer(store, nurse(database), OTHER, after(5))
    pause_timer(store, nurse(database), timer, after(10))
    started(store, nurse(database), OTHER, after(20))
    with pytest.raises(Problem, match=f"{OTHER} runs since"):
        resume_timer(store, nurse(database), timer, after(30))
    assert [each.state for each in timers(store, nurse(database))] == ["paused", "running"]


def test_two_tabs_that_start_in_the_same_instant_start_one_timer(database, store):
    def start(patient):
        try:
            return start_timer(engine.open(database), nurse(database), patient, NOW)
        except Problem as problem:
            return str(problem)

    with ThreadPoolExecutor() as pool:
        said = list(pool.map(start, [ONE_SHORT, OTHER, "P0003", "P0042"]))
    assert sum(words.startswith("Timer started") for words in said) == 1
    assert len(timers(store, nurse(database))) == 1


def test_two_users_may_time_at_once(database, store):
    started(store, nurse(database))
    other = signed_in(database, "care_manager", "another")
    start_timer(store, other, OTHER, after(5))
    assert len(timers(store, other)) == 1


def test_a_second_timer_for_the_same_patient_is_refused(database, store):
    timer = started(store, nurse(database))
    pause_timer(store, nurse(database), timer, after(10))
    with pytest.raises(Problem, match="paused timer"):
        start_timer(store, nurse(database), ONE_SHORT, after(20))


def test_a_discarded_timer_keeps_its_reason_and_logs_nothing(database, store):
    timer = started(store, nurse(database))
    with pytest.raises(Problem, match="why"):
        discard_timer(store, nurse(database), timer, "  ", after(60))
    discard_timer(store, nurse(database), timer, "Wrong patient", after(60))
    assert timers(store, nurse(database)) == [] and entries(database, ONE_SHORT).empty
    with store.connect() as connection:
        kept = connection.execute(sa.text("SELECT event, reason FROM timers ORDER BY event_id")).all()
    assert kept == [("started", None), ("discarded", "Wrong patient")]


@pytest.mark.parametrize("act", [
    lambda store, session, timer: pause_timer(store, session, timer, after(60)),
    lambda store, session, timer: save_timer(store, session, timer, CALL, after(60)),
    lambda store, session, timer: discard_timer(store, session, timer, "no", after(60)),
])  # fmt: skip
def test_nobody_touches_a_timer_that_is_over_or_somebody_elses(database, store, act):
    timer = started(store, nurse(database))
    with pytest.raises(Problem, match="over"):
        act(store, signed_in(database, "care_manager", "another"), timer)
    discard_timer(store, nurse(database), timer, "Wrong patient", after(50))
    with pytest.raises(Problem, match="over"):
        act(store, nurse(database), timer)
    assert entries(database, ONE_SHORT).empty


def test_a_clock_set_back_does_not_touch_the_timer(database, store):
    timer = started(store, nurse(database))
    with pytest.raises(Problem, match="clock"):
        save_timer(store, nurse(database), timer, CALL, NOW - dt.timedelta(seconds=1))


@pytest.mark.parametrize("role", ["practice_manager", "billing_analyst", "auditor", "administrator"])
def test_who_may_not_record_time_starts_no_timer(database, store, role):
    with pytest.raises(Refused, match="record time"):
        start_timer(store, signed_in(database, role), ONE_SHORT, NOW)


def test_nobody_times_a_patient_of_another_practice(database, store):
    with pytest.raises(Refused, match="do not work for it"):
        start_timer(store, signed_in(database, "care_manager", practices=("PR99",)), ONE_SHORT, NOW)


@pytest.mark.parametrize("change", ["UPDATE timers SET at = 0", "DELETE FROM timers"])
def test_what_happened_to_a_timer_is_never_changed(database, store, change):
    started(store, nurse(database))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), store.begin() as connection:
        connection.execute(sa.text(change))

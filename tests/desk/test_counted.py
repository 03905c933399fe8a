"""What a new entry counts and why not the rest, and how far the next threshold is."""

from __future__ import annotations

import datetime as dt

import pytest

from ccmlib.acts.time_entry import record_manual
from ccmlib.desk.counted import blocking, counted_month, entry_words, fates_of, month_words
from ccmlib.desk.documentation import Documentation
from ccmlib.desk.one_patient import decided
from ccmlib.month import Month
from ccmlib.rulebook import Rulebook
from ccmlib.store import engine

from .clinic import CALL, MONTH, NOW, ONE_SHORT, SHORT, WORK, after, facts, nurse, sample_database


@pytest.fixture
def database(tmp_path):
    return sample_database(tmp_path)


def close_of(database, patient, month=MONTH):
    return decided(facts(database, month), Rulebook.load().on(Month(month)), patient)


def wrote(database, patient, start, end, work=CALL):
    saved = record_manual(engine.open(database), nurse(database), patient, work, start, end, NOW, 7)
    return saved.entry_ids


def test_one_second_is_missing_and_then_none(database):
    before = counted_month(close_of(database, ONE_SHORT), ONE_SHORT)
    assert (before.seconds, before.step.short, before.step.goal) == (1199, 1, 1200)
    ids = wrote(database, ONE_SHORT, after(-60), after(-59))
    close = close_of(database, ONE_SHORT)
    assert fates_of(close, ids).counted == 1
    then = counted_month(close, ONE_SHORT)
    assert (then.seconds, then.step.goal, then.step.short) == (1200, 2400, 1200)
    assert close.claim_lines.hcpcs_code.tolist() == ["99490"]


def test_the_way_to_the_next_unit_is_said_in_words(database):
    counted = counted_month(close_of(database, SHORT), SHORT)
    assert month_words(counted) == "18:20 counted this month, 1 min 40 s short of 20:00."


def test_scheduling_counts_for_nothing_and_says_why(database):
    work = Documentation(**{**vars(WORK), "activity": "scheduling"})
    ids = wrote(database, SHORT, after(-600), after(-300), work)
    close = close_of(database, SHORT)
    fates = fates_of(close, ids)
    assert (fates.counted, fates.held) == (0, {"activity_not_counted": 300})
    assert "5:00 do not count: Work of a kind that does not count" in " ".join(entry_words(close, fates))


def test_a_minute_the_nurse_logged_for_another_patient_counts_for_neither(database):
    wrote(database, ONE_SHORT, after(-600), after(-300))
    ids = wrote(database, SHORT, after(-400), after(-200))
    fates = fates_of(close_of(database, SHORT), ids)
    assert (fates.counted, fates.held) == (100, {"staff_double_booked": 100})


def test_an_entry_across_the_end_of_the_month_counts_in_both(database):
    last, first = dt.datetime(2026, 10, 1, 3, 55, tzinfo=dt.UTC), dt.datetime(2026, 10, 1, 4, 10, tzinfo=dt.UTC)
    ids = wrote(database, SHORT, last, first)
    assert fates_of(close_of(database, SHORT), ids).logged == 600
    assert fates_of(close_of(database, SHORT, "2026-09"), ids).logged == 300


def test_time_of_a_program_that_is_not_billed_by_time_is_said_to_count_nowhere(database):
    ids = wrote(database, SHORT, after(-600), after(-300), Documentation(**{**vars(WORK), "program": "tcm"}))
    close = close_of(database, SHORT)
    assert entry_words(close, fates_of(close, ids))[0].startswith("None of it lies in a program that is billed by time")


def test_what_would_hold_the_month_besides_time_is_named(database):
    assert [row["name"] for row in blocking(close_of(database, "P0018"), "P0018")] == ["consent_incomplete"]
    assert blocking(close_of(database, SHORT), SHORT) == []


def test_at_the_cap_no_further_unit_is_near(database):
    for hour in range(1, 4):
        wrote(database, ONE_SHORT, after(-3600 * hour), after(-3600 * (hour - 1)), WORK)
    counted = counted_month(close_of(database, ONE_SHORT), ONE_SHORT)
    assert counted.step is None and "no further unit" in month_words(counted)

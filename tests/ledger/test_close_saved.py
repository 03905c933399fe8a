"""A close is saved whole, once; closing again amends what late facts changed and says what it took back."""

import threading
from dataclasses import replace

import pandas as pd
import pytest
import sqlalchemy as sa

from ccmlib import claim_line, close, save_close
from ccmlib.closed_month import closed_month
from ccmlib.decision import decision_of
from ccmlib.ledger.tables import DECIDED, plain
from ccmlib.ledger_words import saved_lines, saved_said
from ccmlib.month import Month
from ccmlib.problem import Problem
from ccmlib.rulebook import Rulebook
from ccmlib.store import ledger, read
from ccmlib.store.engine import writing
from ccmlib.store.write import SAME_MINUTE, append

from . import practice
from .practice import HOUR, LOADED, MONTHS, at, billed_entry, correction, load

DAY = 24 * HOUR
MONTH = MONTHS[0]


def test_the_ledger_has_the_columns_of_the_decision():
    assert DECIDED["claim_lines"].names == claim_line.COLUMNS
    assert DECIDED["holds"].names == close.HOLD_COLUMNS
    assert DECIDED["seconds"].names == close.SECOND_COLUMNS


def test_a_closed_month_reads_as_it_was_decided(closed):
    store, saved = closed
    assert [(one.close.sequence, one.written, one.early) for one in saved] == [(0, True, False)] * 3
    for month, one in zip(MONTHS, saved, strict=True):
        with store.connect() as connection:
            decision = decision_of(read.month_facts(connection, month), Rulebook.load().on(month))
        read_back = closed_month(store, month)
        for name, table in DECIDED.items():
            pd.testing.assert_frame_equal(getattr(read_back, name), plain(decision[name], table))
        assert len(read_back.claim_lines) == one.close.line_count > 0
        assert read_back.lines.reference.tolist() == [
            f"{one.close.close_id}-{n + 1}" for n in range(len(read_back.lines))
        ]


def test_each_close_hangs_on_the_one_before(closed):
    _, saved = closed
    assert [one.close.previous_hash for one in saved] == ["0" * 64, *(one.close.digest for one in saved[:-1])]


def test_closing_again_without_a_change_writes_nothing(closed):
    store, saved = closed
    (again,) = practice.close(store, MONTH, LOADED + DAY)
    assert not again.written and again.close == saved[0].close
    assert "nothing to amend" in saved_lines([again])[0]


def test_a_late_fact_that_decides_nothing_amends_nothing(closed, facts):
    store, saved = closed
    entry = billed_entry(facts, saved[0])
    load(store, correction(facts, entry, note=entry.note + " Called back in the afternoon."), LOADED + 2 * HOUR)
    (again,) = practice.close(store, MONTH, LOADED + DAY)
    assert not again.written and len(again.late) == 1
    assert saved_lines([again]) == [
        "2026-08 of PR01, close (number 1) still holds, nothing to amend; 1 late fact changed nothing."
    ]


def test_late_facts_make_an_amendment_that_names_them(closed, facts):
    store, saved = closed
    entry = billed_entry(facts, saved[0])
    load(store, correction(facts, entry, activity="travel"), LOADED + 2 * HOUR, "carl")
    (amended,) = practice.close(store, MONTH, LOADED + DAY)
    assert amended.written and amended.close.sequence == 1 and amended.because == []
    (late,) = amended.late.to_dict("records")
    assert (late["table_name"], late["patient_id"], late["known_by"]) == ("time_entries", entry.patient_id, "carl")
    touched = amended.lines[amended.lines.action != "keep"]
    assert set(touched.action) <= {"void", "replace", "add"} and set(touched.patient_id) == {entry.patient_id}
    kept = amended.lines[amended.lines.action == "keep"].reference
    assert kept.str.startswith("1-").all() and len(kept) > 0
    with store.connect() as connection:
        assert ledger.late_rows(connection, amended.close).fact_digest.tolist() == [late["fact_digest"]]
    assert any(f"late: time_entries row {late['fact_id']:.0f}" in line for line in saved_lines([amended]))
    assert saved_said([amended])[0]["late_facts"][0]["fact_id"] == late["fact_id"]


def test_a_patient_without_claim_any_more_is_voided_and_comes_back_as_a_new_line(closed, facts):
    store, saved = closed
    entries = facts["time_entries"]
    patient = saved[0].lines.patient_id.iloc[0]
    theirs = entries[entries.patient_id == patient]
    load(store, {"time_entries": theirs.assign(activity="travel")}, LOADED + 2 * HOUR)
    (voided,) = practice.close(store, MONTH, LOADED + DAY)
    gone = voided.lines[voided.lines.action == "void"]
    before = saved[0].lines[saved[0].lines.patient_id == patient]
    assert gone.replaces.tolist() == before.reference.tolist()
    assert patient not in set(closed_month(store, MONTH).claim_lines.patient_id)
    load(store, {"time_entries": theirs}, LOADED + 2 * DAY)
    (back,) = practice.close(store, MONTH, LOADED + 3 * DAY)
    assert set(back.lines.action[back.lines.patient_id == patient]) == {"add"}
    assert back.close.lines_digest == saved[0].close.lines_digest


def test_a_fact_that_leaves_the_month_is_late_too(closed, facts):
    store, saved = closed
    entry = billed_entry(facts, saved[0])
    moved = correction(facts, entry, started_at=entry.started_at + pd.Timedelta(days=31),
                       ended_at=entry.ended_at + pd.Timedelta(days=31))  # fmt: skip
    load(store, moved, LOADED + 2 * HOUR)
    (amended,) = practice.close(store, MONTH, LOADED + DAY)
    assert amended.written and amended.late.table_name.tolist() == ["time_entries"]


def test_what_comes_in_the_second_of_a_close_is_late(loaded, facts):
    (saved,) = practice.close(loaded, MONTH, LOADED)
    assert saved.close.as_of == at(LOADED)
    load(loaded, correction(facts, billed_entry(facts, saved), activity="travel"), LOADED)
    (amended,) = practice.close(loaded, MONTH, LOADED)
    assert amended.written and len(amended.late) == 1 and amended.close.as_of == at(LOADED + 1)


def test_nothing_is_learned_long_before_a_close(closed, facts):
    store, _ = closed
    with pytest.raises(Problem, match="clock"), writing(store) as connection:
        append(connection, "measures", facts["measures"], LOADED + HOUR - SAME_MINUTE - 1, "ann")


def test_each_practice_is_closed_on_its_own(store):
    load(store, practice.sample_practice(40, 1, 5, practices=2, last_month="2026-08", planted=False))
    first, second = practice.close(store, MONTH)
    assert (first.close.practice_id, second.close.practice_id) == ("PR01", "PR02")
    assert set(closed_month(store, MONTH, "PR02").claim_lines.practice_id) == {"PR02"}
    assert len(closed_month(store, MONTH).claim_lines) == first.close.line_count + second.close.line_count
    with pytest.raises(Problem, match="PR03"):
        practice.close(store, MONTH, practice="PR03")


def test_a_month_that_is_not_over_says_so(loaded):
    (saved,) = practice.close(loaded, Month("2026-11"))
    assert saved.early and "not over yet" in " ".join(saved_lines([saved]))


def test_a_month_that_is_not_closed_is_one_sentence(loaded):
    with pytest.raises(Problem, match="2026-08 is not closed; run `ccm close 2026-08`"):
        closed_month(loaded, MONTH)


def test_of_two_closes_at_once_one_wins_and_the_other_says_so(loaded, monkeypatch):
    looked, told = threading.Event(), []
    look, refuse = save_close._closed_so_far, save_close._refuse_meanwhile

    def eve():
        try:
            practice.close(loaded, MONTH, by="eve")
        except Problem as problem:
            told.append(str(problem))

    def look_and_tell(*asked):
        found = look(*asked)
        looked.set()
        return found

    def let_eve_look(*found):
        refuse(*found)
        monkeypatch.setattr(save_close, "_closed_so_far", look_and_tell)
        thread.start()
        assert looked.wait(60)

    thread = threading.Thread(target=eve)
    monkeypatch.setattr(save_close, "_refuse_meanwhile", let_eve_look)
    practice.close(loaded, MONTH, by="bob")
    thread.join()
    assert len(told) == 1 and "closed by bob while this close waited its turn; nothing was written" in told[0]
    with loaded.connect() as connection:
        assert [close.closed_by for close in ledger.closes(connection)] == ["bob"]


def test_the_store_itself_takes_no_second_close_of_the_same_sequence(closed):
    store, saved = closed
    twin = replace(saved[0].close, close_id=4, line_count=0)
    with pytest.raises(Problem, match="closed by somebody else meanwhile"), writing(store) as connection:
        ledger.save(connection, twin, {})


@pytest.mark.parametrize("change", ["UPDATE {} SET digest = 'x'", "DELETE FROM {}"])
def test_no_row_of_the_ledger_is_changed_or_deleted(closed, change):
    store, _ = closed
    for name in ("closes", "closed_lines", "closed_holds", "closed_seconds", "seals"):
        column = "seal_hash" if name == "seals" else "digest"
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), store.begin() as connection:
            connection.execute(sa.text(change.format(name).replace("digest", column)))

"""What happened to timers, on SQLite and on PostgreSQL: kept in order, by user, and never changed."""

from __future__ import annotations

import pandas as pd
import pytest
import sqlalchemy as sa

from ccmlib.desk.timer import timers_of
from ccmlib.facts import TABLES, typed
from ccmlib.store.contacts import last_contacts, newest_batch
from ccmlib.store.engine import writing
from ccmlib.store.timers import append_event, open_events, timer_known
from ccmlib.store.write import append

from ..store.facts import practices


def happened(store, *events):
    with writing(store) as connection:
        for timer, user, event, at in events:
            append_event(connection, timer, user, "P1", event, at, "wrong" if event == "discarded" else "")


def test_only_the_users_own_open_timers_come_back(store):
    happened(store, ("T1", "ann", "started", 10), ("T2", "bob", "started", 20), ("T1", "ann", "paused", 30),
             ("T3", "ann", "started", 40), ("T3", "ann", "discarded", 50), ("T4", "ann", "started", 60))  # fmt: skip
    with store.connect() as connection:
        found = timers_of(open_events(connection, "ann"))
        assert timer_known(connection, "T3") and not timer_known(connection, "T9")
    assert [(each.timer_id, each.state, each.stretches) for each in found] == [
        ("T1", "paused", ((10, 30),)), ("T4", "running", ((60, None),)),
    ]  # fmt: skip


@pytest.mark.parametrize("change", ["UPDATE timers SET at = 0", "DELETE FROM timers"])
def test_no_event_is_changed_or_deleted(store, change):
    happened(store, ("T1", "ann", "started", 10))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), store.begin() as connection:
        connection.execute(sa.text(change))


def test_the_last_conversation_is_the_newest_live_contact_as_known_now(store):
    def entry(entry_id, start, live, patient="P1"):
        return {"entry_id": entry_id, "patient_id": patient, "staff_id": "S1", "program": "ccm",
                "activity": "assessment", "started_at": start, "ended_at": start, "live_contact": live}  # fmt: skip

    def brought(at, table, rows):
        with writing(store) as connection:
            append(connection, table, typed(rows, TABLES[table]), at, "ann")

    patients = pd.DataFrame({"patient_id": ["P1"], "practice_id": ["PR1"], "billing_staff_id": ["S1"]})
    log = pd.DataFrame([entry("E1", "2026-03-05T14:00:00Z", True), entry("E2", "2026-03-09T14:00:00Z", True),
                        entry("E3", "2026-03-12T14:00:00Z", False)])  # fmt: skip
    brought(100, "practices", practices("America/New_York"))
    brought(100, "patients", patients)
    brought(100, "time_entries", log)
    with store.connect() as connection:
        assert str(last_contacts(connection, "PR1", 0)["P1"].date()) == "2026-03-09"
        before = newest_batch(connection)
    brought(200, "time_entries", log.iloc[[1]].assign(live_contact=False))
    with store.connect() as connection:
        assert str(last_contacts(connection, "PR1", 0)["P1"].date()) == "2026-03-05"
        assert last_contacts(connection, "PR2", 0).empty and newest_batch(connection) > before

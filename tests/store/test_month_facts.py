"""A month's facts are what touches it in the practices' own time zones, of all practices or of one."""

import datetime as dt

import pandas as pd
import pytest

from ccmlib.facts import TABLES, typed
from ccmlib.month import Month
from ccmlib.problem import Problem
from ccmlib.store import read
from ccmlib.store.engine import writing
from ccmlib.store.write import append

from .facts import entries, practices

MARCH = Month("2026-03")


def filled(store, **frames):
    with writing(store) as connection:
        for name, frame in frames.items():
            append(connection, name, frame, 100, "ann")


def march(store, **which):
    with store.connect() as connection:
        return read.month_facts(connection, MARCH, **which)


def test_an_entry_belongs_to_the_month_it_touches_in_the_practice_s_zone(store):
    touching = [
        ("first second", "", "2026-03-01T00:00:00-05:00", "2026-03-01T00:00:00-05:00"),
        ("into it", "", "2026-02-28T23:50:00-05:00", "2026-03-01T00:00:01-05:00"),
        ("out of it", "", "2026-03-31T23:59:59-04:00", "2026-04-01T00:10:00-04:00"),
    ]
    outside = [
        ("before", "", "2026-02-28T23:00:00-05:00", "2026-02-28T23:59:59-05:00"),
        ("after", "", "2026-04-01T00:00:00-04:00", "2026-04-01T00:10:00-04:00"),
    ]
    filled(store, practices=practices("America/New_York"), time_entries=entries(*touching, *outside))
    assert march(store).time_entries["entry_id"].tolist() == ["first second", "into it", "out of it"]


def test_the_month_is_the_widest_over_all_practices(store):
    early_in_guam, late_in_hawaii = "2026-02-28T15:00:00Z", "2026-04-01T09:00:00Z"
    both = entries(("guam", "", early_in_guam, early_in_guam), ("hawaii", "", late_in_hawaii, late_in_hawaii))
    filled(store, practices=practices("Pacific/Guam", "Pacific/Honolulu"), time_entries=both)
    assert march(store).time_entries["entry_id"].tolist() == ["guam", "hawaii"]
    assert march(store, practice_id="PR1").time_entries.empty, "neither patient is known to be of this practice"


def test_a_reading_belongs_to_the_month_it_was_taken_in(store):
    taken = {"last": "2026-03-01T04:59:59Z", "first": "2026-03-01T05:00:00Z", "next": "2026-04-01T04:00:00Z"}
    rows = {"reading_id": list(taken), "patient_id": "P1", "device_kind": "scale", "source": "device"}
    readings = typed(pd.DataFrame({**rows, "read_at": list(taken.values())}), TABLES["device_readings"])
    filled(store, practices=practices("America/New_York"), device_readings=readings)
    assert march(store).device_readings["reading_id"].tolist() == ["first"]


def test_one_practice_s_facts_are_its_patients_and_what_hangs_on_them(store):
    patients = [{"patient_id": f"P{n}", "practice_id": f"PR{n}", "billing_staff_id": "S1"} for n in (1, 2)]
    plans = [{"care_plan_id": f"C{n}", "patient_id": f"P{n}", "version": 1, "status": "active"} for n in (1, 2)]
    items = [{"item_id": f"I{n}", "care_plan_id": f"C{n}", "element": "problem_list", "text": "x"} for n in (1, 2)]
    staff = [{"staff_id": f"S{n}", "practice_id": f"PR{n}", "name": "x", "role": "physician"} for n in (1, 2)]
    rows = {"patients": patients, "care_plans": plans, "care_plan_items": items, "staff": staff}
    frames = {name: typed(pd.DataFrame(found), TABLES[name]) for name, found in rows.items()}
    of_both = entries(("E1", ""), ("E2", "")).assign(patient_id=["P1", "P2"])
    filled(store, practices=practices("America/New_York", "America/New_York"), time_entries=of_both, **frames)
    facts = march(store, practice_id="PR2")
    assert facts.practices["practice_id"].tolist() == ["PR2"]
    assert facts.patients["patient_id"].tolist() == facts.care_plans["patient_id"].tolist() == ["P2"]
    assert facts.care_plan_items["item_id"].tolist() == ["I2"]
    assert facts.time_entries["entry_id"].tolist() == ["E2"]
    assert facts.staff["staff_id"].tolist() == ["S1", "S2"]


def test_a_month_as_known_then_does_not_see_what_was_learned_later(store):
    filled(store, practices=practices("America/New_York"), time_entries=entries(("E1", "one")))
    with writing(store) as connection:
        append(connection, "time_entries", entries(("E1", "mended"), ("E2", "late")), 200, "ann")
    then = dt.datetime.fromtimestamp(199, dt.UTC)
    assert march(store, as_of=then).time_entries["note"].tolist() == ["one"]
    assert march(store).time_entries["note"].tolist() == ["mended", "late"]


def test_facts_come_in_the_order_of_their_key_whatever_order_they_were_written_in(store):
    shuffled = entries(("b", ""), ("B", ""), ("é", ""), ("a", ""))
    filled(store, practices=practices("America/New_York"), time_entries=shuffled)
    assert march(store).time_entries["entry_id"].tolist() == ["B", "a", "b", "é"]


def test_an_empty_store_and_an_unknown_practice_say_so(store):
    with pytest.raises(Problem, match="ccm import extract"):
        march(store)
    filled(store, practices=practices("America/New_York"))
    with pytest.raises(Problem, match="PR9.*PR1"):
        march(store, practice_id="PR9")


def test_an_instant_without_an_offset_is_not_asked_for(store):
    with pytest.raises(Problem, match="offset"), store.connect() as connection:
        read.facts_now(connection, dt.datetime(2026, 3, 1))

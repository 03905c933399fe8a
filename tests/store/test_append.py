"""A fact is appended once; a correction supersedes it; what was known at an instant stays as it was."""

import datetime as dt

import pandas as pd
import pytest
import sqlalchemy as sa

from ccmlib.facts import TABLES, typed
from ccmlib.problem import Problem
from ccmlib.store import insert, write
from ccmlib.store.engine import writing
from ccmlib.store.read import facts_now, table_now
from ccmlib.store.write import Counts, append

from .facts import entries, practices


def at(second):
    return dt.datetime.fromtimestamp(second, dt.UTC)


def appended(store, frame, known_at, name="time_entries"):
    with writing(store) as connection:
        return append(connection, name, frame, known_at, "ann")


def notes(store, as_of=None):
    with store.connect() as connection:
        return table_now(connection, "time_entries", as_of).set_index("entry_id")["note"].to_dict()


def test_the_same_fact_twice_is_written_once(store):
    assert appended(store, entries(("E1", "one"), ("E2", "two")), 100) == Counts(new=2)
    assert appended(store, entries(("E1", "one"), ("E2", "two")), 200) == Counts(same=2)


def test_a_correction_counts_from_when_the_store_learned_it(store):
    appended(store, entries(("E1", "one"), ("E2", "two")), 100)
    assert appended(store, entries(("E1", "mended"), ("E2", "two")), 200) == Counts(changed=1, same=1)
    assert notes(store, at(99)) == {}
    assert notes(store, at(100)) == notes(store, at(199)) == {"E1": "one", "E2": "two"}
    assert notes(store, at(200)) == notes(store) == {"E1": "mended", "E2": "two"}


def test_a_correction_names_the_version_it_supersedes_and_who_brought_it(store):
    for second, note in ((100, "one"), (200, "two"), (300, "one")):
        appended(store, entries(("E1", note)), second)
    with store.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT fact_id, known_at, known_by, supersedes, length(digest) FROM time_entries ORDER BY 1")
        ).all()
    assert rows == [(1, 100, "ann", None, 64), (2, 200, "ann", 1, 64), (3, 300, "ann", 2, 64)]
    assert notes(store) == {"E1": "one"}


def test_a_correction_reaches_many_rows_as_it_reaches_few(store, monkeypatch):
    appended(store, entries(("E1", "one"), ("E2", "two")), 100)
    monkeypatch.setattr(write, "FEW", 0)
    monkeypatch.setattr(insert, "WRITTEN_AT_ONCE", 2)
    changed = entries(("E0", "new"), ("E1", "mended"), ("E2", "two"), ("E3", "new"), ("E4", "new"))
    assert appended(store, changed, 200) == Counts(new=3, changed=1, same=1)
    assert notes(store) == {"E0": "new", "E1": "mended", "E2": "two", "E3": "new", "E4": "new"}


def test_absent_parts_of_a_key_are_equal(store):
    table = TABLES["coverage"]
    open_ended = typed(pd.DataFrame({"patient_id": ["P1"], "payer": ["qmb"], "from_date": ["2026-01-01"]}), table)
    assert appended(store, open_ended, 100, "coverage") == Counts(new=1)
    assert appended(store, open_ended, 200, "coverage") == Counts(same=1)
    ended = open_ended.assign(until_date=pd.Timestamp("2026-03-31"))
    assert appended(store, ended, 300, "coverage") == Counts(changed=1)
    with store.connect() as connection:
        assert table_now(connection, "coverage")["until_date"].tolist() == [pd.Timestamp("2026-03-31")]


def test_an_empty_text_is_an_absent_one(store):
    appended(store, entries(("E1", "")), 100)
    assert appended(store, entries(("E1", None)), 200) == Counts(same=1)
    with store.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM time_entries WHERE note IS NULL")) == 1


def test_an_empty_text_with_a_default_is_the_default(store):
    said = practices("America/New_York").assign(setting="office")
    appended(store, said, 100, "practices")
    assert appended(store, said.assign(setting=""), 200, "practices") == Counts(same=1)


def test_nothing_is_learned_before_what_is_known_already(store):
    appended(store, entries(("E1", "one")), 100)
    with pytest.raises(Problem, match="clock"):
        appended(store, entries(("E2", "two")), 39)


def test_a_writer_who_waited_for_another_is_learned_with_it(store):
    appended(store, entries(("E1", "one")), 100)
    assert appended(store, entries(("E2", "two")), 40) == Counts(new=1)
    with store.connect() as connection:
        assert connection.scalars(sa.text("SELECT known_at FROM time_entries ORDER BY fact_id")).all() == [100, 100]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (entries(("E1", "one"), ("E1", "two")), "E1.*once"),
        (entries((None, "one")), "no entry_id"),
        (entries(("E1", "one", None)), "no started_at"),
        (entries(("E1", "a\0b")), "NUL"),
    ],
)
def test_a_frame_that_is_no_set_of_facts_is_refused(store, frame, message):
    with pytest.raises(Problem, match=message):
        appended(store, frame, 100)
    assert notes(store) == {}


def test_an_error_undoes_the_whole_transaction(store):
    with pytest.raises(Problem), writing(store) as connection:
        append(connection, "time_entries", entries(("E1", "one")), 100, "ann")
        append(connection, "time_entries", entries((None, "bad")), 100, "ann")
    assert notes(store) == {}


@pytest.mark.parametrize("change", ["UPDATE {} SET known_by = 'eve'", "DELETE FROM {}"])
def test_facts_of_no_table_are_changed_or_deleted(store, change):
    for name in TABLES:
        with store.begin() as connection:
            connection.execute(sa.text(_any_row(name)))
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), store.begin() as connection:
            connection.execute(sa.text(change.format(name)))
        with store.connect() as connection:
            assert connection.scalar(sa.text(f"SELECT known_by FROM {name}")) == "ann"


def test_a_fact_cannot_be_replaced_or_truncated_away(store):
    appended(store, entries(("E1", "one")), 100)
    on_sqlite = store.dialect.name == "sqlite"
    row = _any_row("time_entries", "eve").replace("INSERT", "INSERT OR REPLACE").replace("(", "(fact_id, ", 1)
    change = row.replace("VALUES (", "VALUES (1, ") if on_sqlite else "TRUNCATE time_entries"
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), store.begin() as connection:
        connection.execute(sa.text(change))
    assert notes(store) == {"E1": "one"}


def test_one_version_of_a_fact_cannot_be_corrected_twice(store):
    appended(store, entries(("E1", "one")), 100)
    correct = _any_row("time_entries").replace("(", "(supersedes, ", 1).replace("VALUES (", "VALUES (1, ")
    with store.begin() as connection:
        connection.execute(sa.text(correct))
    with pytest.raises(sa.exc.IntegrityError), store.begin() as connection:
        connection.execute(sa.text(correct))


def test_two_first_versions_of_a_fact_are_impossible(store, monkeypatch):
    appended(store, entries(("E1", "one")), 100)
    monkeypatch.setattr(write, "in_force", lambda name: sa.false())  # as a writer that saw none of it
    with pytest.raises(Problem, match="Another writer"):
        appended(store, entries(("E1", "two")), 200)


def test_every_table_reads_back_empty_and_typed(store):
    with store.connect() as connection:
        frames = facts_now(connection)
    assert frames.keys() == TABLES.keys()
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, TABLES[name].empty())


def _any_row(name, known_by="ann"):
    """An INSERT with something in every required column."""
    values = {column.name: VALUES.get(column.kind, "'x'") for column in TABLES[name].columns if _needed(column)}
    values |= {"known_at": "1", "known_by": f"'{known_by}'", "digest": "'x'"}
    return f"INSERT INTO {name} ({', '.join(values)}) VALUES ({', '.join(values.values())})"


VALUES = {"instant": "1", "integer": "1", "number": "1", "date": "'2026-03-01'", "boolean": "true"}


def _needed(column):
    return column.required or column.kind == "boolean"

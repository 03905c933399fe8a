"""Whatever facts are appended, the same are read back: no instant a second off, no text changed."""

import datetime as dt
from contextlib import ExitStack
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccmlib.facts import TABLES, typed
from ccmlib.store import engine as stores
from ccmlib.store import migrate
from ccmlib.store.columns import arrow_of, by_key, frame_of
from ccmlib.store.read import table_now
from ccmlib.store.write import Counts, append

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8)
DATES = st.dates(dt.date(1850, 1, 1), dt.date(2200, 12, 31))
KINDS = {
    "instant": st.integers(-3_000_000_000, 7_000_000_000).map(lambda second: pd.Timestamp(second, unit="s", tz="UTC")),
    "date": DATES,
    "boolean": st.booleans(),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "integer": st.integers(-(2**31), 2**31 - 1),
}


def values(column):
    present = KINDS.get(column.kind, TEXT)
    return present if column.required or column.kind == "boolean" else st.none() | present


@st.composite
def frames(draw):
    table = TABLES[draw(st.sampled_from(sorted(TABLES)))]
    row = st.fixed_dictionaries({column.name: values(column) for column in table.columns})
    rows = draw(st.lists(row, max_size=6, unique_by=lambda row: tuple(row[name] for name in table.key)))
    frame = pd.DataFrame(rows, columns=table.names, dtype=object).infer_objects()
    return table, typed(frame, table)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def one_store(request):
    """One migrated store for all examples; each example is undone."""
    with ExitStack() as stack:
        engine = stores.open(_database(request, stack))
        migrate.upgrade(engine)
        yield engine
        engine.dispose()


def _database(request, stack):
    if request.param == "sqlite":
        return f"sqlite:///{stack.enter_context(TemporaryDirectory())}/ccm.db"
    return stack.enter_context(request.getfixturevalue("postgresql_database")())


@given(frames())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_facts_read_back_equal_to_what_was_appended(one_store, drawn):
    table, frame = drawn
    with one_store.connect().execution_options(ccm_writing=True) as connection:
        assert append(connection, table.name, frame, 100, "ann") == Counts(new=len(frame))
        assert append(connection, table.name, frame, 100, "ann") == Counts(same=len(frame))
        found = table_now(connection, table.name)
        connection.rollback()
    pd.testing.assert_frame_equal(found, frame_of(by_key(arrow_of(frame, table), table), table), check_exact=True)


@given(frames())
@settings(max_examples=60, deadline=None)
def test_frames_survive_the_way_through_arrow(drawn):
    table, frame = drawn
    pd.testing.assert_frame_equal(frame_of(arrow_of(frame, table), table), frame, check_exact=True)

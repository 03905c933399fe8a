"""The digest of a fact says what the fact says: every value counts, and nothing else does."""

from hashlib import sha256

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from ccmlib.facts import TABLES, Column, Table, typed
from ccmlib.store.digest import row_digests

from .facts import entries

ENTRIES = TABLES["time_entries"]


def test_the_digest_is_the_sha_256_of_the_documented_text():
    text = (
        "time_entries\nactivity=assessment\nended_at=1772720400\nentry_id=E1\nnote=a\\\\b\\nc\npatient_id=P1\n"
        "program=ccm\nstaff_id=S1\nstarted_at=1772719200"
    )
    assert row_digests(entries(("E1", "a\\b\nc")), ENTRIES).tolist() == [sha256(text.encode()).hexdigest()]


def test_numbers_dates_and_true_have_one_way_of_writing():
    kinds = {"a": "number", "b": "date", "c": "boolean", "d": "integer"}
    table = Table("t", ("a",), tuple(Column(name, kind, name == "a") for name, kind in kinds.items()))
    rows = {"a": [-0.0, 0.1], "b": ["2026-03-01", None], "c": [True, False], "d": [3, None]}
    frame = typed(pd.DataFrame(rows), table)
    texts = ["t\na=0.0\nb=2026-03-01\nc=true\nd=3", "t\na=0.1"]
    assert row_digests(frame, table).tolist() == [sha256(text.encode()).hexdigest() for text in texts]


def test_a_column_added_later_leaves_old_digests_alone():
    longer = Table(
        ENTRIES.name, ENTRIES.key, (*ENTRIES.columns, Column("billable", "boolean", False), Column("a", "text", False))
    )
    frame = entries(("E1", "one"))
    assert row_digests(frame, longer).tolist() == row_digests(frame, ENTRIES).tolist()


@given(st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), min_size=2, max_size=2, unique=True))
def test_two_notes_and_outcomes_that_differ_have_different_digests(pairs):
    frame = entries(("E1", ""), ("E1", "")).assign(note=[a for a, _ in pairs], outcome=[b for _, b in pairs])
    assert row_digests(frame, ENTRIES).nunique() == 2

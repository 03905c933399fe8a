"""The audit's own lists: every row dated, cited and graded, and each with what the code needs of it."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files

import pandas as pd
import pytest

from ccmlib.audit.binder.checklist import CHECKS
from ccmlib.audit.criteria import criteria, policy
from ccmlib.audit.fields import FIELDS
from ccmlib.audit.forensics_tests import FACTS, TESTS
from ccmlib.audit.text import plain
from ccmlib.facts import TABLES
from ccmlib.month import Month
from ccmlib.problem import NotInForce
from ccmlib.rulebook import Rulebook

FOLDER = files("ccmlib") / "audit"
LISTS = ["documentation", "condition_words", "forensics", "self_audit", "binder"]
MONTH = Month("2026-03")


def rows(name: str) -> list[tuple[str, dict]]:
    return [
        (kind, row)
        for kind, some in tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")).items()
        for row in some
    ]


@pytest.mark.parametrize("name", LISTS)
def test_every_row_is_dated_cited_and_graded(name):
    known = {row["name"] for row in Rulebook.load().tables["sources"]} | {row["name"] for _, row in rows("sources")}
    for kind, row in rows(name):
        called = f"{name}.toml {kind} {row.get('name', row.get('group', ''))}"
        assert isinstance(row["from"], dt.date), called
        assert row["source"] in known and row["trust"] in ("V", "V2", "R", "D"), called


def test_every_word_is_written_as_it_is_compared():
    """In plain words: another spelling would never match a plain text."""
    for name, key in (("documentation", "words"), ("documentation", "phrases"), ("condition_words", "words")):
        for _, row in rows(name):
            for word in row.get(key, []):
                assert plain(pd.Series([word]))[0].strip() == word.strip(), word


def test_the_checklist_has_the_contractors_items_in_their_order():
    items = [row["name"] for row in criteria("binder", "item", MONTH)]
    assert items == [
        "beneficiary",
        "signature",
        "care_plan",
        "conditions",
        "risk",
        "time",
        "initiating_visit",
        "consent",
        "told_of_service_and_cost",
        "told_of_one_practitioner",
        "told_of_right_to_stop",
    ]


def test_every_row_has_its_function_or_column():
    assert {row["name"] for row in criteria("documentation", "field", MONTH)} == set(FIELDS)
    assert {row["kind"] for row in criteria("forensics", "sign", MONTH)} == set(TESTS)
    assert {row["name"] for row in criteria("forensics", "sign", MONTH) if row["kind"] == "fact"} == set(FACTS)
    items = criteria("binder", "item", MONTH)
    assert {row["name"] for row in items if "statements" not in row} == set(CHECKS)
    told = [name for row in items for name in row.get("statements", [])]
    assert told == [row["name"] for row in criteria("binder", "statement", MONTH)]
    assert set(told) == {name for name in TABLES["consents"].names if name.endswith("_explained")}


def test_the_groups_that_have_words_are_groups_of_the_rules():
    known = {row["group"] for row in Rulebook.load().tables["conditions"]}
    assert {row["group"] for row in criteria("condition_words", "condition", MONTH)} <= known


def test_a_month_before_the_lists_began_is_refused_not_judged_by_later_rows():
    with pytest.raises(NotInForce, match="look_back_years"):
        policy("self_audit", "look_back_years", Month("2019-12"))

"""The page that billers read says what the rules say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ccmlib.problem import Problem
from ccmlib.rule_page import rule_lines, rules_markdown
from ccmlib.rule_page.words import ranges

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_is_the_rules(book):
    assert PAGE.read_text("utf-8") == rules_markdown(book), "write docs/rules.md again: ccmlib.rule_page"


@pytest.mark.parametrize("table", ["codes", "policies", "reasons", "roles", "activities", "sources"])
def test_the_page_names_every_row(book, table):
    page = rules_markdown(book)
    assert all(f"| {row.get('name') or row['code']} |" in page for row in book.tables[table])


def test_the_page_sends_the_reader_to_what_was_not_confirmed(book):
    unsure = rules_markdown(book).split("## What it will not decide for you")[1].split("## Sources")[0]
    assert "longest_entry_hours" in unsure and "coinsurance_percent" in unsure
    assert "service_date" not in unsure


def test_one_code_on_one_day_in_words(book):
    lines = "\n".join(rule_lines(book, "99490", dt.date(2026, 3, 15)))
    assert "20 full minutes make a unit; at most 1 a month." in lines
    assert "$66.13 office, $43.76 facility" in lines and "$66.46 office" in lines
    assert "Noridian" in lines and "Trust V: read in the source" in lines


def test_an_unknown_code_is_answered_with_the_known_ones(book):
    with pytest.raises(Problem, match="do not know the code '99999'; they know 99437, 99439"):
        rule_lines(book, "99999", dt.date(2026, 3, 15))


def test_neighboring_codes_are_joined():
    assert ranges(["90952", "90951", "90953", "G0181", "G0182", "90960"]) == "90951-90953, 90960, G0181, G0182"

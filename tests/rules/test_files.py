"""A rule file that cannot be read is named, with its row and column, in one sentence."""

from __future__ import annotations

import pytest

from ccmlib.problem import Problem
from ccmlib.rule_check import read_rules

FAULTS = {
    "a date that does not exist": (
        "fees/gpci.csv", "2024-12-31", "2024-12-32", "fees/gpci.csv line 2, column until: '2024-12-32' is not a date"),
    "a missing date": ("visits.csv", "2014-01-01", "", "visits.csv line 2, column from: a value is missing"),
    "a word for a number": ("fees/relative_values.csv", "0.61", "much", "line 2, column work: 'much' is not a number"),
    "a value too many": ("visits.csv", "2014-01-01,", "2014-01-01,,", "visits.csv line 2 has 6 values; 5 were"),
    "a column renamed": ("exclusions.csv", "other_code", "other", "exclusions.csv line 1: the columns must be"),
    "broken TOML": ("policies.toml", "value = 12", "value = ", "policies.toml is not valid TOML"),
    "a key written twice": ("policies.toml", "value = 12", "value = 12\nvalue = 13", "policies.toml is not valid TOML"),
    "a key left out": ("limits.toml", "units = 1\n", "", "limit 1 (99490), column units: a value is missing"),
    "a date in quotes that is none": (
        "codes/ccm.toml", "until = 2020-12-31", 'until = "soon"', "code G2058, version 1, column until: 'soon'"),
    "text for a choice": ("reasons.toml", "mendable = false", 'mendable = "no"', "column mendable: 'no' is not true"),
}  # fmt: skip


def test_the_shipped_rules_can_be_read(book):
    assert read_rules() == book


@pytest.mark.parametrize("fault", FAULTS)
def test_the_reader_names(fault, rules_copy):
    file, old, new, words = FAULTS[fault]
    rules_copy.replace(file, old, new)
    with pytest.raises(Problem) as problem:
        read_rules(rules_copy.place)
    assert words in str(problem.value)


def test_a_missing_file_is_named(rules_copy):
    (rules_copy.place / "visits.csv").unlink()
    with pytest.raises(Problem, match="visits.csv is missing"):
        read_rules(rules_copy.place)


def test_a_file_without_its_table_is_named(rules_copy):
    (rules_copy.place / "limits.toml").write_text("# nothing yet\n")
    with pytest.raises(Problem, match=r"limits.toml has no \[\[limit\]\]"):
        read_rules(rules_copy.place)

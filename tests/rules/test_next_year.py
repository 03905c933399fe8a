"""A new year and a new code are rows: no Python changes."""

from __future__ import annotations

import datetime as dt

import pytest

from ccmlib.month import Month
from ccmlib.problem import NotInForce
from ccmlib.rule_check import check_rules, read_rules
from ccmlib.rule_page import rule_lines
from ccmlib.rulebook import Rulebook

YEAR = "2027-01-01,2027-12-31,house,D\n"
NEW_CODE = """
[[family]]
name = "pcm_staff"
program = "pcm"
clock = "pool"
chosen = "amount"
from = 2027-01-01
source = "house"
trust = "D"

[[code]]
code = "99426"
label = "PCM by clinical staff, first block"
family = "pcm_staff"
[[code.version]]
from = 2027-01-01
minutes = 30
source = "house"
trust = "D"
"""


@pytest.fixture
def next_year(rules_copy) -> Rulebook:
    """A copy of the rules with rates for 2027 and a code that begins then."""
    rules_copy.append("fees/conversion_factors.csv", f"any,33.5,{YEAR}")
    for code in ("99490", "99439", "99487", "99489", "99491", "99437", "G0506", "99426"):
        rules_copy.append("fees/relative_values.csv", f"{code},A,1.00,0.90,0.30,0.10,{YEAR}")
    rules_copy.append("fees/gpci.csv", f"13202-01,MANHATTAN,1.1,1.2,1.6,{YEAR}")
    rules_copy.append("fees/national_amounts.csv", f"99426,false,6700,4690,{YEAR}")
    (rules_copy.place / "codes" / "pcm.toml").write_text(NEW_CODE)
    return read_rules(rules_copy.place)


def test_the_next_year_is_appended_rows(next_year):
    assert check_rules(next_year) == []
    assert next_year.span == "2020 to 2027"
    rules = next_year.on(Month("2027-01"))
    assert rules.programs == ["ccm", "pcm"]
    assert [row["factor"] for row in rules.rows("conversion_factors")] == ["33.5"]
    assert "$67.00 office, $46.90 facility" in "\n".join(rule_lines(next_year, "99426", dt.date(2027, 1, 31)))


def test_an_appended_year_changes_nothing_before_it(next_year, book):
    def without_book(rules):
        return rules.tables, rules.codes, rules.families

    assert without_book(next_year.on(Month("2026-12"))) == without_book(book.on(Month("2026-12")))
    assert next_year.digest != book.digest


def test_the_shipped_rules_have_no_rate_for_it(book):
    assert book.on(Month("2027-01")).rows("conversion_factors") == []
    assert "No rate is in force on 2027-01-31" in "\n".join(rule_lines(book, "99490", dt.date(2027, 1, 31)))
    with pytest.raises(NotInForce, match="not in force on 2021-01-01; it is from 2020-01-01 to 2020-12-31"):
        rule_lines(book, "G2058", dt.date(2021, 1, 1))


@pytest.mark.parametrize(("month", "added"), [("2020-11", "G2058"), ("2021-01", "99439"), ("2026-03", "99439")])
def test_the_staff_add_on_of_the_month(book, month, added):
    staff = next(family for family in book.on(Month(month)).families if family.name == "ccm_staff")
    assert (staff.base.code, staff.add_on.code, staff.add_on.cap) == ("99490", added, 2)


@pytest.mark.parametrize(("month", "added"), [("2021-12", None), ("2022-01", "99437")])
def test_the_practitioner_add_on_began_in_2022(book, month, added):
    practitioner = next(family for family in book.on(Month(month)).families if family.name == "ccm_practitioner")
    assert (practitioner.add_on and practitioner.add_on.code) == added

"""A next year's rates, or a new code, is rows added to the rule data; no line of Python changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ccmlib.close import close_month
from ccmlib.dated import shipped_rules
from ccmlib.facts import MonthFacts
from ccmlib.month import Month
from ccmlib.problem import NotInForce
from ccmlib.rule_check import check_rules, read_rules
from ccmlib.rulebook import Rulebook

from .case import case_frames

MONTH = "2027-02"
CASE = {"month": MONTH, "log": [{"minutes": 80}], "mdm": "low"}
FACTOR = "any,34.0000,2027-01-01,2027-12-31,cms-rvu-2026,R\n"
VALUES = "{code},A,1.00,1.00,0.25,0.10,2027-01-01,2027-12-31,cms-rvu-2026,R\n"
NEW_CODE = """
[[code]]
code = "9949X"
label = "CCM by clinical staff, each further block from 2027"
family = "ccm_staff"
add_on_to = "99490"
[[code.version]]
from = 2027-01-01
minutes = 15
max_units = 3
source = "house"
trust = "D"
"""


@pytest.fixture
def rules(tmp_path) -> Path:
    """A copy of the rules that may be edited."""
    return Path(shutil.copytree(str(shipped_rules()), tmp_path / "rules"))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def add_rates(rules: Path, *codes: str) -> None:
    append(rules / "fees" / "conversion_factors.csv", FACTOR)
    append(rules / "fees" / "relative_values.csv", "".join(VALUES.format(code=code) for code in codes))


def lines(place: Path | None) -> list[tuple]:
    frames, month = case_frames(CASE)
    decided = close_month(MonthFacts.of(Month(month), frames), Rulebook.load(place).on(Month(month)))
    return list(decided.claim_lines[["hcpcs_code", "units", "allowed_cents"]].itertuples(index=False, name=None))


def test_a_month_beyond_the_rates_is_refused_and_not_priced_at_the_last_year(rules):
    with pytest.raises(NotInForce, match="2027-02"):
        lines(None)


def test_next_years_rates_are_appended_rows(rules):
    add_rates(rules, "99490", "99439", "99487", "99489", "99491", "99437", "G0506")
    assert check_rules(read_rules(rules)) == []
    assert lines(rules) == [("99439", 2, 2 * 7140), ("99490", 1, 7140)]


def test_a_new_code_in_place_of_an_old_one_is_appended_rows(rules):
    add_rates(rules, "99490", "9949X", "99487", "99489", "99491", "99437")
    codes = rules / "codes" / "ccm.toml"
    old = codes.read_text("utf-8")
    start = old.index("from = 2021-01-01", old.index('code = "99439"'))
    codes.write_text(old[:start] + "until = 2026-12-31\n" + old[start:], "utf-8")
    append(codes, NEW_CODE)
    assert lines(rules) == [("99490", 1, 7140), ("9949X", 3, 3 * 7140)]

"""What a practice may choose is a named policy: other values give other claims, and nothing else changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ccmlib.close import MonthClose, close_month
from ccmlib.dated import shipped_rules
from ccmlib.facts import MonthFacts
from ccmlib.month import Month
from ccmlib.rulebook import Rulebook

from .case import case_frames

HOUR_OF_THE_PRACTITIONER = [{"staff": "dr_lee", "minutes": 60}]


def close(tmp_path: Path, month: str, log: list[dict], **policies: str) -> MonthClose:
    """The case's month under other policies, each given as the text of its value."""
    place = Path(shutil.copytree(str(shipped_rules()), tmp_path / f"rules-{len(list(tmp_path.iterdir()))}"))
    text = (place / "policies.toml").read_text("utf-8")
    for name, value in policies.items():
        head, tail = text.split(f'name = "{name}"\nvalue = ')
        text = f'{head}name = "{name}"\nvalue = {value}\n' + tail.split("\n", 1)[1]
    (place / "policies.toml").write_text(text, "utf-8")
    frames, month = case_frames({"month": month, "log": log, "mdm": "low"})
    return close_month(MonthFacts.of(Month(month), frames), Rulebook.load(place).on(Month(month)))


def codes(decided: MonthClose) -> list[str]:
    return [f"{line.hcpcs_code}x{line.units}" for line in decided.claim_lines.itertuples()]


@pytest.mark.parametrize(
    ("month", "policy", "claims"),
    [
        ("2021-12", "larger_amount", ["99439x2", "99490x1"]),
        ("2021-12", "practitioner", ["99491x1"]),  # the practitioner's add-on begins a month later
        ("2022-01", "practitioner", ["99437x1", "99491x1"]),
        ("2026-03", "pool", ["99439x2", "99490x1"]),
    ],
)
def test_an_hour_of_the_practitioner_is_billed_by_the_family_the_practice_prefers(tmp_path, month, policy, claims):
    decided = close(tmp_path, month, HOUR_OF_THE_PRACTITIONER, family_when_both_qualify=f'"{policy}"')
    assert codes(decided) == claims


def test_the_service_date_may_be_the_last_day(tmp_path):
    log = [{"day": 3, "minutes": 20}]
    assert list(close(tmp_path, "2026-03", log).claim_lines.service_date) == ["2026-03-03"]
    late = close(tmp_path, "2026-03", log, service_date='"last_day"')
    assert list(late.claim_lines.service_date) == ["2026-03-31"]


@pytest.mark.parametrize(("hours", "codes_billed"), [("12", []), ("13", ["99439x2", "99490x1"])])
def test_how_long_an_entry_may_be(tmp_path, hours, codes_billed):
    assert codes(close(tmp_path, "2026-03", [{"seconds": 12 * 3600 + 1}], longest_entry_hours=hours)) == codes_billed

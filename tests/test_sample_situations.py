"""Each planted patient of the sample is decided as the catalogue says a biller should see it."""

from __future__ import annotations

import pytest

from ccmlib.close import close_month
from ccmlib.facts import MonthFacts
from ccmlib.month import Month
from ccmlib.rulebook import Rulebook
from ccmlib.sample import COMMITTED, LAST_MONTH, SITUATIONS, sample_practice

NUMBERED = [pytest.param(number, one, id=one.name) for number, one in enumerate(SITUATIONS, start=1)]


@pytest.fixture(scope="module")
def close():
    """The close of the sample's last month."""
    month = Month(LAST_MONTH)
    return close_month(MonthFacts.of(month, sample_practice(**COMMITTED)), Rulebook.load().on(month))


def of_patient(table, number: int):
    """The rows of the patient numbered `number`."""
    return table[table["patient_id"] == f"P{number:04d}"]


@pytest.mark.parametrize(("number", "situation"), NUMBERED)
def test_a_planted_patient_is_billed_as_the_catalogue_says(close, number, situation):
    lines = of_patient(close.claim_lines, number)
    assert dict(zip(lines["hcpcs_code"], lines["units"], strict=True)) == situation.claims
    if situation.allowed_cents is not None:
        assert lines["allowed_cents"].sum() == situation.allowed_cents


@pytest.mark.parametrize(("number", "situation"), NUMBERED)
def test_a_planted_patient_is_held_and_reviewed_as_the_catalogue_says(close, number, situation):
    rows = of_patient(close.holds, number)
    held = rows[rows["severity"] == "hold"]
    assert dict(zip(held["reason"], held["seconds"], strict=True)) == situation.holds
    assert sorted(rows["reason"][rows["severity"] == "review"]) == sorted(situation.reviews)

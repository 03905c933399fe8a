"""The reference implementation gives what the worked cases say, and loses no second of any practice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from .case import case_frames, expected_claims, expected_holds, load_cases
from .reference import reference_close
from .reference.close import REASONS
from .strategies import MONTHS, practices, random_practice

CASES = load_cases()


def said(rows: list[dict], expected: list[dict]) -> list[dict]:
    """Each row cut to the columns that the expectation at the same place names."""
    return [{name: row[name] for name in wanted} for row, wanted in zip(rows, expected, strict=False)]


def by(rows: list[dict], *names: str) -> list[dict]:
    return sorted(rows, key=lambda row: [row[name] for name in names])


@pytest.mark.parametrize("case", CASES, ids=[f"{case['number']} {case['name']}" for case in CASES])
def test_worked_case(case):
    claims, holds, seconds = reference_close(*case_frames(case))
    wanted = by(expected_claims(case), "patient_id", "hcpcs_code")
    assert len(claims) == len(wanted), (claims, holds)
    assert said(claims, wanted) == wanted
    key = ("patient_id", "reason", "severity")
    wanted, holds = by(expected_holds(case), *key), by(holds, *key)
    assert [[row[name] for name in key] for row in holds] == [[row[name] for name in key] for row in wanted]
    assert said(holds, wanted) == wanted
    if "seconds" in case:
        assert said(seconds, case["seconds"]) == case["seconds"]
        assert len(seconds) == len(case["seconds"])


def total(rows: list[dict], column: str) -> dict[str, int]:
    """A column summed by patient."""
    sums = dict.fromkeys((row["patient_id"] for row in rows), 0)
    for row in rows:
        sums[row["patient_id"]] += row[column]
    return sums


@given(practices())
@settings(max_examples=25, deadline=None)
def test_every_logged_second_is_claimed_or_held_for_one_reason(practice_month):
    claims, holds, seconds = reference_close(*practice_month)
    holds = [row for row in holds if row["severity"] == "hold"]
    logged, claimed, held = total(seconds, "logged"), total(claims, "seconds"), total(holds, "seconds")
    for patient_id, amount in logged.items():
        assert amount == claimed.get(patient_id, 0) + held.get(patient_id, 0)
    assert set(total(claims, "seconds")) <= set(logged)


@given(practices())
@settings(max_examples=25, deadline=None)
def test_each_clock_is_claimed_or_held(practice_month):
    claims, _, seconds = reference_close(*practice_month)
    assert all(row["logged"] == row["claimed"] + row["held"] and row["held"] >= 0 for row in seconds)
    assert all(row["claimed"] == 0 for row in seconds if row["clock"] == "none")
    claimed = {patient: amount for patient, amount in total(seconds, "claimed").items() if amount}
    assert claimed == total(claims, "seconds")


def test_random_practices_show_every_reason():
    found = set()
    for month in MONTHS:
        _, holds, _ = reference_close(random_practice(7, 250, month), month)
        found |= {row["reason"] for row in holds}
    assert found == set(REASONS)


def test_the_same_seed_makes_the_same_practice():
    first, again = (random_practice(3, 30, "2026-03") for _ in range(2))
    assert all(first[name].equals(again[name]) for name in first)

"""The close gives what the worked cases say, and what the plain per-patient reference gives on any practice."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccmlib.close import MonthClose, close_month
from ccmlib.facts import MonthFacts
from ccmlib.month import Month
from ccmlib.rulebook import Rulebook

from .case import case_frames, expected_claims, expected_holds, load_cases
from .reference import reference_close
from .strategies import MONTHS, practices, random_practice
from .test_reference import by, said

BOOK = Rulebook.load()
CASES = load_cases()
WHO = ["practice_id", "patient_id", "program"]


def close(frames: dict[str, pd.DataFrame], month: str) -> MonthClose:
    return close_month(MonthFacts.of(Month(month), frames), BOOK.on(Month(month)))


def records(frame: pd.DataFrame) -> list[dict]:
    return frame.to_dict("records")


@pytest.mark.parametrize("case", CASES, ids=[f"{case['number']} {case['name']}" for case in CASES])
def test_worked_case(case):
    decided = close(*case_frames(case))
    wanted = by(expected_claims(case), "patient_id", "hcpcs_code")
    claims, holds, seconds = records(decided.claim_lines), records(decided.holds), records(decided.seconds)
    assert len(claims) == len(wanted), (claims, holds)
    assert said(claims, wanted) == wanted
    key = ("patient_id", "reason", "severity")
    wanted, holds = by(expected_holds(case), *key), by(holds, *key)
    assert [[row[name] for name in key] for row in holds] == [[row[name] for name in key] for row in wanted]
    assert said(holds, wanted) == wanted
    if "seconds" in case:
        assert said(seconds, case["seconds"]) == case["seconds"] and len(seconds) == len(case["seconds"])


def compare(frames: dict[str, pd.DataFrame], month: str):
    """Equal claims, holds and seconds, but for the evidence and the money that the reference does not give."""
    decided, (claims, holds, seconds) = close(frames, month), reference_close(frames, month)
    assert records(decided.claim_lines) == by(claims, *WHO, "hcpcs_code")
    key = [*WHO, "reason", "severity", "seconds"]
    assert by(records(decided.holds[key]), *key) == by([{name: row[name] for name in key} for row in holds], *key)
    assert by(records(decided.seconds), *WHO, "clock") == by(seconds, *WHO, "clock")


@given(practices())
@settings(max_examples=60, deadline=None)
def test_any_practice_closes_as_the_reference_says(practice_month):
    compare(*practice_month)


@pytest.mark.parametrize("month", MONTHS)
def test_a_larger_practice_closes_as_the_reference_says(month):
    compare(random_practice(sum(map(ord, month)), 150, month, 3), month)


@given(practices(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_changes_nothing(practice_month, random):
    frames, month = practice_month
    shuffled = {name: frame.sample(frac=1, random_state=random.randrange(2**32)) for name, frame in frames.items()}
    one, other = close(frames, month), close(shuffled, month)
    for name in ("claim_lines", "holds", "seconds"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


@given(practices())
@settings(max_examples=30, deadline=None)
def test_every_logged_second_is_claimed_or_held_for_one_reason(practice_month):
    decided = close(*practice_month)
    assert (decided.seconds.logged == decided.seconds.claimed + decided.seconds.held).all()
    held = decided.holds[decided.holds.severity == "hold"].groupby("patient_id").seconds.sum()
    claimed = decided.claim_lines.groupby("patient_id").seconds.sum()
    by_patient = decided.seconds.groupby("patient_id")[["logged", "claimed", "held"]].sum()
    assert by_patient.claimed.equals(claimed.reindex(by_patient.index, fill_value=0))
    assert by_patient.held.equals(held.reindex(by_patient.index, fill_value=0))

"""Self-audit: every claim that a defect touches, what remains of it, and nothing else."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from ccmlib.audit.defect import consent_lacks, listed
from ccmlib.audit.self_audit import look_back, months_between, self_audit
from ccmlib.close import close_month
from ccmlib.month import Month
from ccmlib.problem import Problem

from .months import month

LONG_AGO, FAR_OFF = pd.Timestamp("2020-01-01", tz="UTC"), pd.Timestamp("2030-01-01", tz="UTC")
ONE_PRACTITIONER = "single_practitioner_explained"


def three_months():
    return [month({"minutes": 22}, {"minutes": 20}, month=name) for name in ("2026-01", "2026-02", "2026-03")]


def without(**ids) -> object:
    return listed("These do not count.", pd.DataFrame({name: list(values) for name, values in ids.items()}))


def test_a_consent_without_the_one_practitioner_sentence_takes_every_claim_that_rests_on_it():
    found = self_audit(three_months(), consent_lacks(ONE_PRACTITIONER, LONG_AGO, FAR_OFF))
    assert list(found.claims.service_month) == ["2026-01", "2026-02", "2026-03"]
    assert set(found.claims.codes_before) == {"99439 x1; 99490 x1"} and set(found.claims.codes_after) == {""}
    paid = [close_month(*each).claim_lines for each in three_months()]
    assert list(found.claims.difference_allowed_cents) == [lines.allowed_cents.sum() for lines in paid]
    assert list(found.claims.difference_medicare_cents) == [lines.medicare_cents.sum() for lines in paid]
    assert found.claims.reason.str.contains("consent does not record all four").all()


def test_a_consent_outside_the_dates_or_by_somebody_else_is_left_alone():
    months = three_months()
    given = months[0][0].consents.given_at[0]  # each month's consent is given three months before it
    before = consent_lacks(ONE_PRACTITIONER, LONG_AGO, given)
    only = consent_lacks(ONE_PRACTITIONER, given, given + pd.Timedelta(seconds=1))
    other = consent_lacks(ONE_PRACTITIONER, LONG_AGO, FAR_OFF, ["rn"])
    assert self_audit(months, before).claims.empty and self_audit(months, other).claims.empty
    found = self_audit(months, only)
    assert list(found.claims.service_month) == ["2026-01"]
    assert (found.touched, found.months) == (["2026-01"], ["2026-01", "2026-02", "2026-03"])


def test_entries_that_do_not_count_may_leave_a_smaller_claim():
    found = self_audit([month({"minutes": 22}, {"minutes": 20})], without(entry_id=["e01"])).claims.iloc[0]
    lines = close_month(*month({"minutes": 22}, {"minutes": 20})).claim_lines.set_index("hcpcs_code")
    assert (found.codes_before, found.codes_after) == ("99439 x1; 99490 x1", "99490 x1")
    assert found.reason.startswith("Another time counts")
    assert found.difference_allowed_cents == lines.allowed_cents["99439"]
    assert found.before_coinsurance_cents - found.after_coinsurance_cents == lines.coinsurance_cents["99439"]


def test_time_of_a_person_who_was_not_qualified_is_gone_whole():
    found = self_audit([month({"minutes": 15}, {"minutes": 8, "staff": "ma"})], without(staff_id=["ma"])).claims.iloc[0]
    assert found.codes_after == "" and "does not reach" in found.reason
    assert self_audit([month({"minutes": 22})], without(staff_id=["rn"])).claims.reason[0] == "No time is left."


def test_time_that_a_double_booking_held_comes_free_and_is_told_as_a_gain():
    log = [{"minutes": 20, "day": 3}, {"minutes": 22, "day": 3, "patient": "p2"}]
    found = self_audit([month(*log, patients=["p2"])], without(entry_id=["e01"]))
    assert list(found.claims.patient_id) == ["p1"] and found.claims.difference_allowed_cents[0] < 0
    assert "in addition" in str(found) and "$0.00 of the allowed amount is not supported" in str(found)


def test_a_plan_or_a_visit_that_does_not_count_holds_the_claim():
    for ids in (
        {"care_plan_id": ["p1-care_plans-0"]},
        {"encounter_id": ["p1-encounters-0"]},
        {"consent_id": ["p1-consents-0"]},
    ):
        assert list(self_audit([month({"minutes": 22})], without(**ids)).claims.codes_after) == [""]


def test_what_was_closed_is_what_stands_before():
    """The close billed less than the facts now say (a late entry): the defect takes what was billed."""
    facts, rules = month({"minutes": 22}, {"minutes": 20})
    billed = close_month(*month({"minutes": 22})).claim_lines
    found = self_audit([(facts, rules)], without(consent_id=["p1-consents-0"]), {"2026-03": billed}).claims.iloc[0]
    assert (found.codes_before, found.before_allowed_cents) == ("99490 x1", billed.allowed_cents.sum())


def test_a_claim_that_differs_from_the_close_for_another_reason_is_not_blamed_on_the_defect():
    facts, rules = month({"minutes": 22}, {"minutes": 22, "patient": "p2"}, patients=["p2"])
    billed = close_month(facts, rules).claim_lines.query("patient_id == 'p1'")  # p2 was not yet known
    found = self_audit([(facts, rules)], without(consent_id=["p1-consents-0"]), {"2026-03": billed})
    assert list(found.claims.patient_id) == ["p1"]


def test_the_facts_are_left_as_they_were():
    facts, rules = month({"minutes": 22})
    before = facts.consents.copy()
    self_audit([(facts, rules)], consent_lacks(ONE_PRACTITIONER, LONG_AGO, FAR_OFF))
    pd.testing.assert_frame_equal(facts.consents, before)


def test_totals_sum_by_month_and_payer():
    totals = self_audit(three_months(), consent_lacks(ONE_PRACTITIONER, LONG_AGO, FAR_OFF)).totals.set_index(
        "service_month"
    )
    assert list(totals.claims) == [1, 1, 1, 3]
    money = totals.drop(columns="claims")
    assert (money.loc["total"] == money.drop("total").sum()).all()
    assert (
        money.difference_allowed_cents == money.difference_medicare_cents + money.difference_coinsurance_cents
    ).all()


def test_a_month_without_a_row_of_the_defect_is_not_decided_again(monkeypatch):
    monkeypatch.setattr("ccmlib.audit.self_audit.close_month", lambda *_: pytest.fail("decided"))
    found = self_audit(three_months(), without(entry_id=["nothing"]))
    assert found.claims.empty and found.touched == [] and list(found.totals.claims) == [0]


@pytest.mark.parametrize(
    ("on", "first"),
    [(dt.date(2026, 11, 24), "2020-11"), (dt.date(2028, 2, 29), "2022-02"), (dt.date(2027, 1, 1), "2021-01")],
)
def test_the_look_back_is_six_years(on, first):
    assert look_back(on) == Month(first)
    assert len(months_between(look_back(on), Month(f"{on:%Y-%m}"))) == 73


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: consent_lacks("method", LONG_AGO, FAR_OFF), "is no statement"),
        (lambda: consent_lacks(ONE_PRACTITIONER, FAR_OFF, LONG_AGO), "earlier instant first"),
        (lambda: listed("x", pd.DataFrame({"patient": ["p1"]})), "needs a column"),
    ],
)
def test_a_defect_that_cannot_be_is_refused_in_one_sentence(make, told):
    with pytest.raises(Problem, match=told):
        make()

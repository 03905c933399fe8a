"""A consent is recorded when all four things were said; a withdrawal ends billing with its calendar month."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ccmlib.access.session import Refused
from ccmlib.acts.consent import NewConsent, record_consent, record_revocation
from ccmlib.close import close_month
from ccmlib.enrollment.consents import STATEMENTS
from ccmlib.month import Month
from ccmlib.problem import Problem
from ccmlib.rulebook import Rulebook
from ccmlib.store import engine

from ..desk.clinic import CALL, NOW, NURSE, after, facts, nurse, sample_database, signed_in, table

#: 22 minutes of work and no consent; in care management; died in October.
NEVER_ASKED, ENROLLED, DEAD = "P0022", "P0003", "P0034"
CONSENT = NewConsent("S01", "verbal", dt.datetime(2026, 9, 30, 15, tzinfo=dt.UTC), NURSE, frozenset(STATEMENTS))


@pytest.fixture
def database(tmp_path):
    return sample_database(tmp_path)


def recorded(database, consent=CONSENT, patient=NEVER_ASKED, session=None):
    return record_consent(engine.open(database), session or nurse(database), patient, consent, NOW)


def revoked(database, at, patient=ENROLLED, now=NOW, session=None):
    return record_revocation(engine.open(database), session or nurse(database), patient, at, now)


def consents(database, patient=NEVER_ASKED):
    found = table(database, "consents")
    return found[found.patient_id == patient]


def close(database, month="2026-10"):
    return close_month(facts(database, month), Rulebook.load().on(Month(month)))


def billed(database, patient, month="2026-10"):
    lines = close(database, month).claim_lines
    return lines[lines.patient_id == patient].hcpcs_code.tolist()


def test_a_consent_holds_its_four_statements_its_method_and_its_practitioner(database):
    says = recorded(database)
    (row,) = consents(database).itertuples()
    assert all(getattr(row, name) for name in STATEMENTS)
    assert (row.program, row.staff_id, row.method, row.recorded_by) == ("ccm", "S01", "verbal", NURSE)
    assert row.given_at == CONSENT.given_at
    assert says == "Consent recorded: verbal, to Desmond Foxglove, 30 Sep 2026 11:00. Time counts from then on."


def test_a_recorded_consent_makes_the_patient_billable(database):
    assert billed(database, NEVER_ASKED) == []
    recorded(database)
    assert billed(database, NEVER_ASKED) == ["99490"]


@pytest.mark.parametrize("missing", STATEMENTS)
def test_a_consent_without_one_of_the_statements_is_not_recorded(database, missing):
    with pytest.raises(Problem, match="Explain first"):
        recorded(database, replace(CONSENT, explained=CONSENT.explained - {missing}))
    assert consents(database).empty


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"method": "by_smoke"}, "written or verbal"),
        ({"given_at": after(60)}, "not come yet"),
        ({"practitioner": NURSE}, "no practitioner"),
        ({"recorded_by": "S99"}, "does not work"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(database, change, says):
    with pytest.raises(Problem, match=says):
        recorded(database, replace(CONSENT, **change))
    assert consents(database).empty


def test_the_dead_give_no_consent(database):
    with pytest.raises(Problem, match="died"):
        recorded(database, replace(CONSENT, given_at=after(-60)), DEAD)


def test_a_second_consent_to_the_same_practitioner_is_not_written(database):
    recorded(database)
    with pytest.raises(Problem, match="in force since"):
        recorded(database, replace(CONSENT, given_at=after(-60)))


def test_a_new_consent_mends_an_incomplete_one(database):
    recorded(database, patient="P0018")
    assert len(consents(database, "P0018")) == 2


def test_a_withdrawal_says_when_it_takes_effect(database):
    says = revoked(database, dt.datetime(2026, 10, 12, 14, tzinfo=dt.UTC))
    assert says.startswith("Withdrawal of 12 Oct 2026 10:00 recorded; it takes effect at the end of 31 Oct 2026.")
    assert consents(database, ENROLLED).revoked_at.tolist() == [dt.datetime(2026, 10, 12, 14, tzinfo=dt.UTC)]


def test_a_withdrawal_late_on_the_last_evening_ends_that_local_month(database):
    says = revoked(database, dt.datetime(2026, 10, 1, 2, tzinfo=dt.UTC))
    assert "30 Sep 2026 22:00" in says and "end of 30 Sep 2026" in says


def test_seconds_after_a_withdrawal_do_not_count_and_later_months_are_not_billed(database):
    before = close(database).seconds.set_index("patient_id").loc[ENROLLED]
    revoked(database, dt.datetime(2026, 10, 1, 5, tzinfo=dt.UTC))
    holds = close(database).holds.set_index(["patient_id", "reason"])
    assert holds.seconds[ENROLLED, "after_revocation"] == before.logged
    assert CALL.program == "ccm" and billed(database, ENROLLED, "2026-11") == []


def test_nothing_is_withdrawn_twice_or_ahead_of_time(database):
    with pytest.raises(Problem, match="not come yet"):
        revoked(database, after(60))
    revoked(database, after(-60))
    with pytest.raises(Problem, match="No consent"):
        revoked(database, after(-30))


@pytest.mark.parametrize("role", ["practice_manager", "billing_analyst", "auditor", "administrator"])
def test_who_may_not_record_consents_writes_none(database, role):
    with pytest.raises(Refused, match="consent"):
        recorded(database, session=signed_in(database, role))
    with pytest.raises(Refused, match="consent"):
        revoked(database, after(-60), session=signed_in(database, role))


def test_nobody_records_for_another_practice(database):
    with pytest.raises(Refused, match="do not work for it"):
        recorded(database, session=signed_in(database, "care_manager", practices=("PR99",)))

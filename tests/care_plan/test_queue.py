"""Who is on the review queue, and for what: each case changes one thing of a patient whose plan is in order."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from ccmlib.care_plan.queue import KINDS, review_queue
from ccmlib.facts import MonthFacts
from ccmlib.importers.extract import extract_facts
from ccmlib.month import Month
from ccmlib.requirement import HOLD, REVIEW
from ccmlib.rulebook import Rulebook

from .sample_store import SAMPLE

NOW = dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC)  # still 24 November in New York
MONTH = Month("2026-11")
RULES = Rulebook.load().on(MONTH)
NOTE = "Blood pressure log gone through; salt again."


def rows(**changes):
    """The tables of one enrolled patient whose plan is in order; `changes` replace whole tables."""
    made = {
        "practices": [{"practice_id": "elm", "name": "Elm", "time_zone": "America/New_York", "billing_npi": "1"}],
        "staff": [{"staff_id": "dr", "practice_id": "elm", "name": "Lee", "role": "physician"},
                  {"staff_id": "rn", "practice_id": "elm", "name": "Ray", "role": "registered_nurse"}],
        "patients": [{"patient_id": "p1", "practice_id": "elm", "billing_staff_id": "dr"}],
        "conditions": [{"patient_id": "p1", "icd10_code": "I10"}],
        "consents": [{"consent_id": "c", "patient_id": "p1", "program": "ccm", "staff_id": "dr",
                      "given_at": "2026-01-05T15:00:00Z", "method": "verbal"}],
        "care_plans": [plan()],
        "care_plan_items": [{"item_id": "P-1", "care_plan_id": "P", "element": "problem_list", "text": "Diabetes"}],
        "time_entries": [entry(NOTE)],
    }  # fmt: skip
    return made | changes


def plan(**changes):
    return {
        "care_plan_id": "P", "patient_id": "p1", "version": 1, "status": "active", "approved_by": "dr",
        "approved_at": "2026-02-01T15:00:00Z", "copy_given_at": "2026-02-01T16:00:00Z",
    } | changes  # fmt: skip


def entry(note, **changes):
    return {
        "entry_id": "E", "patient_id": "p1", "staff_id": "rn", "program": "ccm", "activity": "symptom_check",
        "started_at": "2026-11-03T15:00:00Z", "ended_at": "2026-11-03T15:10:00Z", "note": note,
    } | changes  # fmt: skip


def goal(due, **changes):
    return {"item_id": f"P-{due}", "care_plan_id": "P", "element": "treatment_goals", "text": "Walk",
            "due_date": due} | changes  # fmt: skip


def found(**changes):
    frames = {name: pd.DataFrame(table) for name, table in rows(**changes).items() if table}
    queue = review_queue(MonthFacts.of(MONTH, frames), RULES, NOW)
    return [(row.kind, row.severity, row.count, f"{row.day:%Y-%m-%d}" if pd.notna(row.day) else "")
            for row in queue.findings[["kind", "severity", "count", "day"]].itertuples(index=False)]  # fmt: skip


def kinds(**changes):
    return [each[0] for each in found(**changes)]


def test_a_plan_in_order_is_not_on_the_queue():
    assert found() == []


@pytest.mark.parametrize("plans", [[], [plan(status="retired")]])
def test_no_plan_holds_the_bill(plans):
    assert ("no_plan", HOLD, 1, "") in found(care_plans=plans)


@pytest.mark.parametrize("changes", [
    {"status": "draft", "approved_at": None, "approved_by": None}, {"approved_at": None, "approved_by": None},
    {"approved_by": "rn"},
])  # fmt: skip
def test_a_plan_that_no_practitioner_approved_holds_the_bill(changes):
    assert found(care_plans=[plan(**changes)]) == [("unapproved", HOLD, 1, "")]


def test_a_new_draft_beside_an_approved_plan_is_only_to_be_looked_at():
    draft = plan(care_plan_id="Q", version=2, status="draft", approved_at=None, approved_by=None)
    assert found(care_plans=[plan(), draft]) == [("unapproved", REVIEW, 1, "")]


def test_an_older_draft_than_the_approved_plan_waits_for_nobody():
    draft = plan(care_plan_id="Q", version=1, status="draft", approved_at=None, approved_by=None)
    assert found(care_plans=[plan(version=2), draft]) == []


@pytest.mark.parametrize("approved,reviewed,due", [
    ("2025-11-24T15:00:00Z", None, False), ("2025-11-24T04:59:00Z", None, True),
    ("2024-01-01T15:00:00Z", "2025-11-24T15:00:00Z", False), ("2024-01-01T15:00:00Z", "2025-11-23T15:00:00Z", True),
])  # fmt: skip
def test_a_plan_is_due_for_review_a_year_after_it_was_last_looked_at(approved, reviewed, due):
    assert ("review_due" in kinds(care_plans=[plan(approved_at=approved, reviewed_at=reviewed)])) is due


def test_a_copy_not_given_is_told_with_the_day_of_the_approval():
    assert found(care_plans=[plan(copy_given_at=None)]) == [("copy_not_given", REVIEW, 1, "2026-02-01")]


def test_goals_past_their_date_are_counted_until_they_are_met():
    items = [*rows()["care_plan_items"], goal("2026-11-24"), goal("2026-11-23"), goal("2026-06-01"),
             goal("2026-05-01", met_at="2026-05-02T15:00:00Z")]  # fmt: skip
    assert found(care_plan_items=items) == [("goals_overdue", REVIEW, 2, "2026-06-01")]


@pytest.mark.parametrize("note,linked", [
    (NOTE, True), ("Hypertension talked over.", True), ("Diabetes questions answered.", True),
    ("Chatted about the grandchildren.", False), ("", False), (None, False),
])  # fmt: skip
def test_an_entry_names_a_condition_or_the_plan(note, linked):
    assert ("unlinked_entries" not in kinds(time_entries=[entry(note)])) is linked


def test_an_entry_whose_activity_works_on_an_element_of_the_plan_is_linked():
    items = [*rows()["care_plan_items"],
             {"item_id": "P-2", "care_plan_id": "P", "element": "symptom_management", "text": "Call"}]  # fmt: skip
    assert kinds(time_entries=[entry("All well.")], care_plan_items=items) == []
    assert kinds(time_entries=[entry("All well.", activity="community_resources")], care_plan_items=items) != []


def test_a_note_that_speaks_of_an_element_of_the_plan_is_linked():
    call = entry("The pharmacy will fill three months.", activity="care_coordination")
    medicine = {"item_id": "P-2", "care_plan_id": "P", "element": "medication_management", "text": "Lisinopril"}
    items = [*rows()["care_plan_items"], medicine]
    assert kinds(time_entries=[call]) == ["unlinked_entries"]
    assert kinds(time_entries=[call], care_plan_items=items) == []


def test_a_new_version_does_not_untie_what_was_done_under_the_one_before():
    newer = plan(care_plan_id="Q", version=2)
    assert kinds(time_entries=[entry("Diabetes.")], care_plans=[plan(status="retired"), newer], conditions=[]) == []


@pytest.mark.parametrize("changes", [{"activity": "scheduling"}, {"program": "rpm"}])
def test_only_counted_entries_of_the_program_are_asked(changes):
    assert kinds(time_entries=[entry("Nothing.", **changes)]) == []


@pytest.mark.parametrize("table,changes", [
    ("patients", {"died_at": "2026-11-01T15:00:00Z"}), ("consents", {"revoked_at": "2026-11-01T15:00:00Z"}),
    ("consents", {"given_at": "2026-12-01T15:00:00Z"}), ("consents", {"program": "rpm"}),
])  # fmt: skip
def test_only_the_living_with_a_consent_in_force_are_asked(table, changes):
    assert found(care_plans=[], **{table: [rows()[table][0] | changes]}) == []


def test_the_sample_practice_has_something_of_each_kind_but_a_missing_plan():
    queue = review_queue(extract_facts(SAMPLE, Month("2026-10")), RULES, NOW)
    assert {kind for kind in KINDS if queue.count(kind)} >= {
        "unapproved",
        "review_due",
        "copy_not_given",
        "goals_overdue",
    }

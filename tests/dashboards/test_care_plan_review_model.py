"""The care-plan page without a widget: what it lists, says, refuses and writes."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from ccmlib.close import close_month
from ccmlib.facts import MonthFacts
from ccmlib.month import Month
from ccmlib.preview import stored_facts
from ccmlib.rulebook import Rulebook
from ccmlib.store import engine, write
from dashboards.care_plan_review.model import PAGES, CarePlanReview

from .conftest import NOW

DRAFT, UNAPPROVED, OVERDUE, IN_ORDER = "P0030", "P0031", "P0055", "P0001"


@pytest.fixture
def page_of(session_of):
    """Called with a role (and practices), the model of such a user's page."""
    return lambda role="practitioner", *practices: CarePlanReview(session_of(role, *practices), lambda: NOW)


@pytest.fixture
def page(page_of):
    return page_of()


def keys(page):
    return [row.key for row in page.rows()]


def yes(page, name):
    """Ask and answer with the button that does it."""
    return page.ask(name).act()


def test_it_begins_with_the_most_urgent_patient_and_the_newest_month(page):
    assert page.month == "2026-10" and page.patient == keys(page)[0] == DRAFT and page.message == ""


def test_the_counts_of_the_filters_are_the_rows_behind_them(page):
    for name, words in page.filters():
        page.shown = name
        assert words.endswith(f" {len(page.rows())}"), name


def test_holds_come_first(page):
    page.shown = "open"
    assert keys(page)[:3] == [DRAFT, UNAPPROVED, "P0074"]


def test_a_patient_is_found_by_name_or_number_whatever_is_listed(page):
    page.query = "orchard gloria"
    assert keys(page) == [DRAFT]
    page.query = "nobody <b>"
    assert keys(page) == [] and "nobody <b>" in page.empty_words()


@pytest.mark.parametrize("name", PAGES)
def test_every_part_of_every_plan_can_be_shown(page, name):
    page.page = name
    for patient in ("P0001", DRAFT, UNAPPROVED, OVERDUE, "P0100"):
        page.choose(patient)
        assert page.plan.patient_id == patient and page.body()


def test_what_a_plan_lacks_is_said_in_words(page):
    page.choose(DRAFT)
    assert "6 of 12 elements" in page.body() and "The home was not looked at." in page.body()


def test_a_goal_shows_its_measures_and_that_it_is_reached(page):
    page.choose(OVERDUE)
    page.page = "goals"
    assert "reached, not recorded" in page.body() and "119 mmHg on 23 Aug 2026, in the target" in page.body()


def test_a_patient_of_nobodys_list_is_refused(page):
    page.choose("P9999")
    assert "not one of the practice" in page.message and page.plan is None and page.body() == ""


def test_who_works_for_another_practice_sees_no_patient(page_of):
    page = page_of("practitioner", "PR99")
    assert "no practice you work for" in page.message
    assert page.rows() == [] and page.tiles() == [] and page.buttons() == {}


def test_another_practice_named_from_the_browser_is_refused(page_of):
    page = page_of("practitioner", "PR01")
    page.practice = "PR99"
    assert "do not work for it" in page.message and page.rows() == [] and page.plan is None


@pytest.mark.parametrize("role,words", [
    ("practitioner", {"edit", "approve"}), ("care_manager", {"edit"}), ("practice_manager", set()), ("auditor", set()),
])  # fmt: skip
def test_buttons_are_those_of_the_role(page_of, role, words):
    page = page_of(role)
    page.choose(DRAFT)
    assert set(page.buttons()) == words
    assert ("Who may approve a care plan: practitioner." in page.head()) is (role != "practitioner")


@pytest.mark.parametrize("role", ["practice_manager", "auditor"])
@pytest.mark.parametrize("name", ["approve", "save", "review", "copy", "goal"])
def test_an_act_that_is_called_without_its_button_is_refused(page_of, role, name):
    page = page_of(role)
    assert page.ask(name) is None and "you may not" in page.message


def test_an_approval_states_what_it_writes_writes_it_and_says_so(page):
    page.choose(UNAPPROVED)
    question = page.ask("approve")
    assert "approved by Desmond Foxglove, MD on 3 Nov 2026" in question.statement
    assert (
        "close of November 2026 and later" in question.statement and "The home was not looked at." in question.statement
    )
    assert page.practice_read.queue.count("unapproved") == 3, "asking writes nothing"
    assert question.act() and page.practice_read.queue.count("unapproved") == 2
    assert page.message.startswith("Version 1 approved by Desmond Foxglove on 3 Nov 2026 10:00.")
    page.page = "history"
    assert "by demo.practitioner" in page.body()


def holds(url, month):
    facts = stored_facts(url, Month(month))
    found = close_month(facts, Rulebook.load().on(Month(month))).holds
    return set(found.reason[(found.patient_id == UNAPPROVED)])


def test_the_next_close_counts_the_approved_plan(page, sample_url):
    log_time(sample_url)
    assert "care_plan_unapproved" in holds(sample_url, "2026-11")
    page.choose(UNAPPROVED)
    yes(page, "approve")
    assert "care_plan_unapproved" not in holds(sample_url, "2026-11")
    assert "care_plan_unapproved" in holds(sample_url, "2026-10"), "October ended before the approval"


def log_time(url):
    row = {"entry_id": "N1", "patient_id": UNAPPROVED, "staff_id": "S03", "program": "ccm", "activity": "symptom_check",
           "started_at": NOW - dt.timedelta(hours=20), "ended_at": NOW - dt.timedelta(hours=19)}  # fmt: skip
    facts = MonthFacts.of(Month("2026-11"), {"time_entries": pd.DataFrame([row])}).time_entries
    store = engine.open(url)
    with engine.writing(store) as connection:
        write.append(connection, "time_entries", facts, int(NOW.timestamp()) - 10, "test")
    store.dispose()


def change_an_item(page, text="Goal: below 125/80 at home"):
    page.edit()
    page.draft.chosen = "03"
    page.draft.text = text
    page.change(page.draft.apply)


def test_a_draft_is_kept_on_the_page_until_it_is_saved(page):
    page.choose(IN_ORDER)
    change_an_item(page)
    assert page.draft.change_words() == "1 changed" and page.buttons() == {}
    page.discard()
    assert page.versions == [("Version 1, active", f"CP-{IN_ORDER}-1")] and not page.draft.open


def test_a_saved_draft_waits_beside_the_active_version_and_is_compared_with_it(page):
    page.choose(IN_ORDER)
    change_an_item(page)
    assert "Version 1 counts until a practitioner approves this one." in page.ask("save").statement
    yes(page, "save")
    assert [words for words, _ in page.versions] == ["Version 1, active", "Version 2, draft"]
    page.page = "changes"
    assert "<del>" in page.body() and "added: </span>125/80 at home" in page.body()
    yes(page, "approve")
    assert [words for words, _ in page.versions] == ["Version 1, retired", "Version 2, active"]


def test_an_item_is_added_changed_and_removed(page):
    page.choose(IN_ORDER)
    change_an_item(page)
    page.draft.element, page.draft.text = "community_services", "Meals on wheels"
    page.change(page.draft.apply)
    page.draft.chosen = "05"
    page.change(page.draft.remove)
    assert page.draft.changes == {"added": 1, "changed": 1, "removed": 1}


@pytest.mark.parametrize("act,sentence", [("apply", "says nothing"), ("remove", "Choose the item")])
def test_an_empty_item_is_refused_in_words(page, act, sentence):
    page.edit()
    page.change(getattr(page.draft, act))
    assert sentence in page.message and not page.draft.dirty


def test_a_changed_draft_is_not_left_by_choosing_another_patient(page):
    page.choose(IN_ORDER)
    change_an_item(page)
    page.choose(DRAFT)
    assert page.patient == IN_ORDER and "save or discard it first" in page.message and page.draft.dirty


def test_a_plan_changed_by_somebody_else_meanwhile_is_not_overwritten(page_of):
    mine, other = page_of(), page_of("care_manager")
    for page, text in ((mine, "one"), (other, "other")):
        page.choose(IN_ORDER)
        change_an_item(page, text)
    question = mine.ask("save")
    yes(other, "save")
    assert not question.act()
    assert "written meanwhile" in mine.message and mine.draft.dirty, "what was typed is still there"


def test_a_review_a_copy_and_a_met_goal_take_the_patient_off_the_queue(page):
    page.choose(OVERDUE)
    assert {row.kind for row in page.plan.findings} == {"copy_not_given", "goals_overdue"}
    page.page = "goals"
    for name in ("review", "copy", "goal"):
        assert yes(page, name), page.message
    assert page.plan.findings == [] and set(page.buttons()) == {"edit", "review"}
    assert "in order" in page.head()


def test_text_of_the_data_is_escaped(page):
    page.choose(IN_ORDER)
    change_an_item(page, "<script>alert(1)</script>")
    yes(page, "save")
    for name in PAGES:
        page.page = name
        assert "<script>" not in page.body()
    assert "&lt;script&gt;" in page.ask("approve").statement or "<script>" not in page.ask("approve").statement


def test_a_failure_is_told_in_one_sentence_and_clears_the_page(page):
    page.store.dispose()
    page.month = "not a month"
    assert "is not a month" in page.message and page.rows() == [] and page.tiles() == []

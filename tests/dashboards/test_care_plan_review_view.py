"""The care-plan page's widgets, clicked without a kernel or a browser."""

from __future__ import annotations

import pytest

from dashboards.care_plan_review.model import CarePlanReview
from dashboards.care_plan_review.view import View

from .conftest import NOW


@pytest.fixture
def view_of(session_of):
    """Called with a role, such a user's page."""

    def made(role="practitioner"):
        view = View(CarePlanReview(session_of(role), lambda: NOW))
        view.whole()
        return view

    return made


@pytest.fixture
def view(view_of):
    return view_of()


def offered(view):
    return [button.description for button in view.buttons.values() if button.layout.display != "none"]


def test_a_click_on_a_row_shows_the_plan(view):
    view.table.selected = "P0055"
    assert "P0055" in view.title.value and "copy not given" in view.head.value and "Problem list" in view.body.value


def test_a_click_on_a_filter_changes_the_list(view):
    view.filters.selected = "copy_not_given"
    assert view.table.html.count("data-key") == 4


def test_a_made_up_row_is_refused(view):
    view.table.selected = "P9999"
    assert view.table.selected == "" and "not one of the practice" in view.message.text


def test_approving_asks_once_and_writes_only_after_yes(view):
    view.table.selected = "P0031"
    view.buttons["approve"].click()
    assert view.confirm.asking and "becomes the active plan" in view.confirm.statement.value
    view.confirm.no.click()
    assert not view.confirm.asking and "Approve version 1…" in offered(view)
    view.buttons["approve"].click()
    view.confirm.yes.click()
    assert view.message.text.startswith("Version 1 approved") and view.message.tone == "done"
    assert offered(view) == ["Edit…", "Record review…", "Record copy given…"]


def test_another_signer_takes_the_question_back(view):
    view.table.selected = "P0031"
    view.buttons["approve"].click()
    view.signer.value = "S02"
    assert not view.confirm.asking
    view.buttons["approve"].click()
    assert "Walter Eastlake, NP" in view.confirm.statement.value


def test_a_draft_is_edited_and_saved_through_the_widgets(view):
    view.table.selected = "P0001"
    view.buttons["edit"].click()
    editor = view.editor
    assert editor.whole.layout.display is None and view.plan.layout.display == "none"
    editor.table.selected = "03"
    assert editor.apply.description == "Change item" and "130/80" in editor.text.value
    editor.text.value = "Goal: below 125/80"
    editor.apply.click()
    editor.element.value, editor.text.value = "community_services", "Meals on wheels"
    editor.apply.click()
    assert "1 added and 1 changed" in editor.about.value and "Meals on wheels" in editor.table.html
    editor.save.click()
    view.confirm.yes.click()
    assert view.message.text.startswith("Version 2 saved as a draft") and editor.whole.layout.display == "none"
    view.pages.selected = "changes"
    assert "125/80" in view.body.value and view.compared.layout.display is None


def test_leaving_a_changed_draft_puts_the_selection_back(view):
    view.table.selected = "P0001"
    view.buttons["edit"].click()
    view.editor.text.value = "Meals on wheels"
    view.editor.apply.click()
    view.table.selected = "P0055"
    assert view.table.selected == "P0001" and "save or discard it first" in view.message.text


def test_an_auditor_may_only_look(view_of):
    view = view_of("auditor")
    view.table.selected = "P0031"
    assert offered(view) == []
    for button in (*view.buttons.values(), view.editor.save):
        button.click()
    assert not view.confirm.asking and "you may not" in view.message.text


def test_a_goal_is_recorded_on_the_page_of_goals(view):
    view.table.selected = "P0055"
    assert "Record goal met…" not in offered(view)
    view.pages.selected = "goals"
    view.buttons["goal"].click()
    view.confirm.yes.click()
    assert view.message.text.startswith("Goal “Goal for hypertension")

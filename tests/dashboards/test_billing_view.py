"""The billing page's widgets, set and clicked without a kernel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccmlib.closed_month import closes_of
from dashboards.billing.model import Billing
from dashboards.billing.view import View, page

from .conftest import NOW


@pytest.fixture
def view(session_of):
    """Called with a role, the page."""
    return lambda role="practice_manager", *practices: View(Billing(session_of(role, *practices), lambda: NOW))


def test_rows_tiles_and_panel_are_there_at_once(view):
    shown = view()
    assert shown.table.html.count("data-key") > 5 and "Ready to bill" in shown.tiles.value
    assert shown.model.patient in shown.title.value and "<svg" in shown.panel.value


def test_selecting_a_row_shows_why(view):
    shown = view()
    shown.table.selected = "P0003"
    assert "P0003" in shown.title.value and "1 min 40 s short" in shown.panel.value


def test_pressing_a_list_shows_it(view):
    shown = view()
    shown.tabs.selected = "near"
    assert "Short by" in shown.table.html and "Near the next threshold" in shown.heading.value
    shown.tabs.selected = "no such list"
    assert shown.model.listed == "held" and "Kept back" in shown.table.html


def test_typing_a_name_finds_the_patient(view):
    shown = view()
    shown.query.value = "kingfisher"
    assert "P0003" in shown.table.html and shown.tabs.selected == "found"
    assert shown.tabs.options[0][1].startswith("Found ")
    shown.query.value = ""
    assert shown.tabs.selected == "held" and len(shown.tabs.options) == 5


def test_picking_another_month_shows_it(view):
    shown = view()
    october = shown.table.html
    shown.month.value = "2026-09"
    assert shown.table.html != october and shown.close.description == "Close September…"


def test_closing_asks_once_and_then_says_what_was_written(view):
    shown = view()
    shown.close.click()
    assert shown.confirm.asking and "claim lines" in shown.confirm.statement.value
    assert not closes_of(shown.model.reading.store)
    shown.confirm.yes.click()
    assert shown.message.text.startswith("Closed October 2026") and len(closes_of(shown.model.reading.store)) == 1
    assert shown.close.description == "Amend October…" and "(closed)" in shown.month.options[1][0]
    shown.confirm.yes.click()
    assert len(closes_of(shown.model.reading.store)) == 1


def test_another_month_takes_the_question_back(view):
    shown = view()
    shown.close.click()
    shown.month.value = "2026-09"
    shown.confirm.yes.click()
    assert not closes_of(shown.model.reading.store)


def test_an_auditor_has_no_close_button_and_a_click_on_it_writes_nothing(view):
    shown = view("auditor")
    assert shown.close not in shown.whole()[0].children[-1].children
    shown.close.click()
    assert not shown.confirm.asking and "As auditor you may not" in shown.message.text
    shown.confirm.yes.click()
    assert not closes_of(shown.model.reading.store)


def test_no_practice_of_ones_own_is_a_sentence_and_an_empty_page(view):
    shown = view("billing_analyst", "PR99")
    assert "None of your practices" in shown.message.text
    assert "data-key" not in shown.table.html and 'class="tile"' not in shown.tiles.value


def test_the_notebook_is_two_lines():
    folder = Path(__file__).parents[2] / "dashboards"
    (cell,) = json.loads((folder / "billing.ipynb").read_text("utf-8"))["cells"]
    assert cell["outputs"] == [] and len("".join(cell["source"]).splitlines()) == 2


def test_nobody_signed_in_is_a_sentence(monkeypatch):
    shown = []
    monkeypatch.delenv("CCM_USER", raising=False)
    monkeypatch.setattr("dashboards.ui.page.display", shown.append)
    page()
    assert "Nobody is signed in here" in shown[0].children[1].value

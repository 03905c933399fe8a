"""The shared widgets: text is escaped, tables stay tables, a question is asked once, a failure is a sentence."""

from __future__ import annotations

import re

import ipywidgets as widgets
import pytest
import traitlets

from ccmlib.problem import Problem
from dashboards.ui import fields
from dashboards.ui.confirm import Confirm
from dashboards.ui.download import Download, File, link
from dashboards.ui.links import ChoiceLink
from dashboards.ui.message import Message
from dashboards.ui.page import open_page
from dashboards.ui.said import BROKEN, PROBLEM, Speaking
from dashboards.ui.table import ROWS, Column, Row, Rows, Table
from dashboards.ui.tiles import Tile, tiles_html


def table(count: int) -> Table:
    made = Table("Patients", [Column("Patient"), Column("Money", "n")])
    made.show(Rows([f"P{number}" for number in range(count)], lambda key: Row(key, [key, "$1.00"], "small")))
    return made


def test_a_table_is_a_table_with_a_button_in_each_row():
    html = table(2).html
    assert re.findall(r'<th class="n" scope="col">Money</th>', html)
    assert re.findall(r'<tr data-key="P1"><td><button class="link pick" type="button">P1</button>', html)
    assert 'aria-label="Patients"' in html


def test_text_from_data_is_escaped_everywhere():
    made = Table("a<b", [Column("Patient")])
    made.show([Row('"><script>', ["<script>alert(1)</script>"], "<i>small</i>")])
    shown = made.html + tiles_html([Tile("<b>", "<i>", "<u>", "<s>")]) + link("<b>", File('"><b>', b""))
    assert not re.findall(r"<(script|i|u|s|b)>", shown)


def test_a_long_table_shows_its_first_rows_and_then_more():
    made = table(ROWS + 30)
    assert made.html.count("data-key") == ROWS and "Show 30 more of 30" in made.html
    made.shown = 2 * ROWS
    assert made.html.count("data-key") == ROWS + 30 and "data-more" not in made.html


def test_rows_that_are_not_shown_are_not_made():
    made = []
    Table("x", [Column("Patient")]).show(Rows(range(1000), lambda key: made.append(key) or Row(str(key), ["x"])))
    assert len(made) == ROWS


def test_an_empty_table_says_so_in_words():
    made = Table("x", [Column("Patient")], "Nobody is held.")
    assert "Nobody is held." in made.html and "<table" not in made.html


def test_a_question_is_answered_once():
    asked, done = Confirm(), []
    asked.ask("Closing writes 2 claim lines <of> 1 patient.", "Close", lambda: done.append(1))
    assert asked.asking and asked.layout.display is None
    assert "&lt;of&gt;" in asked.statement.value and asked.yes.description == "Close"
    asked.yes.click()
    asked.yes.click()
    assert done == [1] and asked.layout.display == "none"


def test_cancel_does_nothing():
    asked, done = Confirm(), []
    asked.ask("?", "Yes", lambda: done.append(1))
    asked.no.click()
    asked.yes.click()
    assert done == []


def test_a_problem_is_told_as_its_sentence_and_the_stale_part_is_cleared():
    model, cleared = Speaking(), []
    bar = Message.of(model)
    with model.told(lambda: cleared.append(1)):
        raise Problem("No rates for 2031 are known.")
    assert (bar.text, bar.tone, cleared) == ("No rates for 2031 are known.", PROBLEM, [1])


def test_any_other_error_is_told_in_general_words(caplog):
    model = Speaking()
    with model.told():
        raise KeyError("secret of the inside")
    assert model.message == BROKEN and "secret" not in model.message
    assert "secret" in caplog.text


def test_the_first_option_is_not_chosen_for_the_user():
    class Model(traitlets.HasTraits):
        options = traitlets.List([("One", "1"), ("Two", "2")])
        value = traitlets.Unicode("2")

    model, field = Model(), fields.choice("Number")
    ChoiceLink(model, "options", "value", field)
    assert field.value == "2"
    chosen = []
    model.observe(lambda change: chosen.append(change["new"]), "value")
    model.options = [("Three", "3"), ("Two", "2")]
    assert (model.value, field.value) == ("2", "2")
    assert chosen == []
    field.value = "3"
    assert model.value == "3"
    model.options = []
    assert (model.value, field.value) == ("3", None)


@pytest.mark.parametrize("made", [fields.choice("Month"), fields.text("Note"), fields.area("Note"), fields.day("Day")])
def test_every_field_has_a_label(made: widgets.DOMWidget):
    assert made.description and "ccm-field" in made._dom_classes


def test_a_download_is_made_when_it_is_asked_for():
    calls = []
    download = Download("Claims CSV", lambda: calls.append(1) or File("a.csv", b"x,y\n"))
    assert calls == []
    assert download.click().url == "data:text/csv;base64,eCx5Cg=="
    assert calls == [1]


def test_a_download_that_is_refused_sends_nothing():
    assert Download("Claims CSV", lambda: None).click() is None


def test_a_page_that_cannot_be_opened_says_why(capsys):
    shown = []

    def build() -> list[widgets.Widget]:
        raise Problem("Nobody is signed in here.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboards.ui.page.display", shown.append)
        open_page(build)
    assert "Nobody is signed in here." in shown[0].children[1].value

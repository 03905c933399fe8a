"""The care-plan page's widgets, and the one place where they are tied to the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import ipywidgets as widgets
import traitlets

from ccmlib.access.session import current

from ..ui import fields
from ..ui.confirm import Confirm
from ..ui.links import ChoiceLink
from ..ui.message import Message
from ..ui.page import acts, bar, box, heading, kinded, open_page, panel, split
from ..ui.table import Table
from ..ui.tabs import Tabs
from ..ui.tiles import Tiles
from .editor import Editor
from .model import PAGES, CarePlanReview
from .worklist import COLUMNS

STYLE = Path(__file__).with_name("style.css")
BUTTONS = ("edit", "approve", "review", "copy", "goal")


class View:
    """Widgets that show a ``CarePlanReview`` and change its traits. What may be done is decided there."""

    def __init__(self, model: CarePlanReview):
        self.model = model
        self.practice, self.month = fields.choice("Practice"), fields.choice("Contacts of")
        self.query = fields.text("Find a patient", "name or record number")
        self.again = fields.button("Read again", model.read_again, hint="Read what was written meanwhile")
        self.message, self.tiles, self.confirm = Message.of(model), Tiles(), Confirm()
        self.filters, self.table = Tabs(label="What is open"), Table("Patients", COLUMNS)
        self.title, self.head, self.body = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.version, self.compared = fields.choice("Version"), fields.choice("Compared with")
        self.signer, self.goal = fields.choice("Approve as"), fields.choice("Goal")
        self.pages = Tabs(label="Parts of the plan")
        self.buttons = {name: fields.button("", partial(self._act, name)) for name in BUTTONS}
        self.buttons["approve"].button_style = "primary"
        self.editor, self.plan = Editor(model, self._ask), self._plan()
        self._tie()

    def whole(self) -> list[widgets.Widget]:
        """The page from top to bottom."""
        style = kinded(widgets.HTML(f"<style>{STYLE.read_text('utf-8')}</style>"), "ccm-style")
        work = box("ccm-card", widgets.HTML(heading("Care plans", "the most urgent first")), self.filters, self.table)
        return [
            style, bar(self.practice, self.month, self.query, acts(self.again)), self.message, self.tiles,
            split(work, panel(self.title, box("ccm-ask", self.confirm), self.plan, self.editor.whole)),
        ]  # fmt: skip

    def _plan(self) -> widgets.Box:
        choices = bar(self.version, self.compared, self.goal, self.signer)
        top = box("ccm-part", self.head, choices, acts(*self.buttons.values()))
        return box("ccm-plan", top, self.pages, box("ccm-part", self.body))

    def _tie(self) -> None:
        model = self.model
        ChoiceLink(model, "practices", "practice", self.practice)
        ChoiceLink(model, "months", "month", self.month)
        ChoiceLink(model, "versions", "version", self.version)
        ChoiceLink(model, "versions", "compared", self.compared)
        ChoiceLink(model, "signers", "signer", self.signer)
        ChoiceLink(model, "open_goals", "goal", self.goal)
        traitlets.link((model, "query"), (self.query, "value"))
        traitlets.link((model, "shown"), (self.filters, "selected"))
        traitlets.link((model, "page"), (self.pages, "selected"))
        self.pages.show(list(PAGES.items()))
        self.table.observe(lambda change: self._choose(change["new"]), "selected")
        model.observe(lambda _: self._practice(), "practice_read")
        model.observe(lambda _: self._list(), ["shown", "query"])
        model.observe(lambda _: self._patient(), ["plan", "version", "compared", "page", "signer", "goal"])
        model.draft.observe(lambda _: self._patient(), "open")
        self._practice()

    def _practice(self) -> None:
        self.tiles.show(self.model.tiles())
        self._list()
        self._patient()

    def _list(self) -> None:
        self.filters.show(self.model.filters())
        self.table.show(self.model.rows(), empty=self.model.empty_words())

    def _patient(self) -> None:
        model = self.model
        self.confirm.close_question()
        self.table.selected = model.patient
        self.title.value, self.head.value, self.body.value = heading(model.title()), model.head(), model.body()
        words = model.buttons()
        for name, button in self.buttons.items():
            button.description = button.tooltip = words.get(name, "")
            _show(button, name in words)
        _show(self.plan, not model.draft.open)
        _show(self.pages, model.plan is not None)
        _show(self.signer, "approve" in words)
        _show(self.goal, "goal" in words)
        _show(self.version, len(model.versions) > 1)
        _show(self.compared, len(model.versions) > 1 and model.page == "changes")

    def _choose(self, patient_id: str) -> None:
        self.model.choose(patient_id)
        self.table.selected = self.model.patient

    def _act(self, name: str) -> None:
        if name == "edit":
            self.model.edit()
        else:
            self._ask(name)

    def _ask(self, name: str) -> None:
        question = self.model.ask(name)
        if question is not None:
            self.confirm.ask(question.statement, question.yes, question.act)


def _show(widget: widgets.DOMWidget, shown: bool) -> None:
    widget.layout.display = None if shown else "none"


def page(now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)) -> None:
    """Show the page of the signed-in user."""
    open_page(lambda: View(CarePlanReview(current(), now)).whole())

"""The enrollment page's widgets, and the one place where they are tied to the model."""

from __future__ import annotations

import datetime as dt

import ipywidgets as widgets
import traitlets

from ccmlib.access.session import current
from ccmlib.enrollment.consents import STATEMENTS
from ccmlib.reports.markup import element

from ..care_desk.view import STYLE
from ..ui import fields
from ..ui.confirm import Confirm
from ..ui.download import Download
from ..ui.links import ChoiceLink
from ..ui.message import Message
from ..ui.page import acts, bar, box, card, column, heading, kinded, show
from ..ui.table import Table
from ..ui.tabs import Tabs
from ..ui.tiles import Tiles
from .form import METHOD_CHOICES
from .lists import COLUMNS, EMPTY
from .model import Enrollment
from .printing import Print


class View:
    """Widgets that show an ``Enrollment`` and change its traits. What may be done is decided there."""

    def __init__(self, model: Enrollment):
        self.model, self.form = model, model.form
        self.practice, self.query = fields.choice("Practice"), fields.text("Find a patient", "name or record number")
        self.message, self.confirm = Message.of(model), Confirm()
        self.again = fields.button("Read again", model.read_again, hint="Read what was written meanwhile")
        self.tiles, self.tabs = Tiles(), Tabs(label="Lists of patients")
        self.table = Table("Patients", COLUMNS, empty=EMPTY)
        self.title, self.panel = widgets.HTML(), widgets.HTML()
        self._make_consent()
        self._make_withdrawal()
        self._tie()

    def whole(self) -> list[widgets.Widget]:
        """The page from top to bottom."""
        style = kinded(widgets.HTML(f"<style>{STYLE.read_text('utf-8')}</style>"), "ccm-style")
        work = kinded(card("Screened today", self.tabs, self.table), "desk-scroll")
        about = box("ccm-card", self.title, self.panel)
        self.doing = column(self.confirm, self.letters, self.consent, self.withdrawal)
        self._patient()
        return [
            style, bar(self.practice, self.query, acts(self.again)), self.message, self.tiles, work,
            box("desk-split", about, self.doing),
        ]  # fmt: skip

    def _make_consent(self) -> None:
        self.practitioner, self.method = fields.choice("Given to"), fields.choice("How", METHOD_CHOICES)
        self.day, self.time = fields.day("Given on"), fields.text("Given at", "14:05")
        self.recorded_by = fields.choice("Recorded by")
        self.ticks = {name: fields.tick(says) for name, says in STATEMENTS.items()}
        self.record = fields.button("Record consent…", self._ask_consent, primary=True)
        chosen = box("desk-fields", self.practitioner, self.method, self.day, self.time, self.recorded_by)
        told = widgets.HTML(element("p", "Explained to the patient, before the yes:"))
        body = box("desk-body", told, box("desk-ticks", *self.ticks.values()), chosen, bar(self.record))
        self.consent = card("Record a consent", body, about="all four statements, then the yes")
        self.print = Print("Print letter", self.model.letter)
        self.file = Download("Save letter", self.model.letter_file)
        lines = widgets.HTML(element("p", "Plain words, large type, with the expected cost and a place to sign."))
        self.letters = card("Consent letter", box("desk-body", lines, bar(self.print, self.file)))

    def _make_withdrawal(self) -> None:
        self.end_day, self.end_time = fields.day("Withdrawn on"), fields.text("Withdrawn at", "14:05")
        self.effect = widgets.HTML()
        self.revoke = fields.button("Record withdrawal…", self._ask_withdrawal)
        body = box("desk-body", bar(self.end_day, self.end_time, self.revoke), self.effect)
        self.withdrawal = card("Record a withdrawal", body, about="every consent in force ends")

    def _tie(self) -> None:
        model, form = self.model, self.form
        ChoiceLink(model, "practices", "practice", self.practice)
        ChoiceLink(form, "practitioner_choices", "practitioner", self.practitioner)
        ChoiceLink(form, "signer_choices", "recorded_by", self.recorded_by)
        traitlets.link((model, "query"), (self.query, "value"))
        traitlets.link((model, "listed"), (self.tabs, "selected"))
        traitlets.link((model, "patient"), (self.table, "selected"))
        plain = {"method": self.method, "day": self.day, "time": self.time, "end_day": self.end_day,
                 "end_time": self.end_time, **self.ticks}  # fmt: skip
        for name, widget in plain.items():
            traitlets.link((form, name), (widget, "value"))
        model.observe(lambda _: self._day(), "now_known")
        model.observe(lambda _: self._list(), ["query", "listed"])
        model.observe(lambda _: self._patient(), "patient")
        form.observe(lambda _: self._effect(), ["end_day", "end_time"])
        # What was stated must be what is written.
        form.observe(lambda _: self.confirm.close_question())
        self._day()

    def _day(self) -> None:
        self.tiles.show(self.model.tiles())
        self._list()
        self._patient()

    def _list(self) -> None:
        self.tabs.show(self.model.tabs())
        stale = "Nothing can be shown; the message above says why."
        self.table.show(self.model.rows(), empty=EMPTY if self.model.now_known else stale)

    def _patient(self) -> None:
        self.confirm.close_question()
        title, body = self.model.about()
        self.title.value, self.panel.value = heading(title), body
        may = self.model.may
        for name, part in (("letter", self.letters), ("consent", self.consent), ("revoke", self.withdrawal)):
            part.layout.display = None if may[name] else "none"
        self._effect()

    def _effect(self) -> None:
        self.effect.value = element("p", self.model.effect(), "muted")

    def _ask_consent(self) -> None:
        statement = self.model.consent_statement()
        if statement is not None:
            self.confirm.ask(statement, "Record consent", self.model.record_consent)

    def _ask_withdrawal(self) -> None:
        statement = self.model.withdrawal_statement()
        if statement is not None:
            self.confirm.ask(statement, "Record withdrawal", self.model.record_withdrawal)


def page() -> None:
    """Show the page of the signed-in user."""
    show(*View(Enrollment(current(), lambda: dt.datetime.now(dt.UTC))).whole())

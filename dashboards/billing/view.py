"""The billing page's widgets, and the one place where they are tied to the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import ipywidgets as widgets
import traitlets

from ccmlib.access.session import current

from ..ui import fields
from ..ui.confirm import Confirm
from ..ui.download import Download
from ..ui.links import ChoiceLink
from ..ui.message import Message
from ..ui.page import acts, bar, box, heading, html, open_page, panel, scroll, split
from ..ui.table import Table
from ..ui.tabs import Tabs
from ..ui.tiles import Tiles
from .model import Billing

FILE_WORDS = {"claims": "Claims CSV", "holds": "Holds CSV", "workbook": "All XLSX"}


class View:
    """Widgets that show a ``Billing`` and change its traits. What may be done is decided there."""

    def __init__(self, model: Billing):
        self.model = model
        self.month, self.practice = fields.choice("Month"), fields.choice("Practice")
        self.query = fields.text("Find a patient", "name or record number")
        self.message, self.confirm = Message.of(model), Confirm()
        self.downloads = [Download(words, lambda name=name: model.file(name)) for name, words in FILE_WORDS.items()]
        self.again = fields.button("Read again", model.read_again, hint="Read what was written meanwhile")
        self.close = fields.button("Close…", self._ask, primary=True)
        self.tiles, self.known = Tiles(), html()
        self.tabs = Tabs(label="Lists of patients")
        self.table = Table("Patients", empty="Nothing can be shown; the message above says why.")
        self.heading, self.title, self.panel = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._drawn: tuple | None = None
        self._tie()

    def whole(self) -> list[widgets.Widget]:
        """The page from top to bottom."""
        model = self.model
        buttons = [*(self.downloads if model.may_download else []), *([self.close] if model.may_close else [])]
        work = box("ccm-card", self.heading, self.tabs, self.table)
        return [
            bar(self.month, self.practice, self.query, acts(*buttons)), self.message, self.confirm, self.tiles,
            split(work, panel(self.title, self.panel)), bar(self.known, self.again),
        ]  # fmt: skip

    def _tie(self) -> None:
        model = self.model
        ChoiceLink(model, "months", "month", self.month)
        ChoiceLink(model, "practices", "practice", self.practice)
        traitlets.link((model, "query"), (self.query, "value"))
        traitlets.link((model, "listed"), (self.tabs, "selected"))
        traitlets.link((model, "patient"), (self.table, "selected"))
        model.observe(lambda _: self._month(), "decided")
        model.observe(lambda _: self._list(), ["query", "listed"])
        model.observe(lambda _: self._why(), "patient")
        self._month()

    def _month(self) -> None:
        self.confirm.close_question()
        self.tiles.show(self.model.tiles())
        self.known.value = html(self.model.known(), "muted").value
        self.close.description = self.model.close_words()
        self._list()
        self._why()

    def _list(self) -> None:
        asked = (self.model.decided, self.model.listed, self.model.query)
        if asked == self._drawn:  # one change of the user may move two traits
            return
        self._drawn = asked
        self.tabs.show(self.model.tabs())
        listing = self.model.listing()
        self.heading.value = heading(listing.label if listing else "Patients of the month")
        if listing is None:
            self.table.show([], empty="Nothing can be shown; the message above says why.")
        else:
            self.table.show(listing.rows, listing.totals, listing.columns, listing.label, listing.empty)

    def _why(self) -> None:
        title, body = self.model.why()
        self.title.value, self.panel.value = heading(title), scroll(body, title)

    def _ask(self) -> None:
        statement = self.model.close_statement()
        if statement is not None:
            self.confirm.ask(statement, self.model.close_words().rstrip("…"), self.model.close_month)


def page(now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)) -> None:
    """The page of the signed-in user."""
    open_page(lambda: View(Billing(current(), now)).whole())

"""The care desk's widgets, and the one place where they are tied to the model."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import ipywidgets as widgets
import traitlets

from ccmlib.access.session import current

from ..ui import fields
from ..ui.confirm import Confirm
from ..ui.links import ChoiceLink
from ..ui.message import Message
from ..ui.page import acts, bar, box, card, column, heading, kinded, show
from ..ui.table import Table
from ..ui.tabs import Tabs
from ..ui.tiles import Tiles
from .lists import COLUMNS, EMPTY
from .model import CareDesk
from .view_tasks import TaskView
from .view_work import WorkView

STYLE = Path(__file__).with_name("style.css")


class View:
    """Widgets that show a ``CareDesk`` and change its traits. What may be done is decided there."""

    def __init__(self, model: CareDesk):
        self.model = model
        self.practice, self.query = fields.choice("Practice"), fields.text("Find a patient", "name or record number")
        self.message, self.confirm = Message.of(model), Confirm()
        self.again = fields.button("Read again", model.read_again, hint="Read what was written meanwhile")
        self.tiles, self.tabs = Tiles(), Tabs(label="Worklists")
        self.table = Table("Worklist", COLUMNS, empty=EMPTY)
        self.title, self.page = widgets.HTML(), widgets.HTML()
        self.work, self.tasks = WorkView(model, self.confirm), TaskView(model, self.confirm)
        self._tie()

    def whole(self) -> list[widgets.Widget]:
        """The page from top to bottom."""
        style = kinded(widgets.HTML(f"<style>{STYLE.read_text('utf-8')}</style>"), "ccm-style")
        work = kinded(card("Today", self.tabs, self.table), "desk-scroll")
        self.about = box("ccm-card", self.title, self.page)
        self.doing = column(self.confirm, self.work.whole(), self.tasks.whole())
        self.split = box("desk-split", self.about, self.doing)
        self._patient()
        return [
            style, bar(self.practice, self.query, acts(self.again)), self.message, self.tiles, work, self.split,
        ]  # fmt: skip

    def _tie(self) -> None:
        model = self.model
        ChoiceLink(model, "practices", "practice", self.practice)
        traitlets.link((model, "query"), (self.query, "value"))
        traitlets.link((model, "listed"), (self.tabs, "selected"))
        traitlets.link((model, "patient"), (self.table, "selected"))
        model.observe(lambda _: self._day(), "desk")
        model.observe(lambda _: self._list(), ["query", "listed"])
        model.observe(lambda _: self._patient(), "shown")
        self._day()

    def _day(self) -> None:
        self.tiles.show(self.model.tiles())
        self._list()

    def _list(self) -> None:
        self.tabs.show(self.model.tabs())
        stale = "Nothing can be shown; the message above says why."
        self.table.show(self.model.rows(), empty=EMPTY if self.model.desk else stale)

    def _patient(self) -> None:
        self.confirm.close_question()
        title, body = self.model.about()
        self.title.value, self.page.value = heading(title), body
        self.doing.layout.display = None if self.model.shown else "none"


def page() -> None:
    """Show the page of the signed-in user."""
    show(*View(CareDesk(current(), lambda: dt.datetime.now(dt.UTC))).whole())

"""The widgets of a draft: its items, the fields of one item, and the buttons that change and save it."""

from __future__ import annotations

import ipywidgets as widgets
import traitlets

from ..ui import fields
from ..ui.links import ChoiceLink
from ..ui.page import acts, box, html
from ..ui.table import Table
from .draft import COLUMNS, ELEMENTS
from .model import CarePlanReview


class Editor:
    """Shows the model's draft while it is open. `ask` asks before something is written."""

    def __init__(self, model: CarePlanReview, ask):
        self.model, draft = model, model.draft
        self.about = html("", "muted")
        self.table = Table(
            "Items of the draft", COLUMNS, empty="The draft has no items yet; write the first one below."
        )
        self.element, self.text = fields.choice("Element", ELEMENTS), fields.area("Text", rows=3, kind="ccm-all")
        self.target, self.due = fields.text("Target, for a goal", "blood pressure below 130/80"), fields.day("By")
        self.responsible, self.writer = fields.text("Responsible", "care manager"), fields.choice("Written by")
        self.apply = fields.button("Add item", lambda: model.change(draft.apply))
        self.remove = fields.button("Remove item", lambda: model.change(draft.remove))
        self.new = fields.button("New item", draft.new)
        self.save = fields.button("Save draft…", lambda: ask("save"), primary=True)
        self.discard = fields.button("Discard", model.discard)
        self.whole = self._whole()
        self._tie()

    def _whole(self) -> widgets.Box:
        form = box("ccm-form", self.element, self.due, self.text, self.target, self.responsible)
        return box(
            "ccm-draft",
            box("ccm-part", self.about), self.table,
            box("ccm-part", form, acts(self.apply, self.remove, self.new)),
            box("ccm-part", self.writer, acts(self.save, self.discard)),
        )  # fmt: skip

    def _tie(self) -> None:
        model, draft = self.model, self.model.draft
        traitlets.link((draft, "chosen"), (self.table, "selected"))
        for name in ("element", "text", "target", "responsible"):
            traitlets.link((draft, name), (getattr(self, name), "value"))
        traitlets.link((draft, "due"), (self.due, "value"))
        ChoiceLink(model, "writers", "writer", self.writer)
        draft.observe(lambda _: self._draw(), ["open", "items", "chosen"])
        self._draw()

    def _draw(self) -> None:
        draft = self.model.draft
        self.whole.layout.display = None if draft.open else "none"
        if not draft.open:
            return
        self.table.show(draft.rows())
        self.about.value = html(draft.about(), "muted").value
        self.apply.description = draft.apply_words()
        self.remove.layout.display = self.new.layout.display = None if draft.chosen else "none"

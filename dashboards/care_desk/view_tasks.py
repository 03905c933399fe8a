"""Tasks of the selected patient: widgets only."""

from __future__ import annotations

import ipywidgets as widgets
import traitlets

from ..ui import fields
from ..ui.confirm import Confirm
from ..ui.links import ChoiceLink
from ..ui.page import bar, box, card
from .forms import KIND_CHOICES, URGENCY_CHOICES
from .model import CareDesk


class TaskView:
    """Widgets that open, give and close tasks; what may be done is decided by ``TaskDesk``."""

    def __init__(self, model: CareDesk, confirm: Confirm):
        self.model, self.tasks, self.form, self.confirm = model, model.tasks, model.task_form, confirm
        self.kind, self.urgency = fields.choice("New task", KIND_CHOICES), fields.choice("Urgency", URGENCY_CHOICES)
        self.assigned_to = fields.choice("For")
        self.day, self.time = fields.day("Due on"), fields.text("Due at", "17:00")
        self.open = fields.button("Open task…", lambda: self._ask(self.tasks.opening, "Open", self.tasks.open))
        self.chosen, self.outcome = fields.choice("Open task"), fields.text("Outcome", "what came of it", "ccm-wide")
        self.give_to = fields.choice("Give to")
        self.close = fields.button("Close task…", lambda: self._ask(self.tasks.closing, "Close", self.tasks.close))
        self.give = fields.button("Give…", lambda: self._ask(self.tasks.giving, "Give", self.tasks.give))
        self._tie()

    def whole(self) -> widgets.Widget:
        """The card."""
        new = box("desk-fields", self.kind, self.urgency, self.assigned_to, self.day, self.time)
        self.old = box("desk-body", self.chosen, bar(self.outcome, self.close), bar(self.give_to, self.give))
        self._draw()
        about = "an escalation goes to a practitioner, with a time until which somebody answers"
        return card("Tasks and escalation", box("desk-body", new, bar(self.open)), self.old, about=about)

    def _tie(self) -> None:
        form = self.form
        ChoiceLink(form, "people", "assigned_to", self.assigned_to)
        ChoiceLink(form, "people", "give_to", self.give_to)
        ChoiceLink(form, "open_choices", "task_id", self.chosen)
        plain = {
            "kind": self.kind,
            "urgency": self.urgency,
            "day": self.day,
            "time": self.time,
            "outcome": self.outcome,
        }
        for name, widget in plain.items():
            traitlets.link((form, name), (widget, "value"))
        form.observe(lambda _: self._draw(), "open_choices")
        # What was stated must be what is written.
        form.observe(lambda _: self.confirm.close_question())
        self.model.observe(lambda _: self._draw(), "shown")

    def _draw(self) -> None:
        self.old.layout.display = None if self.form.open_choices else "none"
        for button in (self.open, self.close, self.give):
            button.layout.display = None if self.tasks.may else "none"

    def _ask(self, state, yes: str, act) -> None:
        statement = state()
        if statement is not None:
            self.confirm.ask(statement, yes, act)

"""The timer and the documentation: widgets only."""

from __future__ import annotations

import ipywidgets as widgets
import traitlets

from ccmlib.desk.documentation import CALL_CONTENTS
from ccmlib.reports.markup import element

from ..ui import fields
from ..ui.confirm import Confirm
from ..ui.links import ChoiceLink
from ..ui.page import acts, bar, box, card, html
from .clock import Clock
from .forms import ACTIVITY_CHOICES, PROGRAM_CHOICES, TEMPLATE_CHOICES
from .model import CareDesk


class WorkView:
    """Widgets that time and document; what may be done is decided by ``WorkDesk``."""

    def __init__(self, model: CareDesk, confirm: Confirm):
        self.model, self.work, self.form, self.confirm = model, model.work, model.form, confirm
        self.clock, self.others, self.result = Clock(), html(kind="muted"), widgets.HTML()
        self.start = fields.button("Start timer", self._act(model.work.start), primary=True)
        self.pause = fields.button("Pause", self._act(model.work.pause))
        self.resume = fields.button("Resume", self._act(model.work.resume))
        self.reason = fields.text("Reason, to discard the timer", "wrong patient, forgotten …")
        self.discard = fields.button("Discard…", self._ask_discard, hint="Throw the timed seconds away, with a reason")
        self.save = fields.button("Stop and save…", self._ask_save, primary=True)
        self._make_fields()
        self.texts = box("desk-texts", self.services, *self.calls.values(), self.outcome)
        self.times = box("desk-fields", self.day, self.begin, self.end)
        self._tie()

    def _make_fields(self) -> None:
        self.template, self.program = (
            fields.choice("Template", TEMPLATE_CHOICES),
            fields.choice("Program", PROGRAM_CHOICES),
        )
        self.activity, self.staff = fields.choice("Activity", ACTIVITY_CHOICES), fields.choice("Staff member")
        self.about = fields.choice("Ties back to (condition or goal)")
        self.services = fields.area(
            "Services: what was done", "for example: monthly check-in, blood pressure log read", 2
        )
        self.outcome = fields.area("Outcome or next steps", "for example: call again on Tuesday", 2)
        self.calls = {name: fields.area(label, hint, 2) for name, (label, hint) in CALL_CONTENTS.items()}
        self.by_hand = fields.tick("Type the times by hand instead of timing")
        self.day = fields.day("Day of the work")
        self.begin, self.end = fields.text("Start", "14:05 or 14:05:30"), fields.text("End", "14:20 or 14:20:30")

    def whole(self) -> widgets.Widget:
        """The card."""
        top = bar(self.clock, acts(self.start, self.pause, self.resume, self.save))
        chosen = box("desk-fields", self.template, self.program, self.activity, self.staff, self.about)
        self.ending = bar(self.reason, self.discard)
        body = [self.others, top, self.result, chosen, self.by_hand, self.times, self.texts, self.ending]
        self._draw()
        return card(
            "Time and documentation", box("desk-body", *body), about="date, time and length come from the timer"
        )

    def _tie(self) -> None:
        form, work = self.form, self.work
        ChoiceLink(form, "staff_choices", "staff", self.staff)
        ChoiceLink(form, "about_choices", "about", self.about)
        plain = {"template": self.template, "program": self.program, "activity": self.activity, "by_hand": self.by_hand,
                 "day": self.day, "start": self.begin, "end": self.end, "services": self.services,
                 "outcome": self.outcome, **self.calls}  # fmt: skip
        for name, widget in plain.items():
            traitlets.link((form, name), (widget, "value"))
        traitlets.dlink((work, "result"), (self.result, "value"))
        traitlets.dlink((work, "others"), (self.others, "value"), lambda words: element("p", words) if words else "")
        work.observe(lambda _: self._draw(), "timer")
        form.observe(lambda _: self._draw(), ["template", "by_hand"])
        # What was stated must be what is written.
        form.observe(lambda _: self.confirm.close_question())
        self.model.observe(lambda _: self._draw(), "shown")

    def _draw(self) -> None:
        may = self.work.may
        for name in ("start", "pause", "resume", "save", "discard"):
            _shown(getattr(self, name), may[name])
        self.save.description = "Save…" if self.form.by_hand else "Stop and save…"
        for field in self.calls.values():
            _shown(field, self.form.is_call)
        _shown(self.times, self.form.by_hand)
        _shown(self.reason, may["discard"])
        self.clock.show(*self.work.face())

    def _act(self, act):
        def acted() -> None:
            self.confirm.close_question()
            act()

        return acted

    def _ask_save(self) -> None:
        statement = self.work.statement()
        if statement is not None:
            self.confirm.ask(statement, "Save", self.work.save)

    def _ask_discard(self) -> None:
        reason = self.reason.value
        statement = f"Throw the timed seconds away. Reason: {reason.strip() or '(none given)'}"
        self.confirm.ask(statement, "Discard", lambda: self._discard(reason))

    def _discard(self, reason: str) -> None:
        self.work.discard(reason)
        self.reason.value = "" if self.work.timer is None else reason


def _shown(widget: widgets.DOMWidget, yes: bool) -> None:
    widget.layout.display = None if yes else "none"

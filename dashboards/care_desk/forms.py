"""What is typed at the desk: the documentation of a piece of work, and a new task. No widgets."""

from __future__ import annotations

import datetime as dt

import traitlets

from ccmlib import wording
from ccmlib.acts.task import NewTask
from ccmlib.desk.documentation import ACTIVITIES, CALL, TEMPLATES, Documentation
from ccmlib.desk.tasks import ESCALATION, KINDS, URGENCIES
from ccmlib.desk.typed_time import typed_instant
from ccmlib.facts import PROGRAMS

TEMPLATE_CHOICES = [(words, name) for name, words in TEMPLATES.items()]
PROGRAM_CHOICES = [(name.upper(), name) for name in PROGRAMS]
ACTIVITY_CHOICES = [(wording.words(name).capitalize(), name) for name in ACTIVITIES]
KIND_CHOICES = [(words, name) for name, words in KINDS.items()]
URGENCY_CHOICES = [(name.capitalize(), name) for name in URGENCIES]
TEXTS = ("services", "adherence", "symptoms", "plan_updates", "follow_up", "outcome")


class WorkForm(traitlets.HasTraits):
    """The documentation as typed. `staff_choices` and `about_choices` are pairs (words, value).

    `by_hand`: times are typed (`day`, `start`, `end` on the practice's clock) instead of timed.
    """

    template = traitlets.Unicode(CALL)
    program = traitlets.Unicode("ccm")
    activity = traitlets.Unicode("symptom_check")
    staff_choices = traitlets.List()
    staff = traitlets.Unicode()
    about_choices = traitlets.List([("–", "")])
    about = traitlets.Unicode()
    services = traitlets.Unicode()
    adherence = traitlets.Unicode()
    symptoms = traitlets.Unicode()
    plan_updates = traitlets.Unicode()
    follow_up = traitlets.Unicode()
    outcome = traitlets.Unicode()
    by_hand = traitlets.Bool(False)
    day = traitlets.Instance(dt.date, allow_none=True)
    start = traitlets.Unicode()
    end = traitlets.Unicode()

    @property
    def is_call(self) -> bool:
        """Whether the contents of a call are asked for."""
        return self.template == CALL

    @property
    def documentation(self) -> Documentation:
        """The fields as the act takes them."""
        texts = {name: getattr(self, name) for name in TEXTS}
        return Documentation(
            staff_id=self.staff, program=self.program, activity=self.activity, template=self.template, about=self.about,
            **texts,
        )  # fmt: skip

    def times(self, time_zone: str) -> tuple[dt.datetime, dt.datetime]:
        """Start and end as typed. Raises Problem when they are no times."""
        return (
            typed_instant(self.day, self.start, time_zone, "Start"),
            typed_instant(self.day, self.end, time_zone, "End"),
        )

    def clear(self) -> None:
        """Empty the texts; the choices stay."""
        for name in (*TEXTS, "start", "end", "about"):
            setattr(self, name, "")


class TaskForm(traitlets.HasTraits):
    """A new task as typed, and what is done with an open one (`task_id`, `outcome`, `give_to`)."""

    kind = traitlets.Unicode("call_patient")
    urgency = traitlets.Unicode("soon")
    people = traitlets.List()
    assigned_to = traitlets.Unicode()
    day = traitlets.Instance(dt.date, allow_none=True)
    time = traitlets.Unicode("17:00")
    open_choices = traitlets.List()
    task_id = traitlets.Unicode()
    outcome = traitlets.Unicode()
    give_to = traitlets.Unicode()

    def task(self, time_zone: str) -> NewTask:
        """The task as the act takes it. Raises Problem when the due time is none."""
        due = typed_instant(self.day, self.time, time_zone, "Due") if self.day else None
        return NewTask(self.kind, self.assigned_to, due, self.urgency)

    @traitlets.observe("kind")
    def _escalated(self, change) -> None:
        if change["new"] == ESCALATION and self.urgency == URGENCIES[-1]:
            self.urgency = URGENCIES[0]

"""What has to be written down of a piece of work: the five fields, and of a phone call its four contents.

Source: requirements A5.2 (date and time, duration, staff member, services, outcome or next steps) and A5.3
(adherence, symptoms, plan updates, follow-up). Date, time and duration come from the timer or the times typed.
"""

from __future__ import annotations

from dataclasses import dataclass

from .. import wording
from ..facts import COUNTED_ACTIVITIES, PROGRAMS, UNCOUNTED_ACTIVITIES
from ..problem import Problem

CALL, OTHER_WORK = "call", "work"
VOICEMAIL = "voicemail"
#: The templates: name and words.
TEMPLATES = {CALL: "Phone call", OTHER_WORK: "Other work"}
#: The contents of a call: name, label, and what to ask.
CALL_CONTENTS = {
    "adherence": ("Medicines taken as agreed?", "which are missed, how often, why"),
    "symptoms": ("Symptoms, new or worse?", "what was asked, what was said"),
    "plan_updates": ("Care plan: what changes?", "goals, measures; “no change” if there is none"),
    "follow_up": ("Follow-up, referrals, next appointment", "who does what until when"),
}
#: How each content is headed in the note.
HEADS = {"adherence": "Adherence", "symptoms": "Symptoms", "plan_updates": "Care plan", "follow_up": "Follow-up"}
ACTIVITIES = COUNTED_ACTIVITIES + UNCOUNTED_ACTIVITIES


@dataclass(frozen=True)
class Documentation:
    """The fields of the template `template`; texts are as typed."""

    staff_id: str = ""
    program: str = ""
    activity: str = ""
    services: str = ""
    outcome: str = ""
    template: str = CALL
    adherence: str = ""
    symptoms: str = ""
    plan_updates: str = ""
    follow_up: str = ""
    about: str = ""

    @property
    def contents(self) -> dict[str, str]:
        """The contents of the call by name; empty for other work."""
        return {name: getattr(self, name).strip() for name in CALL_CONTENTS} if self.template == CALL else {}

    @property
    def live_contact(self) -> bool:
        """Whether somebody was spoken to; a voice mail is no conversation."""
        return self.template == CALL and self.activity != VOICEMAIL

    def missing(self) -> list[str]:
        """The labels of the fields that say nothing, in the order of the form."""
        asked = {
            "staff member": self.staff_id, "program": self.program, "activity": self.activity,
            "services": self.services, **{HEADS[name].lower(): text for name, text in self.contents.items()},
            "outcome or next steps": self.outcome,
        }  # fmt: skip
        return [label for label, text in asked.items() if not text.strip()]

    def note(self) -> str:
        """The note of the entry: services, what they tie back to, then the contents of the call with their heads."""
        parts = [self.services.strip(), f"About: {self.about.strip()}" if self.about.strip() else ""]
        parts += [f"{HEADS[name]}: {text}" for name, text in self.contents.items() if text]
        return " · ".join(part for part in parts if part)

    def checked(self) -> Documentation:
        """Itself. Raises Problem when a field says nothing or a choice is unknown."""
        if self.missing():
            raise Problem(f"Not written down yet: {wording.listed(self.missing())}. Fill it in, then save.")
        for value, known, what in ((self.program, PROGRAMS, "program"), (self.activity, ACTIVITIES, "activity"),
                                   (self.template, TEMPLATES, "template")):  # fmt: skip
            if value not in known:
                raise Problem(f"{value!r} is no {what}; choose one of the list.")
        return self

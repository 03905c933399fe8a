"""A consent and a withdrawal as typed. No widgets."""

from __future__ import annotations

import datetime as dt

import traitlets

from ccmlib.acts.consent import NewConsent
from ccmlib.desk.typed_time import typed_instant
from ccmlib.enrollment.consents import STATEMENTS

METHOD_CHOICES = [("– choose –", ""), ("Verbal", "verbal"), ("Written", "written")]


class ConsentForm(traitlets.HasTraits):
    """The choices are pairs (words, value); `day` and `time` are of the practice's clock, ticks are the statements."""

    practitioner_choices = traitlets.List()
    practitioner = traitlets.Unicode()
    signer_choices = traitlets.List()
    recorded_by = traitlets.Unicode()
    method = traitlets.Unicode()
    day = traitlets.Instance(dt.date, allow_none=True)
    time = traitlets.Unicode()
    services_explained = traitlets.Bool(False)
    cost_sharing_explained = traitlets.Bool(False)
    single_practitioner_explained = traitlets.Bool(False)
    right_to_stop_explained = traitlets.Bool(False)
    end_day = traitlets.Instance(dt.date, allow_none=True)
    end_time = traitlets.Unicode()

    def consent(self, time_zone: str) -> NewConsent:
        """The consent as the act takes it. Raises Problem when day and time are none."""
        explained = frozenset(name for name in STATEMENTS if getattr(self, name))
        given = typed_instant(self.day, self.time, time_zone, "Given")
        return NewConsent(self.practitioner, self.method, given, self.recorded_by, explained)

    def withdrawal(self, time_zone: str) -> dt.datetime:
        """When the patient stopped. Raises Problem when day and time are none."""
        return typed_instant(self.end_day, self.end_time, time_zone, "Withdrawn")

    def begin(self, practitioner: str, now: dt.datetime) -> None:
        """Empty, for another patient: the practitioner who bills, and the moment on the practice's clock."""
        for name in STATEMENTS:
            setattr(self, name, False)
        known = [value for _, value in self.practitioner_choices]
        self.practitioner = practitioner if practitioner in known else ""
        self.method, self.day, self.time = "", now.date(), f"{now:%H:%M}"
        self.end_day, self.end_time = now.date(), f"{now:%H:%M}"

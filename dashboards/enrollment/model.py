"""The state of the enrollment page and every decision it takes. No widgets; the clock is passed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import traitlets

from ccmlib import wording
from ccmlib.access.session import Session, require
from ccmlib.acts.chart import practitioners
from ccmlib.acts.consent import record_consent, record_revocation
from ccmlib.care_plan.people import only_oneself
from ccmlib.enrollment.consents import in_force, takes_effect
from ccmlib.enrollment.history import history
from ccmlib.problem import Problem
from ccmlib.reports.markup import Html, element

from ..own_practices import pairs
from ..ui.said import NOTE, Speaking
from ..ui.shapes import File, Rows, Tile
from . import lists
from .form import ConsentForm
from .letters import cost_or_why, letter_of
from .patient import patient_html
from .reading import Enrolling, Reading
from .statements import consent_statement, withdrawal_statement


class Enrollment(Speaking):
    """The practice picked, the list shown, the patient selected, and a consent or withdrawal as typed (`form`).

    `now_known` is None while nothing can be shown; the message says why.
    """

    practices = traitlets.List()
    practice = traitlets.Unicode()
    query = traitlets.Unicode()
    listed = traitlets.Unicode("ask")
    patient = traitlets.Unicode()
    now_known = traitlets.Instance(Enrolling, allow_none=True)

    def __init__(self, session: Session, clock: Callable[[], dt.datetime]):
        super().__init__()
        self.session, self.clock, self.reading, self.form = session, clock, Reading(session), ConsentForm()
        with self.told(self._clear):
            self.practices = self.reading.practices()
            self.practice = self.practices[0][1]
            self._read()
        self.observe(self._moved, "practice")
        self.observe(self._selected, "patient")
        self.observe(self._searched, "query")
        self.observe(self._listed, "listed")

    @property
    def may(self) -> dict[str, bool]:
        """Which forms make sense now; the acts ask again."""
        here = self.now_known is not None and bool(self.patient)
        return {
            "consent": here and self.session.may("record_consent"),
            "revoke": here and self.session.may("record_revocation") and len(self._standing()) > 0,
            "letter": here and self.session.may("view_patient"),
        }

    def read_again(self) -> None:
        """Read what was written meanwhile."""
        with self.told(self._clear):
            self._read()
            self.say(f"Read again at {self._local_now():%H:%M}.")

    def tiles(self) -> list[Tile]:
        """The tiles; none while nothing can be shown."""
        return lists.tiles(self.now_known) if self.now_known else []

    def tabs(self) -> list[tuple[str, str]]:
        """The lists as (name, words with the number of rows)."""
        return lists.tabs(self.now_known, self.query) if self.now_known else []

    def rows(self) -> Rows | list:
        """The rows of the list that is shown."""
        return lists.rows(self.now_known, self.listed, self.query) if self.now_known else []

    def about(self) -> tuple[str, Html]:
        """Title and body of the panel about the selected patient."""
        if self.now_known is None or not self.patient:
            return "Patient", element(
                "p", "Choose a patient in the list; search finds everybody of the practice.", "empty"
            )
        known, person = self.now_known, self.now_known.people.loc[self.patient]
        given = history(known.facts.consents, known.facts.staff, self.patient, known.day)
        row = known.screened.loc[self.patient]
        cost = cost_or_why(known, self.patient)
        return self._name(), patient_html(person, row, known.biller(self.patient), given, cost)

    def consent_statement(self) -> Html | None:
        """What recording would write; None, with a message, when it may not or cannot be."""
        with self.told():
            require(self.session, "record_consent", self.practice)
            return consent_statement(self.now_known, self.patient, self.form.consent(self.now_known.day.time_zone))
        return None

    def record_consent(self) -> None:
        """Record the consent that was stated."""
        with self.told():
            consent = self.form.consent(self.now_known.day.time_zone)
            self._wrote(record_consent(self.reading.store, self.session, self.patient, consent, self.clock()))

    def withdrawal_statement(self) -> Html | None:
        """What recording the withdrawal would write, with the day it takes effect."""
        with self.told():
            require(self.session, "record_revocation", self.practice)
            at = self.form.withdrawal(self.now_known.day.time_zone)
            return withdrawal_statement(self.now_known, self.patient, at)
        return None

    def record_withdrawal(self) -> None:
        """Record the withdrawal that was stated."""
        with self.told():
            at = self.form.withdrawal(self.now_known.day.time_zone)
            self._wrote(record_revocation(self.reading.store, self.session, self.patient, at, self.clock()))

    def effect(self) -> str:
        """When the withdrawal as typed would take effect, shown before anything is asked; empty while it is no time."""
        if self.now_known is None:
            return ""
        try:
            at = self.form.withdrawal(self.now_known.day.time_zone)
        except Problem:
            return ""
        last = takes_effect(at, self.now_known.day.time_zone)
        return f"Takes effect at the end of {wording.date(last)}."

    def letter(self) -> Html | None:
        """The consent letter of the selected patient; None, with a message, when it may not be or has no price."""
        with self.told():
            require(self.session, "view_patient", self.practice)
            return letter_of(self.now_known, self.patient)
        return None

    def letter_file(self) -> File | None:
        """The same as a file."""
        html = self.letter()
        return File(f"consent-letter-{self.patient}.html", html.encode("utf-8"), "text/html") if html else None

    def _read(self) -> None:
        self.say("Screening the practice's patients …", NOTE)
        self.now_known = self.reading.enrolling(self.practice, self.clock())
        if self.patient not in self.now_known.people.index:
            self.patient = ""
        known, form = self.now_known, self.form
        form.practitioner_choices = pairs(practitioners(known.staff))
        form.signer_choices = pairs(only_oneself(known.staff, self.session.user))
        if len(form.signer_choices) == 1:
            form.recorded_by = form.signer_choices[0][1]
        self._begin()
        self.say("")

    def _wrote(self, says: str) -> None:
        self.now_known = self.reading.again(self.now_known, self.patient, self.clock())
        self._begin()
        row = self.now_known.screened.loc[self.patient]
        self.say(f"{says} {self._name()} is now {'enrolled' if row.enrolled else 'not enrolled'}.")

    def _begin(self) -> None:
        if self.patient:
            self.form.begin(self._person().billing_staff_id, self._local_now())

    def _person(self):
        return self.now_known.people.loc[self.patient]

    def _name(self) -> str:
        return lists.name_of(self.now_known, self.patient)

    def _local_now(self) -> dt.datetime:
        return self.now_known.day.local(self.clock())

    def _standing(self):
        consents = self.now_known.facts.consents
        return in_force(consents[consents.patient_id == self.patient], self.clock())

    def _selected(self, change) -> None:
        if self.now_known is None or not change["new"]:
            return
        if change["new"] not in self.now_known.people.index:
            self.patient = ""
            return
        with self.told():
            self.say("")
            self._begin()

    def _moved(self, change) -> None:
        if change["new"] in [value for _, value in self.practices]:
            with self.told(self._clear):
                self.patient, self.query = "", ""
                self._read()

    def _searched(self, change) -> None:
        if change["new"].strip():
            self.listed = lists.FOUND
        elif self.listed == lists.FOUND:
            self.listed = "ask"

    def _listed(self, change) -> None:
        if change["new"] != lists.FOUND:
            self.query = ""

    @traitlets.validate("listed")
    def _known_list(self, proposal) -> str:
        known = proposal["value"] in lists.LISTS or (proposal["value"] == lists.FOUND and self.query.strip())
        return proposal["value"] if known else "ask"

    def _clear(self) -> None:
        self.now_known = None

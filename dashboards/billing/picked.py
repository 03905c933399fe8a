"""What is picked on the billing page: month, practice, list, patient; and the month that is read for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import traitlets

from ccmlib.access.session import Session
from ccmlib.month import Month

from ..ui.said import NOTE, Speaking
from .decided import Decided
from .lists import LISTS
from .reading import Reading

FOUND = "found"


class Picked(Speaking):
    """Month and practice picked, the list shown, the patient selected; `decided` is the month as it would be closed.

    `months` and `practices` are pairs (words, value). `listed` names a list of ``LISTS``, or ``found``
    while `query` is not empty. `decided` is None while nothing can be shown; the message says why.
    """

    months = traitlets.List()
    month = traitlets.Unicode()
    practices = traitlets.List()
    practice = traitlets.Unicode()
    query = traitlets.Unicode()
    listed = traitlets.Unicode("held")
    patient = traitlets.Unicode()
    decided = traitlets.Instance(Decided, allow_none=True)

    def __init__(self, session: Session, clock: Callable[[], dt.datetime]):
        super().__init__()
        self.session, self.clock, self.reading = session, clock, Reading(session)
        with self.told(self._clear):
            self.practices = self.reading.practices()
            self.practice = self.practices[0][1]
            self._name_months()
            self.month = self._waiting()
            self._read()
        self.observe(self._moved, ["month", "practice"])
        self.observe(self._searched, "query")
        self.observe(self._listed, "listed")

    def _read(self) -> None:
        names = {value: words for words, value in self.practices}
        self.say(f"Reading {Month(self.month).first:%B %Y} of {names.get(self.practice, 'a practice')} …", NOTE)
        self.decided = self.reading.decided(Month(self.month), self.practice)
        if self.patient not in self.decided.number_of:
            self.patient = self._first_held()
        self.say("")

    def _first_held(self) -> str:
        held = self.decided.held
        return self.decided.close.panel.patients.patient_id.iloc[held.patient.iloc[0]] if len(held) else ""

    def _name_months(self) -> None:
        closed = self.reading.closed(self.practice)
        self.months = [
            (f"{month.first:%B %Y} ({_state(closed.get(str(month)))})", str(month))
            for month in self.reading.months(self.clock().date())
        ]

    def _waiting(self) -> str:
        """The month to begin with: the newest one that is over when it waits to be closed, else the newest."""
        closed, now = self.reading.closed(self.practice), f"{self.clock():%Y-%m}"
        over = next((value for _, value in self.months if value < now), "")
        return over if over and over not in closed else self.months[0][1]

    def _moved(self, change) -> None:
        with self.told(self._clear):
            if change["name"] == "practice":
                self.query, self.patient = "", ""
                self._name_months()
            self._read()

    def _searched(self, change) -> None:
        if change["new"].strip():
            self.listed = FOUND
        elif self.listed == FOUND:
            self.listed = "held"

    def _listed(self, change) -> None:
        if change["new"] != FOUND:
            self.query = ""

    @traitlets.validate("listed")
    def _known_list(self, proposal) -> str:
        known = proposal["value"] in LISTS or (proposal["value"] == FOUND and self.query.strip())
        return proposal["value"] if known else "held"

    def _clear(self) -> None:
        self.decided = None


def _state(closed_at: dt.datetime | None) -> str:
    return "closed" if closed_at else "open"

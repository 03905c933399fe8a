"""The state of the care desk and every decision it takes. No widgets; the clock is passed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import traitlets

from ccmlib.access.session import Session
from ccmlib.desk.patient_page import PatientPage
from ccmlib.desk.timer import running
from ccmlib.reports.markup import Html, element

from ..own_practices import pairs
from ..ui.said import NOTE, Speaking
from ..ui.shapes import Rows, Tile
from . import lists
from .forms import TaskForm, WorkForm
from .patient import patient_html
from .reading import Desk, Reading
from .tasks import TaskDesk
from .work import WorkDesk


class CareDesk(Speaking):
    """The practice picked, the list shown, the patient selected; `work` times and documents, `tasks` follows up.

    `desk` is None while nothing can be shown; `shown` is the selected patient's page, None for nobody.
    """

    practices = traitlets.List()
    practice = traitlets.Unicode()
    query = traitlets.Unicode()
    listed = traitlets.Unicode("due")
    patient = traitlets.Unicode()
    desk = traitlets.Instance(Desk, allow_none=True)
    shown = traitlets.Instance(PatientPage, allow_none=True)

    def __init__(self, session: Session, clock: Callable[[], dt.datetime]):
        super().__init__()
        self.session, self.clock, self.reading = session, clock, Reading(session)
        self.form, self.task_form = WorkForm(), TaskForm()
        self.work, self.tasks = WorkDesk(self), TaskDesk(self)
        with self.told(self._clear):
            self.practices = self.reading.practices()
            self.practice = self.practices[0][1]
            self._read()
            self._find_running_timer()
        self.observe(self._moved, "practice")
        self.observe(self._selected, "patient")
        self.observe(self._searched, "query")
        self.observe(self._listed, "listed")

    def read_again(self) -> None:
        """Read what was written meanwhile."""
        with self.told(self._clear):
            self._read()
            self.say(f"Read again at {self.desk.day.local(self.desk.day.now):%H:%M}.")

    def tiles(self) -> list[Tile]:
        """The tiles; none while nothing can be shown."""
        return lists.tiles(self.desk) if self.desk else []

    def tabs(self) -> list[tuple[str, str]]:
        """The lists as (name, words with the number of rows)."""
        return lists.tabs(self.desk, self.query) if self.desk else []

    def rows(self) -> Rows | list:
        """The rows of the list that is shown."""
        return lists.rows(self.desk, self.listed, self.query) if self.desk else []

    def about(self) -> tuple[str, Html]:
        """Title and body of the selected patient's page."""
        if self.shown is None:
            return "Patient", element(
                "p", "Choose a patient in the list; search finds everybody of the practice.", "empty"
            )
        names = dict(zip(self.desk.facts.staff.staff_id, self.desk.facts.staff["name"], strict=True))
        return self.shown.name, patient_html(self.shown, self.desk.day, names)

    def reread_patient(self) -> None:
        """The selected patient anew after something was written of them."""
        self.desk = self.reading.again(self.desk, self.patient, self.clock())
        self._show_patient()

    def _read(self) -> None:
        self.say("Reading the practice's month …", NOTE)
        self.desk = self.reading.desk(self.practice, self.clock())
        if self.patient not in self.desk.people.index:
            self.patient = ""
        self._fill_choices()
        if self.patient:
            self.desk = self.reading.again(self.desk, self.patient, self.clock())
        self._show_patient()
        self.say("")

    def _fill_choices(self) -> None:
        signers, people = self.reading.signers(self.desk), pairs(self.desk.staff)
        form, tasks = self.form, self.task_form
        form.staff_choices, tasks.people = signers, people
        if form.staff not in [value for _, value in signers]:
            form.staff = signers[0][1] if len(signers) == 1 else ""
        form.day = tasks.day = self.desk.day.today

    def _show_patient(self) -> None:
        self.shown = self.reading.page(self.desk, self.patient) if self.patient else None
        self.work.follow()
        self.tasks.follow()

    def _find_running_timer(self) -> None:
        """A timer that was left running is found again after a reload: its patient is selected."""
        timer = running(self.reading.timers())
        if timer and timer.patient_id in self.desk.people.index:
            self.patient = timer.patient_id
            self.reread_patient()
            self.say("Your timer for this patient has run on; go on, pause or save it.", NOTE)

    def _selected(self, change) -> None:
        if self.desk is None:
            return
        if change["new"] and change["new"] not in self.desk.people.index:
            self.patient = ""
            return
        with self.told(lambda: setattr(self, "shown", None)):
            self.say("")
            self.form.clear()
            if change["new"]:
                self.reread_patient()
            else:
                self._show_patient()

    def _moved(self, change) -> None:
        if change["new"] not in [value for _, value in self.practices]:
            return
        with self.told(self._clear):
            self.patient, self.query = "", ""
            self._read()

    def _searched(self, change) -> None:
        if change["new"].strip():
            self.listed = lists.FOUND
        elif self.listed == lists.FOUND:
            self.listed = "due"

    def _listed(self, change) -> None:
        if change["new"] != lists.FOUND:
            self.query = ""

    @traitlets.validate("listed")
    def _known_list(self, proposal) -> str:
        known = proposal["value"] in lists.LISTS or (proposal["value"] == lists.FOUND and self.query.strip())
        return proposal["value"] if known else "due"

    def _clear(self) -> None:
        self.desk = self.shown = None
        self.work.follow()

"""The state of the care-plan page and every decision it takes. No widgets; the clock is passed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import traitlets

from ccmlib.access.session import Session, require
from ccmlib.acts.care_plan import APPROVE
from ccmlib.acts.chart import at_work
from ccmlib.care_plan.goals import Goal
from ccmlib.care_plan.people import approvers, only_oneself, writers
from ccmlib.month import Month
from ccmlib.reports.markup import Html, element
from ccmlib.store import engine, migrate

from ..ui.said import NOTE, PROBLEM, Speaking
from ..ui.shapes import Row, Tile
from . import reading, sheet, worklist
from .comparison import changes_page
from .draft import Draft
from .offers import kept, offered, people, who_approves
from .patient import PatientPlan
from .practice import Practice
from .questions import QUESTIONS, Question
from .words import month_words, plan_words

PAGES = {"plan": "Plan", "goals": "Goals", "changes": "Changes", "contacts": "Contacts", "history": "History"}


class CarePlanReview(Speaking):
    """Practice and month picked, the list shown, the patient selected and the version of the plan on the page.

    Choices are pairs (words, value). `practice_read` and `plan` are None while nothing can be shown; the message
    says why. `plan` is replaced whenever the facts were read again.
    """

    practices = traitlets.List()
    practice = traitlets.Unicode()
    months = traitlets.List()
    month = traitlets.Unicode()
    shown = traitlets.Unicode(worklist.OPEN)
    query = traitlets.Unicode()
    patient = traitlets.Unicode()
    page = traitlets.Unicode("plan")
    versions = traitlets.List()
    version = traitlets.Unicode()
    compared = traitlets.Unicode()
    signers = traitlets.List()
    signer = traitlets.Unicode()
    writers = traitlets.List()
    writer = traitlets.Unicode()
    open_goals = traitlets.List()
    goal = traitlets.Unicode()
    practice_read = traitlets.Instance(Practice, allow_none=True)
    plan = traitlets.Instance(PatientPlan, allow_none=True)

    def __init__(self, session: Session, clock: Callable[[], dt.datetime]):
        super().__init__()
        self.session, self.clock, self.draft = session, clock, Draft()
        with self.told(self._clear):
            self.store = engine.open(session.database)
            migrate.require_current(self.store)
            self.practices = reading.practices_of(self.store, session)
            self.practice = self.practices[0][1]
            self._begin_practice()
            self._read()
        self.observe(self._moved, ["practice", "month"])

    def read_again(self) -> None:
        """Read what was written meanwhile."""
        with self.told(self._clear):
            self._read()
            self.say(f"Read again at {self.practice_read.local(self.clock()):%H:%M}.")

    def choose(self, patient_id: str) -> None:
        """Show a patient; one of another practice is refused, and so is leaving a draft that was changed."""
        if patient_id == self.patient or self._keeps_draft():
            return
        with self.told(self._clear_plan):
            self.say("")
            self.draft.stop()
            self.patient = patient_id
            self._show(PatientPlan(self.practice_read, patient_id))

    def tiles(self) -> list[Tile]:
        """The tiles; none while nothing can be shown."""
        return worklist.tiles(self.practice_read) if self.practice_read else []

    def filters(self) -> list[tuple[str, str]]:
        """The filters as (name, words)."""
        return worklist.filters(self.practice_read) if self.practice_read else []

    def rows(self) -> Sequence[Row]:
        """The rows of the list."""
        if self.practice_read is None:
            return []
        return worklist.rows(self.practice_read, worklist.listed(self.practice_read, self.shown, self.query))

    def empty_words(self) -> str:
        """What the list says when it is empty."""
        if self.practice_read is None:
            return "Nothing can be shown; the message above says why."
        return worklist.empty_words(self.shown, self.query)

    def title(self) -> str:
        """The title of the patient's panel."""
        return sheet.heading(self.plan) if self.plan else "Care plan"

    def head(self) -> Html:
        """What is open for the patient and what comes next; who may do what this role may not."""
        if self.plan is None:
            return element("p", "Choose a patient in the list to see the plan.", "empty")
        parts = [
            sheet.next_step(self.plan),
            sheet.facts(self.plan, self.version),
            who_approves(self.session, self.plan),
        ]
        return element("div", parts, "head")

    def body(self) -> Html:
        """The page of the patient's plan that is chosen."""
        if self.plan is None:
            return Html("")
        with self.told(self._clear_plan):
            return self._pages()[self.page]()
        return Html("")

    def buttons(self) -> dict[str, str]:
        """The words of each button that the role may use and that the plan is ready for."""
        if self.plan is None or self.draft.open:
            return {}
        return offered(self.session, self.plan, bool(self.open_goals) and self.page == "goals")

    def ask(self, name: str) -> Question | None:
        """What an act would write, asked before it is written; None, with a message, when it may not be."""
        with self.told():
            require(self.session, QUESTIONS[name].action, self.practice)
            return QUESTIONS[name].of(self)
        return None

    def edit(self) -> None:
        """Begin a draft from the newest version."""
        with self.told():
            require(self.session, "edit_care_plan", self.practice)
            self.draft.start(self.plan)
            self.say("The draft is kept on this page until you save it.", NOTE)

    def change(self, act: Callable[[], None]) -> None:
        """Do something to the draft; says what is wrong with it."""
        with self.told():
            self.say("")
            act()

    def discard(self) -> None:
        """Forget the draft."""
        self.draft.stop()
        self.say("The draft was discarded; nothing was written.", NOTE)

    def write(self, act: Callable[[dt.datetime], str], correction: str) -> bool:
        """Write what was asked about, read everything again, and say what was written and how to correct it."""
        with self.told():
            says = act(self.clock())
            self.draft.stop()
            self._read()
            self.say(f"{says} {correction}")
            return True
        return False

    def goals(self) -> list[Goal]:
        """The goals of the counting version that are not recorded as met."""
        if self.plan is None or self.plan.counts is None:
            return []
        return [each for each in self.plan.goals(self.plan.counts.care_plan_id) if each.status != "met"]

    def _read(self) -> None:
        self.say(f"Reading the plans, and the contacts of {month_words(self.month)} …", NOTE)
        require(self.session, "view_patient", self.practice)
        self.practice_read = reading.read_practice(self.store, self.practice, Month(self.month), self.clock())
        self._namepeople()
        if self.patient not in self.practice_read.patients:
            self.patient = next(iter(worklist.listed(self.practice_read, self.shown, self.query)), "")
        self._show(PatientPlan(self.practice_read, self.patient) if self.patient else None)
        self.say("")

    def _show(self, plan: PatientPlan | None) -> None:
        with self.hold_trait_notifications():
            self.versions = [(plan_words(each), each.care_plan_id) for each in plan.plans] if plan else []
            self.version = plan.newest if plan else ""
            self.compared = plan.before(self.version) if plan else ""
            self.plan = plan
            self.open_goals = [(each.item.text, each.item.mark) for each in self.goals()]
            self.goal = self.open_goals[0][1] if self.open_goals else ""

    def _begin_practice(self) -> None:
        found = reading.months(self.store, self.practice, self.clock())
        self.months, self.month = [(month_words(each), each) for each in found], found[0]

    def _namepeople(self) -> None:
        staff = at_work(self.practice_read.facts.staff, self.practice, self.practice_read.today)
        self.signers = people(only_oneself(approvers(staff), self.session.user))
        self.writers = people(only_oneself(writers(staff, self.session.may(APPROVE)), self.session.user))
        self.signer, self.writer = kept(self.signer, self.signers), kept(self.writer, self.writers)

    def _moved(self, change) -> None:
        with self.told(self._clear):
            self.draft.stop()
            if change["name"] == "practice":
                self.query, self.patient = "", ""
            self._read()

    def _keeps_draft(self) -> bool:
        if self.draft.dirty:
            self.say(f"The draft of {self.patient} was changed; save or discard it first.", PROBLEM)
        return self.draft.dirty

    def _pages(self) -> dict[str, Callable[[], Html]]:
        plan = self.plan
        return {
            "plan": lambda: sheet.plan_page(plan, self.version), "goals": lambda: sheet.goals_page(plan, self.version),
            "changes": lambda: changes_page(plan, self.compared, self.version),
            "contacts": lambda: sheet.contacts(plan),
            "history": lambda: sheet.history_page(reading.plan_history(self.store, plan), plan.practice.time_zone),
        }  # fmt: skip

    def _clear(self) -> None:
        self.practice_read = None
        self._clear_plan()

    def _clear_plan(self) -> None:
        self.draft.stop()
        self.patient = ""
        self._show(None)

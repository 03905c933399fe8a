"""What the requirements say of every patient on one day, before it is put in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from .conflicts import enrolled_elsewhere
from .eligibility import conditions, consent, coverage
from .eligibility.conditions import chronic_conditions
from .eligibility.consent import chosen_consents
from .eligibility.initiating_visit import visited
from .facts import MonthFacts
from .month import Month
from .panel import NEVER, Panel, day_number, instants
from .problem import NotInForce
from .requirement import Question, Requirement, spread
from .rulebook import Rules
from .screen_visit import last_qualifying, last_visit, recent

PROGRAM = "ccm"
#: How many different chronic diseases care management is for (rulebook E1).
ENOUGH = 2


@dataclass(frozen=True)
class ScreenDay:
    """The answers of one day; arrays have one value per patient, in the panel's order."""

    question: Question
    on: dt.date

    @classmethod
    def of(cls, facts: MonthFacts | dict[str, pd.DataFrame], rules: Rules, on: dt.date) -> ScreenDay:
        """The day `on` of `facts`; consents given later are not yet known then."""
        month = Month(f"{on:%Y-%m}")
        if not rules.rows("requirements", program=PROGRAM) or rules.month != month:
            raise NotInForce(f"The rules in hand do not cover {on}; ask for a day in a month the rulebook covers.")
        facts = MonthFacts.of(month, facts) if isinstance(facts, dict) else facts
        panel = Panel(facts, month, on)
        given = panel.local_day(instants(facts.consents.given_at), panel.number(facts.consents))
        facts = replace(facts, consents=facts.consents[given <= day_number(on)].reset_index(drop=True))
        return cls(Question(Panel(facts, month, on), rules, PROGRAM), on)

    #: See ``ENOUGH``.
    enough = ENOUGH

    @property
    def panel(self) -> Panel:
        """The patients."""
        return self.question.panel

    @cached_property
    def today(self) -> int:
        """The day's number."""
        return day_number(self.on)

    @cached_property
    def died(self) -> np.ndarray:
        """The local day of a death that has happened, else NEVER."""
        day = self.panel.local_day(self.panel.died, np.arange(self.panel.size))
        return np.where(day <= self.today, day, NEVER)

    @cached_property
    def dead(self) -> np.ndarray:
        """Who died on the day or before."""
        return self.died != NEVER

    @cached_property
    def found(self) -> pd.DataFrame:
        """The conditions in force, see ``chronic_conditions``."""
        return chronic_conditions(self.panel, self.question.rules)

    @cached_property
    def chronic(self) -> pd.DataFrame:
        """The chronic disease groups in force: patient and group, each pair once."""
        pairs = self.found[self.found.chronic.astype(bool)][["patient", "group"]].drop_duplicates()
        return pairs.sort_values(["patient", "group"], ignore_index=True)

    @cached_property
    def groups(self) -> np.ndarray:
        """How many chronic disease groups."""
        return np.bincount(self.chronic.patient, minlength=self.panel.size)

    @cached_property
    def group_names(self) -> np.ndarray:
        """The disease groups, ``;`` between."""
        return joined(self.chronic.group, self.chronic.patient, self.panel.size, ";")

    @cached_property
    def unknown_codes(self) -> np.ndarray:
        """ICD-10-CM codes that no row of the rule data knows: a person looks, nothing is denied."""
        codes = self.found[self.found.unknown.astype(bool)][["patient", "code"]]
        codes = codes.drop_duplicates().sort_values(["patient", "code"])
        return joined(codes.code, codes.patient, self.panel.size, ", ")

    @cached_property
    def coded(self) -> np.ndarray:
        """Whether the ICD-10-CM codes alone meet the requirement of the conditions."""
        return ~np.logical_or.reduce([each.patients for each in self.conditions.unmet])

    @cached_property
    def conditions(self) -> Requirement:
        """The conditions as a claim needs them."""
        return conditions(self.question)

    @cached_property
    def coverage(self) -> Requirement:
        """Medicare on the day."""
        return coverage(self.question)

    @cached_property
    def part_b(self) -> np.ndarray:
        """Part B, and no Medicare Advantage plan."""
        return ~self.coverage.unmet[0].patients

    @cached_property
    def elsewhere(self) -> Requirement:
        """Care management of another practice."""
        return enrolled_elsewhere(self.question)

    @cached_property
    def eligible(self) -> np.ndarray:
        """Alive, two or more diseases, Part B, with nobody else."""
        return ~self.dead & (self.groups >= ENOUGH) & self.part_b & ~self.elsewhere.unmet[0].patients

    @cached_property
    def consent(self) -> Requirement:
        """The consent on file."""
        return consent(self.question)

    @cached_property
    def withdrawn(self) -> np.ndarray:
        """The last local day on which one of the patient's consents is withdrawn; NEVER while one stands."""
        given = chosen_consents(self.question)
        day = pd.Series(self.panel.local_day(given.revoked.to_numpy(), given.patient.to_numpy()))
        last = day.groupby(given.patient.to_numpy()).max()
        return spread(self.panel.size, last.index.to_numpy(np.int64), last.to_numpy(), NEVER)

    @cached_property
    def enrolled(self) -> np.ndarray:
        """Alive with a consent that nobody withdrew by the end of the day."""
        return self.consent.judged & (self.withdrawn > self.today) & ~self.dead

    @cached_property
    def start(self) -> np.ndarray:
        """The day on which care management began, or would: that of the consent in force, else this day."""
        given = self.panel.local_day(self.consent.evidence["given_at"], np.arange(self.panel.size))
        return np.where(self.enrolled & (given != NEVER), given, self.today)

    @cached_property
    def unseen(self) -> np.ndarray:
        """Who lacks the initiating visit in the year before the start."""
        return visited(self.question, self.start, np.ones(self.panel.size, bool)).unmet[0].patients

    @cached_property
    def last_visit(self) -> np.ndarray:
        """The day of the last visit of any code by the day, NEVER without one."""
        return last_visit(self.question, self.today)

    @cached_property
    def visit_qualifies(self) -> np.ndarray:
        """Who has a visit with a qualifying code within the year."""
        return recent(last_qualifying(self.question, self.today), self.question, self.today) != NEVER

    @cached_property
    def seen(self) -> np.ndarray:
        """The last visit within the year, one with a qualifying code before all others."""
        best = np.where(self.visit_qualifies, last_qualifying(self.question, self.today), self.last_visit)
        return recent(best, self.question, self.today)


def joined(words: pd.Series, patient: pd.Series, size: int, between: str) -> np.ndarray:
    """The words of each patient in one text."""
    texts = np.full(size, "", object)
    for number, some in words.groupby(patient):
        texts[number] = between.join(some)
    return texts

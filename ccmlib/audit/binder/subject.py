"""What a binder is about: one patient's month in one program, as a close decided it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ... import wording
from ...close import MonthClose
from ...evidence import local_time
from ...explain import Explanation, explain
from ...facts import MonthFacts
from ...month import zone
from ...problem import Problem
from ...program_close import ProgramClose
from ...rulebook import Rules


@dataclass(frozen=True)
class Asked:
    """A requirement as it stands for the patient: the reasons it fails for (with their severity), and its evidence."""

    failed: dict[str, str]
    evidence: dict[str, object]

    def holds(self) -> bool:
        """Whether a failure keeps the claim back."""
        return "hold" in self.failed.values()


@dataclass(frozen=True)
class Subject:
    """A patient's month: `patient` is the row in the panel, `payment` what was paid (see ``binder``) or None."""

    close: MonthClose
    program: ProgramClose
    patient: int
    close_hash: str
    payment: pd.DataFrame | None = None

    @property
    def facts(self) -> MonthFacts:
        """The facts of the month."""
        return self.close.panel.facts

    @property
    def rules(self) -> Rules:
        """The rules of the month."""
        return self.close.rules

    @cached_property
    def person(self) -> pd.Series:
        """The patient's row."""
        return self.close.panel.patients.iloc[self.patient]

    @cached_property
    def practice(self) -> pd.Series:
        """The practice's row."""
        return self.facts.practices.iloc[self.close.panel.practice[self.patient]]

    @cached_property
    def practitioner(self) -> pd.Series:
        """The billing practitioner's row."""
        return self.facts.staff.iloc[self.close.panel.practitioner[self.patient]]

    @cached_property
    def explanation(self) -> Explanation:
        """Why the program is billed or not."""
        number = next(n for n, each in enumerate(self.close.programs) if each is self.program)
        return explain(self.close, self.person.patient_id)[number]

    @cached_property
    def lines(self) -> pd.DataFrame:
        """The claim lines of the patient in the program."""
        lines = self.close.claim_lines
        return lines[(lines.patient_id == self.person.patient_id) & (lines.program == self.program.question.program)]

    def rows(self, table: str) -> pd.DataFrame:
        """The patient's rows of a table of the facts."""
        rows = getattr(self.facts, table)
        return rows[(rows.patient_id == self.person.patient_id).to_numpy(bool)]

    def asked(self, name: str) -> Asked:
        """The requirement called `name`; Problem when the program does not ask for it."""
        found = [each for each in self.program.requirements if each.name == name]
        if not found:
            raise Problem(
                f"{self.program.question.program} does not ask for {name}; mend the checklist in binder.toml."
            )
        failed = {unmet.reason: unmet.severity for unmet in found[0].unmet if unmet.patients[self.patient]}
        return Asked(failed, {key: np.asarray(values)[self.patient] for key, values in found[0].evidence.items()})

    def at(self, instant: pd.Timestamp) -> str:
        """A local moment in words, "" when there is none."""
        return "" if pd.isna(instant) else wording.moment(instant.tz_convert(zone(self.practice.time_zone)))

    def at_second(self, second: int) -> dt.datetime:
        """A UTC second on the practice's clock."""
        return local_time(second, self.patient, self.close.panel)

    def staff(self, staff_id: object) -> str:
        """A staff member as a reader needs it: ``Calvin Kestrel, RN (S03)``; "" when nobody is named."""
        if pd.isna(staff_id) or staff_id == "":
            return ""
        found = self.facts.staff[self.facts.staff.staff_id == staff_id]
        if found.empty:
            return str(staff_id)
        who = found.iloc[0]
        title = who.credentials if not pd.isna(who.credentials) else wording.words(who.role)
        return f"{who['name']}, {title} ({staff_id})"


def text(value: object) -> str:
    """A value of the facts as text, "" when it is absent."""
    return "" if pd.isna(value) else str(value)


def name_of(person: pd.Series) -> str:
    """``Kingfisher, Beatrice``, or the id where no name is on file."""
    return ", ".join(part for part in (text(person.family_name), text(person.given_name)) if part) or person.patient_id


def called(person: pd.Series) -> str:
    """``Beatrice Kingfisher``, or the id where no name is on file."""
    return " ".join(part for part in (text(person.given_name), text(person.family_name)) if part) or person.patient_id


def first_upper(words: str) -> str:
    """`words` with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def day(value: pd.Timestamp) -> str:
    """A date in words, "" when there is none."""
    return "" if pd.isna(value) else wording.date(value.date())

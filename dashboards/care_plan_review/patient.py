"""One patient's plan as it was read: its versions, the one shown, its elements and goals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd

from ccmlib.care_plan.elements import Element, elements
from ccmlib.care_plan.goals import Goal, goals
from ccmlib.care_plan.item import PlanItem, items_of
from ccmlib.month import zone
from ccmlib.problem import Problem

from .practice import Practice


class PatientPlan:
    """The plan of one patient of a practice. Raises Problem when the patient is not one of the practice's."""

    def __init__(self, practice: Practice, patient_id: str):
        if patient_id not in practice.patients:
            raise Problem("This patient is not one of the practice's; choose one of the list.")
        self.practice, self.patient_id, self.row = practice, patient_id, practice.patients[patient_id]
        #: Every version of the plan, oldest first.
        self.plans = practice.versions.get(patient_id, [])

    @property
    def findings(self) -> list[object]:
        """What is open, in the order in which it is worked on."""
        return self.practice.findings.get(self.patient_id, [])

    @property
    def enrolled(self) -> bool:
        """Whether the patient is asked about at all."""
        return self.patient_id in self.practice.queue.enrolled

    @property
    def counts(self) -> object | None:
        """The version that counts."""
        return _last(each for each in self.plans if each.counts)

    @property
    def waits(self) -> object | None:
        """The version that waits for an approval."""
        return _last(each for each in self.plans if each.waits)

    @property
    def basis(self) -> object | None:
        """The version that an edit starts from: the newest one, a retired one last."""
        return _last(each for each in self.plans if each.status != "retired") or _last(self.plans)

    @property
    def newest(self) -> str:
        """The care_plan_id to begin with: what waits, else what counts, else the newest; "" without a plan."""
        first = self.waits or self.counts or self.basis
        return first.care_plan_id if first is not None else ""

    def version(self, care_plan_id: str) -> object | None:
        """One version, None when the patient has no such one."""
        return _last(each for each in self.plans if each.care_plan_id == care_plan_id)

    def before(self, care_plan_id: str) -> str:
        """The version to compare one with: the one that counts, else the one before it; "" when there is none."""
        if self.counts is not None and self.counts.care_plan_id != care_plan_id:
            return self.counts.care_plan_id
        older = [each.care_plan_id for each in self.plans]
        at = older.index(care_plan_id) if care_plan_id in older else 0
        return older[at - 1] if at else ""

    def items(self, care_plan_id: str) -> list[PlanItem]:
        """The items of one version."""
        return items_of(self.practice.facts.care_plan_items, care_plan_id)

    def elements(self, care_plan_id: str) -> list[Element]:
        """The twelve elements of one version."""
        return elements(self.items(care_plan_id))

    def goals(self, care_plan_id: str) -> list[Goal]:
        """The goals of one version with their progress."""
        measures, version = self.practice.facts.measures, self.version(care_plan_id)
        own = measures[measures.patient_id == self.patient_id]
        own = own.assign(measured_at=own.measured_at.dt.tz_convert(zone(self.practice.time_zone)))
        approved = version.approved_at if version is not None else pd.NaT
        since = None if pd.isna(approved) else approved.to_pydatetime()
        return goals(self.items(care_plan_id), own, since, self.practice.now, self.practice.today)

    def unlinked(self) -> pd.DataFrame:
        """The patient's entries of the month that tie back to nothing."""
        found = self.practice.queue.unlinked
        return found[found.patient_id == self.patient_id].sort_values("started_at")

    def staff_name(self, staff_id: object) -> str:
        """The name of a member of staff, the id when nobody has it, "" when none is named."""
        if pd.isna(staff_id):
            return ""
        staff = self.practice.facts.staff
        found = staff["name"][staff.staff_id == staff_id]
        return found.iloc[0] if len(found) else str(staff_id)

    @property
    def small_print(self) -> str:
        """Name, age and sex; what is not known is left out."""
        return small_print(self.row, self.practice.today)


def small_print(row: object, day: dt.date) -> str:
    """Name, age on `day` and sex of a row of ``patients``; what is not known is left out."""
    name = " ".join(part for part in (_text(row.given_name), _text(row.family_name)) if part)
    return ", ".join(part for part in (name, _age(row.birth_date, day), _text(row.sex)) if part)


def _age(born: pd.Timestamp, day: dt.date) -> str:
    return "" if pd.isna(born) else str(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _last(rows: Iterable[object]) -> object | None:
    return next(iter(list(rows)[::-1]), None)

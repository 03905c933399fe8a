"""One practice as it was read: its facts and the review queue on them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ccmlib.care_plan.local import local_day
from ccmlib.care_plan.queue import Queue
from ccmlib.facts import MonthFacts
from ccmlib.month import zone


@dataclass(frozen=True)
class Practice:
    """One practice as known when it was read: its facts, the review queue on them, and the instant of reading."""

    practice_id: str
    facts: MonthFacts
    queue: Queue
    now: dt.datetime

    @property
    def time_zone(self) -> str:
        """The practice's time zone."""
        return self.facts.practices.time_zone.iloc[0]

    def local(self, instant: dt.datetime) -> dt.datetime:
        """An instant as the practice's clock shows it."""
        return instant.astimezone(zone(self.time_zone))

    @property
    def today(self) -> dt.date:
        """The day of reading, there."""
        return local_day(self.now, self.time_zone)

    @cached_property
    def patients(self) -> dict[str, object]:
        """The rows of ``patients`` by patient_id."""
        return {row.patient_id: row for row in self.facts.patients.itertuples()}

    @cached_property
    def findings(self) -> dict[str, list[object]]:
        """What is open, by patient_id, in the order in which it is worked on."""
        return by_patient(self.queue.findings)

    @cached_property
    def versions(self) -> dict[str, list[object]]:
        """Every version of the plan by patient_id, oldest first."""
        return by_patient(self.queue.plans)

    @cached_property
    def elements(self) -> dict[str, int]:
        """How many of the twelve elements each version speaks of, by care_plan_id."""
        return self.facts.care_plan_items.groupby("care_plan_id").element.nunique().to_dict()


def by_patient(frame: pd.DataFrame) -> dict[str, list[object]]:
    """The rows of a frame, as named tuples, by patient_id."""
    found: dict[str, list[object]] = {}
    for row in frame.itertuples(index=False):
        found.setdefault(row.patient_id, []).append(row)
    return found

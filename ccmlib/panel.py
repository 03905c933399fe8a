"""The panel: a practice's patients in order, numbered, each with the month in the practice's own time zone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from .facts import MonthFacts
from .ids import alphabetical, known, positions
from .month import Month, months_before
from .once import Once

#: An instant or a day that never comes.
NEVER = np.iinfo(np.int64).max
DAY = 86_400
EPOCH = dt.date(1970, 1, 1)


def instants(values: pd.Series) -> np.ndarray:
    """UTC seconds (int64); an absent instant is NEVER."""
    seconds = values.array.asi8
    return np.where(seconds == np.iinfo(np.int64).min, NEVER, seconds)


def days(values: pd.Series) -> np.ndarray:
    """Days since 1970-01-01 (int64) of a column of dates; an absent date is NEVER."""
    seconds = instants(values)
    return np.where(seconds == NEVER, NEVER, seconds // DAY)


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def date_of(number: int) -> dt.date:
    """The date of a day number."""
    return EPOCH + dt.timedelta(days=int(number))


def earlier_days(numbers: np.ndarray, months: int) -> np.ndarray:
    """The day so many months before each day number."""
    distinct, inverse = np.unique(numbers, return_inverse=True)
    return np.array([day_number(months_before(date_of(n), months)) for n in distinct], np.int64)[inverse]


@dataclass(frozen=True)
class Panel(Once):
    """The patients of a month's facts in the order of every result: by practice, then patient.

    Everything patient-level is an array with one value per row of `patients`. With `on` the panel is
    asked on that day instead of on the month's last one (or the day of death).
    """

    facts: MonthFacts
    month: Month
    on: dt.date | None = None

    @cached_property
    def patients(self) -> pd.DataFrame:
        """The patients, sorted by practice_id and patient_id."""
        patients = self.facts.patients
        return patients.take(alphabetical(patients, ["practice_id", "patient_id"])).reset_index(drop=True)

    @cached_property
    def size(self) -> int:
        """How many patients there are."""
        return len(self.patients)

    @cached_property
    def practice(self) -> np.ndarray:
        """Row of each patient's practice in ``facts.practices``."""
        return known(positions(self.patients.practice_id, self.facts.practices.practice_id), "practice_id", "patients")

    @cached_property
    def practitioner(self) -> np.ndarray:
        """Row of each patient's billing practitioner in ``facts.staff``."""
        rows = positions(self.patients.billing_staff_id, self.facts.staff.staff_id)
        return known(rows, "billing_staff_id", "patients")

    @cached_property
    def zones(self) -> tuple[np.ndarray, list[str]]:
        """Number of each patient's time zone, and the zones' names."""
        number, names = pd.factorize(self.facts.practices.time_zone)
        return number[self.practice], list(names)

    @cached_property
    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """First second of the month and of the next, per patient (UTC seconds)."""
        number, names = self.zones
        edges = np.array([self.month.bounds(zone) for zone in names], np.int64).reshape(-1, 2)[number]
        return edges[:, 0].copy(), edges[:, 1].copy()

    @cached_property
    def origin(self) -> int:
        """The second from which the packed time line counts: the earliest of all month beginnings."""
        return int(self.bounds[0].min()) if self.size else 0

    @cached_property
    def died(self) -> np.ndarray:
        """UTC second of death per patient, NEVER for the living."""
        return instants(self.patients.died_at)

    @cached_property
    def day_asked(self) -> np.ndarray:
        """The day on which coverage and conditions are asked: the month's last, or the day of death."""
        day = day_number(self.on or self.month.last)
        return np.minimum(day, self.local_day(self.died, np.arange(self.size)))

    @cached_property
    def _rows(self) -> dict[str, np.ndarray]:
        return {}

    def patient_of(self, table: str) -> np.ndarray:
        """Row in `patients` of each row's patient in a table of the facts, mapped once a table."""
        if table not in self._rows:
            self._rows[table] = self.number(getattr(self.facts, table))
        return self._rows[table]

    def number(self, frame: pd.DataFrame) -> np.ndarray:
        """Row in `patients` of each row's patient; a patient nobody knows is a Problem."""
        return known(positions(frame.patient_id, self.patients.patient_id), "patient_id", "facts")

    def in_month(self, seconds: np.ndarray, patient: np.ndarray) -> np.ndarray:
        """Which instants lie in the month where the patient's practice is (bool)."""
        first, last = self.bounds
        return (seconds >= first[patient]) & (seconds < last[patient])

    def local(self, seconds: np.ndarray, patient: np.ndarray) -> np.ndarray:
        """Each instant as the wall clock at the patient's practice shows it, in seconds; NEVER stays NEVER."""
        result = np.full(len(seconds), NEVER)
        number, names = self.zones
        number, there = number[patient], seconds != NEVER
        for zone, name in enumerate(names):
            rows = np.flatnonzero((number == zone) & there)
            local = pd.DatetimeIndex(seconds[rows].view("M8[s]"), tz="UTC").tz_convert(name).tz_localize(None)
            result[rows] = local.as_unit("s").asi8
        return result

    def local_day(self, seconds: np.ndarray, patient: np.ndarray) -> np.ndarray:
        """Day number of each instant in the zone of the patient's practice; NEVER stays NEVER."""
        local = self.local(seconds, patient)
        return np.where(local == NEVER, NEVER, local // DAY)

    def has(self, patient: np.ndarray) -> np.ndarray:
        """Which patients occur among `patient` (bool per patient)."""
        found = np.zeros(self.size, bool)
        found[patient] = True
        return found

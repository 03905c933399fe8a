"""The panel: a practice's patients in order, numbered, each with the month in the practice's own time zone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .facts import MonthFacts
from .month import Month, a_year_before
from .problem import Problem

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


def positions(values: pd.Series, known: pd.Series | list) -> np.ndarray:
    """Position in `known` of each value (int64), -1 where it is absent there."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return np.append(positions(values.cat.categories.to_series(), known), -1)[values.cat.codes.to_numpy()]
    found = pc.index_in(pa.array(values, pa.string()), value_set=pa.array(known, pa.string()))
    return found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)


def year_before(numbers: np.ndarray) -> np.ndarray:
    """The day one calendar year before each day number."""
    distinct, inverse = np.unique(numbers, return_inverse=True)
    return np.array([day_number(a_year_before(date_of(n))) for n in distinct], np.int64)[inverse]


@dataclass(frozen=True)
class Panel:
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
        return self.facts.patients.sort_values(["practice_id", "patient_id"], ignore_index=True)

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
    def bounds(self) -> tuple[np.ndarray, np.ndarray]:
        """First second of the month and of the next, per patient (UTC seconds)."""
        edges = np.array([self.month.bounds(zone) for zone in self.facts.practices.time_zone], np.int64).reshape(-1, 2)
        return edges[self.practice, 0], edges[self.practice, 1]

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

    def number(self, frame: pd.DataFrame) -> np.ndarray:
        """Row in `patients` of each row's patient; a patient nobody knows is a Problem."""
        return known(positions(frame.patient_id, self.patients.patient_id), "patient_id", "facts")

    def local_day(self, seconds: np.ndarray, patient: np.ndarray) -> np.ndarray:
        """Day number of each instant in the zone of the patient's practice; NEVER stays NEVER."""
        result = np.full(len(seconds), NEVER)
        zones = self.facts.practices.time_zone.to_numpy()[self.practice[patient]]
        for zone in pd.unique(zones):
            rows = np.flatnonzero((zones == zone) & (seconds != NEVER))
            local = pd.DatetimeIndex(seconds[rows].view("M8[s]"), tz="UTC").tz_convert(zone).tz_localize(None)
            result[rows] = local.as_unit("s").asi8 // DAY
        return result

    def has(self, patient: np.ndarray) -> np.ndarray:
        """Which patients occur among `patient` (bool per patient)."""
        found = np.zeros(self.size, bool)
        found[patient] = True
        return found


def known(rows: np.ndarray, column: str, table: str) -> np.ndarray:
    """`rows`, or a Problem when one of them points to nothing."""
    if (rows < 0).any():
        raise Problem(f"{table}: row {int(np.argmax(rows < 0)) + 1} has a {column} that no table knows; import it first.")
    return rows

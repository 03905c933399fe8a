"""Inside one writing transaction: a patient's chart as it stands, and what is appended to it in the user's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count

import pandas as pd

from .. import wording
from ..access.session import Session, require
from ..care_plan.local import local_day
from ..care_plan.people import only_oneself
from ..facts import PRACTITIONER_ROLES, TABLES
from ..month import zone
from ..problem import Problem
from ..store import Connection, Engine, engine, read, write
from ..store.schema import FACTS
from .fact import practice_of


@dataclass(frozen=True)
class Chart:
    """A patient within a transaction that is alone in writing; what it appends is in the user's name."""

    connection: Connection
    session: Session
    patient_id: str
    practice_id: str
    now: dt.datetime

    @cached_property
    def patient(self) -> pd.Series:
        """The patient's row."""
        return self.rows("patients").iloc[0]

    @cached_property
    def time_zone(self) -> str:
        """The practice's time zone."""
        practices = read.practices(self.connection)
        return practices.time_zone[practices.practice_id == self.practice_id].iloc[0]

    @cached_property
    def staff(self) -> pd.DataFrame:
        """The members of the practice who are at work on the day of `now`."""
        today = local_day(self.now, self.time_zone)
        return at_work(read.table_now(self.connection, "staff"), self.practice_id, today)

    @property
    def second(self) -> int:
        """`now` as a UTC second."""
        return int(self.now.timestamp())

    def rows(self, table: str) -> pd.DataFrame:
        """The patient's rows of a table, as known now."""
        return read.table_now(self.connection, table, None, FACTS[table].c.patient_id == self.patient_id)

    def append(self, table: str, rows: list[dict]) -> None:
        """Append facts as known from `now` on."""
        frame = pd.DataFrame(rows, columns=TABLES[table].names)
        write.append(self.connection, table, frame, self.second, self.session.user)

    def unused(self, table: str, made: str) -> str:
        """`made`, or with a number behind it when the table has a fact of that id."""
        key = FACTS[table].c[TABLES[table].key[0]]
        alike = key.startswith(made, autoescape=True)
        known = set(read.table_now(self.connection, table, None, alike)[key.name])
        return next(each for each in chain([made], (f"{made}-{n}" for n in count(2))) if each not in known)

    def stamp(self, instant: dt.datetime) -> str:
        """An instant of the practice's clock as part of an id."""
        return f"{self.patient_id}-{instant.astimezone(zone(self.time_zone)):%y%m%d%H%M%S}"

    def told(self, instant: dt.datetime) -> str:
        """An instant in words, as the practice's clock shows it."""
        return wording.moment(instant.astimezone(zone(self.time_zone)))

    def refuse_future(self, instant: dt.datetime, what: str) -> None:
        """Raise Problem when an instant has not come yet."""
        if instant > self.now:
            raise Problem(f"{what} cannot lie ahead: {self.told(instant)} has not come yet. Check day and time.")

    def member(self, staff_id: str) -> pd.Series:
        """The member of the practice for whom the user may sign. Raises Problem for anybody else."""
        found = self.staff[self.staff.staff_id == staff_id]
        if found.empty:
            raise Problem(
                f"{staff_id or 'Nobody'} does not work for practice {self.practice_id} today; choose who does."
            )
        if staff_id not in set(only_oneself(self.staff, self.session.user).staff_id):
            raise Problem(f"You are signed in as {self.session.user} and cannot sign for {staff_id}.")
        return found.iloc[0]

    def colleague(self, staff_id: str) -> pd.Series:
        """A member of the practice who is at work, whoever the user is."""
        found = self.staff[self.staff.staff_id == staff_id]
        if found.empty:
            raise Problem(
                f"{staff_id or 'Nobody'} does not work for practice {self.practice_id} today; choose who does."
            )
        return found.iloc[0]


def at_work(staff: pd.DataFrame, practice_id: str, day: dt.date) -> pd.DataFrame:
    """The members of a practice who are at work on `day`."""
    on = pd.Timestamp(day)
    return staff[(staff.practice_id == practice_id) & ~(staff.active_from > on) & ~(staff.active_until < on)]


def practitioners(staff: pd.DataFrame) -> pd.DataFrame:
    """Those of `staff` to whom a consent may be given."""
    return staff[staff.role.isin(PRACTITIONER_ROLES)]


@contextmanager
def chart(store: Engine, session: Session, action: str, patient_id: str, now: dt.datetime) -> Iterator[Chart]:
    """The chart of one patient for one act. Raises Refused when the user may not do `action` in the practice."""
    with engine.writing(store) as connection:
        practice_id = practice_of(connection, patient_id)
        require(session, action, practice_id)
        yield Chart(connection, session, patient_id, practice_id, now.replace(microsecond=0))


def text(value: object) -> str:
    """A cell's text, empty where it is absent."""
    return value if isinstance(value, str) else ""

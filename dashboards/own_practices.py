"""The store as a session's user may see it: only the practices they work for, and their people."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from ccmlib.access.session import Session
from ccmlib.acts.chart import at_work
from ccmlib.desk.day import Day
from ccmlib.desk.read import DeskFacts
from ccmlib.problem import Problem
from ccmlib.store import engine, migrate, read


class OwnPractices:
    """The store, and which practices of it the user works for."""

    def __init__(self, session: Session):
        self.session = session

    @cached_property
    def store(self):
        """The store of the session. Raises Problem when it cannot be opened."""
        store = engine.open(self.session.database)
        migrate.require_current(store)
        return store

    def practices(self) -> list[tuple[str, str]]:
        """Name and id of each practice the user works for. Raises Problem when there is none."""
        with self.store.connect() as connection:
            known = read.practices(connection)
        found = [(row.name, row.practice_id) for row in known.itertuples() if self.session.works_for(row.practice_id)]
        if not found:
            raise Problem("None of your practices is in the store. The administrator says which you work for.")
        return found


class PracticeToday:
    """What a page of one practice's day knows of its people; `read` and `day` are the page's own."""

    read: DeskFacts
    day: Day

    @property
    def facts(self):
        """The facts of the month."""
        return self.read.facts

    @cached_property
    def people(self) -> pd.DataFrame:
        """The patients by id, with `said`: what is searched."""
        return searchable(self.facts.patients)

    @cached_property
    def staff(self) -> pd.DataFrame:
        """Who works for the practice today."""
        return at_work(self.facts.staff, self.facts.practices.practice_id.iloc[0], self.day.today)


def searchable(patients: pd.DataFrame) -> pd.DataFrame:
    """The patients by id, with `said`: what is searched to find one, in lower case."""
    patients = patients.set_index("patient_id", drop=False)
    texts = patients[["patient_id", "medical_record_number", "given_name", "family_name"]].fillna("")
    said = texts.patient_id + " " + texts.medical_record_number + " " + texts.given_name + " " + texts.family_name
    return patients.assign(said=said.str.casefold())


def found(people: pd.DataFrame, query: str) -> list[str]:
    """The ids of the patients whose names or numbers contain `query`."""
    return people.patient_id[people.said.str.contains(query.strip().casefold(), regex=False)].tolist()


def pairs(staff: pd.DataFrame) -> list[tuple[str, str]]:
    """Name with role, and id, of each member."""
    return [(f"{row.name}, {row.role.replace('_', ' ')}", row.staff_id) for row in staff.itertuples(index=False)]

"""Appending one fact in somebody's name: permission first, then one transaction that is alone in writing."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ..access.session import Session, require
from ..facts import TABLES
from ..problem import Problem
from ..store import Connection, Engine, engine, read, write


def append_fact(store: Engine, session: Session, action: str, table: str, row: dict, now: dt.datetime) -> None:
    """Append `row` to `table` as known from `now` on, in the name of the session's user.

    Asks for `action` in the practice of the row's patient; raises Refused when the role or the practice
    does not allow it, and Problem when the patient is unknown. A row whose key exists is a correction.
    """
    with engine.writing(store) as connection:
        require(session, action, practice_of(connection, row["patient_id"]))
        frame = pd.DataFrame([{name: row.get(name) for name in TABLES[table].names}])
        write.append(connection, table, frame, int(now.timestamp()), session.user)


def practice_of(connection: Connection, patient_id: str) -> str:
    """The practice of a patient, as known now."""
    patients = read.table_now(connection, "patients")
    found = patients.practice_id[patients.patient_id == patient_id]
    if found.empty:
        raise Problem(f"No patient {patient_id!r} is known; check the id, or import the patient.")
    return found.iloc[0]

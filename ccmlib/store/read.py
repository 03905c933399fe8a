"""Reading facts as they were known at an instant. The same facts give the same frames, row for row.

A version of a fact is in force at T when it was known by T and no correction of it was. Rows are fetched
through the driver's own cursor, inside the connection's transaction: SQLAlchemy's rows cost four times as much.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd
import sqlalchemy as sa

from ..facts import TABLES, MonthFacts
from ..month import Month
from ..problem import Problem
from .columns import by_key, fetched, frame_of
from .schema import FACTS

EPOCH = dt.datetime.fromtimestamp(0, dt.UTC)


def facts_now(connection: sa.Connection, as_of: dt.datetime | None = None) -> dict[str, pd.DataFrame]:
    """Every fact in force at `as_of` (None: now), as a typed frame sorted by key for each table."""
    return {name: table_now(connection, name, as_of) for name in TABLES}


def table_now(
    connection: sa.Connection, name: str, as_of: dt.datetime | None = None, *where: sa.ColumnElement
) -> pd.DataFrame:
    """One table's facts in force at `as_of` that meet all of `where`, typed and sorted by key."""
    table, columns = TABLES[name], FACTS[name].c
    query = sa.select(*(columns[column] for column in table.names)).where(in_force(name, as_of), *where)
    return frame_of(by_key(fetched(connection.execute(query).cursor, table.columns), table), table)


def practices(connection: sa.Connection, as_of: dt.datetime | None = None) -> pd.DataFrame:
    """The practices in force at `as_of`, sorted by practice_id."""
    return table_now(connection, "practices", as_of)


def practice_ids(connection: sa.Connection, practice_id: str = "") -> list[str]:
    """The ids of all practices, or of the one asked for. Raises Problem when there is none."""
    return _the_practices(practices(connection), practice_id or None)["practice_id"].tolist()


def month_facts(
    connection: sa.Connection, month: Month, as_of: dt.datetime | None = None, practice_id: str | None = None
) -> MonthFacts:
    """What one month needs, as known at `as_of`: of all practices or of one.

    Time entries and readings are those that touch the month in some practice's time zone; of everything
    else, all that is known. For one practice: its patients and what hangs on them. Staff are always all,
    since an entry or a plan may name a member of another practice. Raises Problem when there is no practice.
    """
    conditions = month_conditions(connection, month, as_of, practice_id)
    return MonthFacts.of(
        month, {name: table_now(connection, name, as_of, *where) for name, where in conditions.items()}, as_of
    )


def month_conditions(
    connection: sa.Connection, month: Month, as_of: dt.datetime | None = None, practice_id: str | None = None
) -> dict[str, list[sa.ColumnElement[bool]]]:
    """The conditions on each table's rows that the month needs them, in force or not; see ``month_facts``."""
    start, end = _widest(month, _the_practices(practices(connection, as_of), practice_id))
    return {name: [*_touching(name, start, end), *_of_practice(name, as_of, practice_id)] for name in TABLES}


def in_force(name: str, as_of: dt.datetime | None = None) -> sa.ColumnElement[bool]:
    """The condition on a table's rows that they are in force at `as_of` (None: now)."""
    fact, later = FACTS[name], FACTS[name].alias("later")
    corrected = sa.exists().where(later.c.supersedes == fact.c.fact_id)
    if as_of is None:
        return ~corrected
    second = utc_second(as_of)
    return sa.and_(fact.c.known_at <= second, ~corrected.where(later.c.known_at <= second))


def utc_second(instant: dt.datetime) -> int:
    """The UTC second in which `instant` lies. Raises Problem when it has no offset."""
    if instant.tzinfo is None:
        raise Problem(f"{instant.isoformat()} has no offset; write an instant such as 2026-03-05T09:00:00-05:00.")
    return (instant - EPOCH) // dt.timedelta(seconds=1)


def _the_practices(known: pd.DataFrame, practice_id: str | None) -> pd.DataFrame:
    if known.empty:
        raise Problem("The store knows no practice; bring facts in with `ccm import extract DIR` first.")
    if practice_id is None:
        return known
    found = known[known["practice_id"] == practice_id].reset_index(drop=True)
    if found.empty:
        raise Problem(f"The store knows no practice {practice_id!r}; it knows {', '.join(known['practice_id'][:5])}.")
    return found


def _widest(month: Month, known: pd.DataFrame) -> tuple[int, int]:
    bounds = [month.bounds(time_zone) for time_zone in known["time_zone"].unique()]
    return min(start for start, _ in bounds), max(end for _, end in bounds)


def _touching(name: str, start: int, end: int) -> list[sa.ColumnElement[bool]]:
    columns = FACTS[name].c
    if name == "time_entries":
        return [columns.started_at < end, columns.ended_at >= start]
    if name == "device_readings":
        return [columns.read_at < end, columns.read_at >= start]
    return []


def _of_practice(name: str, as_of: dt.datetime | None, practice_id: str | None) -> list[sa.ColumnElement[bool]]:
    columns, patients, plans = FACTS[name].c, FACTS["patients"], FACTS["care_plans"]
    if practice_id is None or name == "staff":
        return []
    if name in ("practices", "patients"):
        return [columns.practice_id == practice_id]
    ours = sa.select(patients.c.patient_id).where(in_force("patients", as_of), patients.c.practice_id == practice_id)
    if name == "care_plan_items":
        plans = sa.select(plans.c.care_plan_id).where(in_force("care_plans", as_of), plans.c.patient_id.in_(ours))
        return [columns.care_plan_id.in_(plans)]
    return [columns.patient_id.in_(ours)]

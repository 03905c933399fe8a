"""Late facts: what the store learned after a close that touches the month it closed."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import sqlalchemy as sa

from ..facts import TABLES
from ..month import Month
from .read import month_conditions, utc_second
from .schema import FACTS

COLUMNS = ["table_name", "fact_id", "supersedes", "patient_id", "known_at", "known_by", "fact_digest"]


def late_facts(
    connection: sa.Connection, month: Month, after: dt.datetime, until: dt.datetime, practice_id: str
) -> pd.DataFrame:
    """Versions learned after one instant and by another that touch the practice's month, or whose corrected one did.

    One row each: table_name, fact_id, supersedes, patient_id (empty for practices and staff), known_at
    (instant), known_by, fact_digest; by table and fact_id.
    """
    window = utc_second(after), utc_second(until)
    conditions = month_conditions(connection, month, until, practice_id)
    frames = [_of_table(connection, name, window, where) for name, where in conditions.items()]
    found = pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
    return found.assign(known_at=pd.to_datetime(found["known_at"], unit="s", utc=True))


def _of_table(connection: sa.Connection, name: str, window: tuple[int, int], where: list) -> pd.DataFrame:
    fact, later = FACTS[name].c, FACTS[name].alias("later")
    newly = fact.known_at.between(window[0] + 1, window[1])
    corrected = sa.select(later.c.supersedes).where(later.c.known_at.between(window[0] + 1, window[1]))
    touching = sa.select(fact.fact_id).where(sa.or_(newly, fact.fact_id.in_(corrected)), *where)
    touching = set(connection.scalars(touching))
    rows = connection.execute(_versions(name).where(newly).order_by(fact.fact_id)).all()
    return pd.DataFrame([row for row in rows if row.fact_id in touching or row.supersedes in touching], columns=COLUMNS)


def _versions(name: str) -> sa.Select:
    fact = FACTS[name].c
    own = (fact.fact_id, fact.supersedes, _patient(name), fact.known_at, fact.known_by, fact.digest)
    return sa.select(sa.literal(name), *own)


def _patient(name: str) -> sa.ColumnElement[str]:
    if "patient_id" in TABLES[name].names:
        return FACTS[name].c.patient_id
    if name != "care_plan_items":
        return sa.literal("")
    plan = FACTS["care_plans"]
    newest = sa.select(plan.c.patient_id).where(plan.c.care_plan_id == FACTS[name].c.care_plan_id)
    return newest.order_by(plan.c.fact_id.desc()).limit(1).scalar_subquery()

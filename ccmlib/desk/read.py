"""What the care desk reads from the store: a practice's month, last contacts, and one patient's newest facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from ..care_plan.local import local_day
from ..facts import TABLES, MonthFacts, typed
from ..month import Month, midnight
from ..store import Connection, Engine, read
from ..store.contacts import last_contacts, newest_batch
from ..store.schema import FACTS

#: How many months before this one a last contact is looked for.
MONTHS_BACK = 2
#: Large tables that only a patient's page asks for.
LATER = ("care_plan_items", "device_readings", "measures", "transitions")


@dataclass(frozen=True)
class DeskFacts:
    """A practice's month as known when the last batch of facts was `batch`; `contacts`: last live one by patient."""

    facts: MonthFacts
    contacts: pd.Series
    time_zone: str
    batch: int


def read_desk(store: Engine, practice_id: str, now: dt.datetime) -> DeskFacts:
    """The practice's month of `now`. Raises Problem when the practice is unknown.

    What neither the close nor the worklist asks for is left empty until a patient's page does, see ``with_patient``.
    """
    with store.connect() as connection:
        zones = read.practices(connection).set_index("practice_id").time_zone
        read.practice_ids(connection, practice_id)
        today = local_day(now, zones[practice_id])
        facts = _month(connection, Month(f"{today:%Y-%m}"), practice_id)
        since = midnight(_back(today), zones[practice_id])
        contacts = last_contacts(connection, practice_id, since)
        return DeskFacts(facts, contacts, zones[practice_id], newest_batch(connection))


def other_month(store: Engine, month: Month, practice_id: str) -> MonthFacts:
    """The practice's facts of another month."""
    with store.connect() as connection:
        return _month(connection, month, practice_id)


def with_patient(desk: DeskFacts, store: Engine, patient_id: str) -> DeskFacts:
    """The same with one patient's facts as known now; the rest is as it was read before."""
    with store.connect() as connection:
        month = desk.facts.month
        conditions = read.month_conditions(connection, month, None, desk.facts.practices.practice_id.iloc[0])
        frames = {
            name: _renewed(getattr(desk.facts, name), connection, name, patient_id, conditions[name])
            for name, table in TABLES.items() if "patient_id" in table.names
        }  # fmt: skip
        frames["care_plan_items"] = _items(desk.facts, connection, frames["care_plans"], patient_id)
        return replace(desk, facts=replace(desk.facts, **frames), contacts=_contacts(desk, frames, patient_id))


def patient_entries(store: Engine, patient_id: str) -> pd.DataFrame:
    """Every time entry of a patient, newest first."""
    with store.connect() as connection:
        own = FACTS["time_entries"].c.patient_id == patient_id
        entries = read.table_now(connection, "time_entries", None, own)
    return entries.sort_values(["started_at", "entry_id"], ascending=False, ignore_index=True)


def _month(connection: Connection, month: Month, practice_id: str) -> MonthFacts:
    conditions = read.month_conditions(connection, month, None, practice_id)
    wanted = {name: where for name, where in conditions.items() if name not in LATER}
    return MonthFacts.of(
        month, {name: read.table_now(connection, name, None, *where) for name, where in wanted.items()}
    )


def _renewed(frame: pd.DataFrame, connection: Connection, name: str, patient_id: str, conditions: list) -> pd.DataFrame:
    own = FACTS[name].c.patient_id == patient_id
    new = read.table_now(connection, name, None, own, *conditions)
    whole = pd.concat([frame[frame.patient_id != patient_id], new])
    return typed(whole.sort_values(list(TABLES[name].key), kind="stable", ignore_index=True), TABLES[name])


def _items(facts: MonthFacts, connection: Connection, plans: pd.DataFrame, patient_id: str) -> pd.DataFrame:
    theirs = plans.care_plan_id[plans.patient_id == patient_id]
    new = read.table_now(
        connection, "care_plan_items", None, FACTS["care_plan_items"].c.care_plan_id.in_(theirs.tolist())
    )
    kept = facts.care_plan_items[~facts.care_plan_items.care_plan_id.isin(theirs)]
    return typed(pd.concat([kept, new], ignore_index=True), TABLES["care_plan_items"])


def _contacts(desk: DeskFacts, frames: dict[str, pd.DataFrame], patient_id: str) -> pd.Series:
    """The last contacts with those of the patient's month renewed."""
    log = frames["time_entries"]
    last = log.started_at[(log.patient_id == patient_id) & log.live_contact].max()
    before = desk.contacts.get(patient_id, pd.NaT)
    newest = max((each for each in (last, before) if pd.notna(each)), default=pd.NaT)
    others = desk.contacts[desk.contacts.index != patient_id]
    if pd.isna(newest):
        return others
    return pd.concat([others, pd.Series([newest], index=[patient_id], dtype=desk.contacts.dtype)])


def _back(day: dt.date) -> dt.date:
    for _ in range(MONTHS_BACK):
        day = day.replace(day=1) - dt.timedelta(days=1)
    return day.replace(day=1)

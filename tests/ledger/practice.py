"""A small sample practice in a store, its three months closed, and facts that come in late."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ccmlib.month import Month
from ccmlib.sample import sample_practice
from ccmlib.save_close import Saved, close_and_save
from ccmlib.store.engine import writing
from ccmlib.store.write import append

MONTHS = [Month("2026-08"), Month("2026-09"), Month("2026-10")]
#: After the last month's end.
LOADED = int(dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC).timestamp())
HOUR = 3600


def frames(patients: int = 40) -> dict[str, pd.DataFrame]:
    """The facts of the practice by table name."""
    return sample_practice(patients, len(MONTHS), 5, entries_per_patient=3.5)


def at(second: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(second, dt.UTC)


def load(store, facts: dict[str, pd.DataFrame], known_at: int = LOADED, known_by: str = "ann") -> None:
    with writing(store) as connection:
        for name, frame in facts.items():
            append(connection, name, frame, known_at, known_by)


def close(store, month: Month, when: int = LOADED + HOUR, by: str = "bob", practice: str = "") -> list[Saved]:
    return close_and_save(store, month, practice, by, at(when))


def close_all(store) -> list[Saved]:
    return [saved for month in MONTHS for saved in close(store, month)]


def billed_entry(facts: dict[str, pd.DataFrame], saved: Saved) -> pd.Series:
    """A time entry of the first patient billed in a close, in the month of that close."""
    entries = facts["time_entries"]
    month = entries.started_at.dt.strftime("%Y-%m") == saved.close.service_month
    return entries[month & (entries.patient_id == saved.lines.patient_id.iloc[0])].iloc[0]


def correction(facts: dict[str, pd.DataFrame], entry: pd.Series, **values) -> dict[str, pd.DataFrame]:
    """The facts that correct one time entry."""
    rows = facts["time_entries"]
    return {"time_entries": rows[rows.entry_id == entry.entry_id].assign(**values)}

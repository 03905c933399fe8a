"""The facts of an extract as plain Python: a row a tuple, an instant an integer, a patient with all that is theirs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, namedtuple
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pandas as pd

from ccmlib.facts import TABLES, typed

EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Patient:
    """One patient, the practice and practitioner who bill, and the rows of every table that speak of them."""

    row: tuple
    practice: tuple
    billing: tuple
    coverage: list
    conditions: list
    encounters: list
    consents: list
    care_plans: list
    attestations: list
    time_entries: list
    other_services: list


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything of one extract: patients in order, staff by id, and entries by the staff member who made them."""

    patients: list
    staff: dict
    entries_by_staff: dict
    npis_by_practice: dict


OF_A_PATIENT = (
    "coverage", "conditions", "encounters", "consents", "care_plans", "attestations", "time_entries", "other_services",
)  # fmt: skip


def read(frames: dict[str, pd.DataFrame]) -> Extract:
    """The frames of an extract, by table name, as plain rows."""
    practices = {row.practice_id: row for row in rows(frames, "practices")}
    staff = {row.staff_id: row for row in rows(frames, "staff")}
    theirs = {name: grouped(rows(frames, name), "patient_id") for name in OF_A_PATIENT}
    patients = [
        Patient(row, practices[row.practice_id], staff[row.billing_staff_id],
                *(theirs[name].get(row.patient_id, []) for name in OF_A_PATIENT))
        for row in sorted(rows(frames, "patients"), key=lambda row: (row.practice_id, row.patient_id))
    ]  # fmt: skip
    entries = [entry for mine in theirs["time_entries"].values() for entry in mine]
    return Extract(patients, staff, by_start(entries), npis(staff))


def rows(frames: dict[str, pd.DataFrame], table: str) -> list[tuple]:
    """The rows of a table as named tuples: instants in UTC seconds, days as dates, absent text as ""."""
    row = namedtuple(table, TABLES[table].names)
    if table not in frames or frames[table].empty:
        return []
    frame = typed(frames[table], TABLES[table])
    return list(map(row, *(plain(frame[column.name], column.kind) for column in TABLES[table].columns)))


def plain(values: pd.Series, kind: str) -> list:
    """A column as Python values; what is absent is None, or "" for text."""
    if kind == "instant":
        return [None if absent else second for absent, second in zip(values.isna(), seconds_of(values), strict=True)]
    if kind == "date":
        return [None if absent else dt.date.fromordinal(EPOCH + second // 86400)
                for absent, second in zip(values.isna(), seconds_of(values), strict=True)]  # fmt: skip
    if kind in ("boolean", "number", "integer"):
        return values.tolist()
    return values.astype(object).where(values.notna(), "").tolist()


def seconds_of(values: pd.Series) -> list[int]:
    return values.astype("int64").tolist()


def grouped(rows: list[tuple], column: str) -> dict[str, list[tuple]]:
    """Rows by the value of a column, each list in the order of the table."""
    groups = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return dict(groups)


def by_start(entries: list[tuple]) -> dict[str, list[tuple]]:
    """The entries of each staff member, earliest start first."""
    groups = grouped(entries, "staff_id")
    return {staff: sorted(made, key=lambda entry: entry.started_at) for staff, made in groups.items()}


def npis(staff: dict[str, tuple]) -> dict[str, set[str]]:
    """The NPIs of each practice's staff."""
    known = defaultdict(set)
    for person in staff.values():
        if person.npi:
            known[person.practice_id].add(person.npi)
    return known


def local_day(second: int, zone: str) -> dt.date:
    """The calendar day of a UTC second where the practice is."""
    return dt.datetime.fromtimestamp(second, ZoneInfo(zone)).date()

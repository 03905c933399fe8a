"""What a row is called and how long it holds: shared by all checks."""

from __future__ import annotations

import datetime as dt

from ..dated import FOREVER

#: The columns that say what a row is about; two rows equal in them must not hold on the same day.
KEYS = {
    "families": "name", "codes": "code", "policies": "name", "reasons": "name", "requirements": "program name",
    "roles": "name", "activities": "name", "limits": "code", "exclusions": "program code other_code scope",
    "visits": "hcpcs_code", "conditions": "icd10_code match", "snomed_groups": "snomed_code",
    "facility_places": "place_of_service_code", "conversion_factors": "qualifying_apm", "relative_values": "code",
    "gpci": "locality", "national_amounts": "code qualifying_apm",
}  # fmt: skip
ONE_DAY = dt.timedelta(days=1)


def key(table: str, row: dict) -> tuple[str, ...]:
    """What the row is about."""
    return tuple(row[column] for column in KEYS[table].split())


def end(row: dict) -> dt.date:
    """The last day on which the row holds; the last of all days when it is open."""
    return row.get("until") or FOREVER


def called(table: str, row: dict) -> str:
    """The row's name in a finding: its table, its key and the day it begins."""
    return f"{table} {' '.join(filter(None, key(table, row)))} from {row['from']}"


def together(row: dict, other: dict) -> bool:
    """Whether both rows hold on at least one day."""
    return row["from"] <= end(other) and other["from"] <= end(row)


def grouped(table: str, rows: list[dict]) -> dict[tuple[str, ...], list[dict]]:
    """The rows of each key, in the order in which they begin."""
    groups: dict[tuple[str, ...], list[dict]] = {}
    for row in sorted(rows, key=lambda row: row["from"]):
        groups.setdefault(key(table, row), []).append(row)
    return groups

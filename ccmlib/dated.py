"""Rows that hold between two dates: reading them, cutting them to a month, and the digest of them all."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import tomllib
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable

FOREVER = dt.date.max


def shipped_rules() -> Traversable:
    """Where the rule data of this installation lies."""
    return files("ccmlib") / "rules"


def read_toml(path: Traversable) -> dict:
    """A rule file; money and rates come as Decimal, a key written twice is an error."""
    return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)


def read_csv(path: Traversable) -> list[dict]:
    """The rows of a rule table; ``from`` and ``until`` as dates, an empty ``until`` as None."""
    return [_with_dates(row) for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))]


def _with_dates(row: dict) -> dict:
    row["from"] = dt.date.fromisoformat(row["from"])
    row["until"] = dt.date.fromisoformat(row["until"]) if row["until"] else None
    return row


def in_force(row: dict, first: dt.date, last: dt.date) -> bool:
    """Whether `row` holds on at least one day from `first` to `last`."""
    return row["from"] <= last and (row.get("until") or FOREVER) >= first


def during(rows: list[dict], first: dt.date, last: dt.date) -> list[dict]:
    """The rows that hold on at least one day from `first` to `last`."""
    return [row for row in rows if in_force(row, first, last)]


def digest(place: Traversable) -> str:
    """SHA-256 over every rule file's name and bytes: equal digests mean equal rules."""
    return files_digest(place, (".toml", ".csv"))


def files_digest(place: Traversable, endings: tuple[str, ...]) -> str:
    """SHA-256 over the names and bytes of all files below `place` with these endings; line ends do not matter."""
    total = hashlib.sha256()
    for name, content in sorted(_contents(place, endings)):
        total.update(f"{name} {len(content)}\n".encode() + content)
    return total.hexdigest()


def _contents(place: Traversable, endings: tuple[str, ...], prefix: str = ""):
    for entry in place.iterdir():
        if entry.is_dir():
            yield from _contents(entry, endings, f"{prefix}{entry.name}/")
        elif entry.name.endswith(endings):
            yield prefix + entry.name, entry.read_bytes().replace(b"\r\n", b"\n")

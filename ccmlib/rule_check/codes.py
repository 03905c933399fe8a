"""Codes: whole months, a base for every add-on, one base and one add-on a family, no cap above the unit limit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..month import Month
from ..rulebook import Rulebook
from .row import called, end, together


def border_inside_month(book: Rulebook) -> Iterator[str]:
    """A version that begins or ends inside a month, which is billed as a whole."""
    for row in book.tables["codes"]:
        if row["from"].day != 1 or (row.get("until") and row["until"] != Month(f"{row['until']:%Y-%m}").last):
            yield f"{called('codes', row)} must begin on the first and end on the last day of a month."


def unknown_family(book: Rulebook) -> Iterator[str]:
    """A code of a family that nobody describes at that time."""
    for row in book.tables["codes"]:
        if row.get("family") and not any(_covers(family, row) for family in _named(book, row["family"])):
            yield f"{called('codes', row)} belongs to the family {row['family']!r}, which does not hold all that time."


def add_on_without_base(book: Rulebook) -> Iterator[str]:
    """An add-on whose base is not in force all the time, or belongs to another family."""
    for row in book.tables["codes"]:
        base = row.get("add_on_to")
        if base and not any(_is_base(other, base, row) for other in book.tables["codes"]):
            yield f"{called('codes', row)} is added to {base}, which is not in force in its family all that time."


def two_codes_in_one_place(book: Rulebook) -> Iterator[str]:
    """Two base codes, or two add-ons, of one family in force together."""
    timed = [row for row in book.tables["codes"] if row.get("family")]
    for row, other in combinations(timed, 2):
        if _place(row) == _place(other) and row["code"] != other["code"] and together(row, other):
            yield f"{called('codes', row)} and code {other['code']} have one place in the family {row['family']!r}."


def cap_over_limit(book: Rulebook) -> Iterator[str]:
    """More units a month than Medicare's unit limit for one date."""
    for row in book.tables["codes"]:
        for limit in book.tables["limits"]:
            if limit["code"] == row["code"] and together(limit, row) and row.get("max_units", 0) > limit["units"]:
                yield f"{called('codes', row)} allows {row['max_units']} units; the unit limit is {limit['units']}."


def without_block(book: Rulebook) -> Iterator[str]:
    """A code of a family that says not how many minutes make a unit."""
    for row in book.tables["codes"]:
        if row.get("family") and row.get("minutes", 0) <= 0:
            yield f"{called('codes', row)} belongs to a family and must say how many minutes make a unit."


def _named(book: Rulebook, name: str) -> list[dict]:
    return [row for row in book.tables["families"] if row["name"] == name]


def _covers(row: dict, other: dict) -> bool:
    return row["from"] <= other["from"] and end(row) >= end(other)


def _is_base(row: dict, base: str, add_on: dict) -> bool:
    return row["code"] == base and row.get("family") == add_on.get("family") and _covers(row, add_on)


def _place(row: dict) -> tuple[str, bool]:
    return row["family"], bool(row.get("add_on_to"))

"""Rows follow one another without overlap, and rates without gap; a rate always ends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..rulebook import Rulebook
from .row import KEYS, ONE_DAY, called, end, grouped

RATES = ("conversion_factors", "relative_values", "gpci", "national_amounts")


def ends_before_it_begins(book: Rulebook) -> Iterator[str]:
    """A row whose last day lies before its first."""
    for table in KEYS:
        for row in book.tables[table]:
            if end(row) < row["from"]:
                yield f"{called(table, row)} ends on {row['until']}, before it begins."


def overlap(book: Rulebook) -> Iterator[str]:
    """Two rows about the same thing that hold on the same day."""
    for table in KEYS:
        for rows in _by_key(table, book.tables[table]).values():
            for before, after in pairwise(rows):
                if end(before) >= after["from"]:
                    yield f"{called(table, after)} begins before the row from {before['from']} ends."


def rate_without_end(book: Rulebook) -> Iterator[str]:
    """A rate that would price later years too."""
    for table in RATES:
        for row in book.tables[table]:
            if not row["until"]:
                yield f"{called(table, row)} has no end; a rate must end, so that no year is priced by the last one's."


def rate_gap(book: Rulebook) -> Iterator[str]:
    """Days between two rates of the same code, locality or factor that none of them covers."""
    for table in ("conversion_factors", "relative_values", "gpci"):
        for rows in _by_key(table, book.tables[table]).values():
            for before, after in pairwise(rows):
                if before["until"] and before["until"] + ONE_DAY < after["from"]:
                    yield f"{called(table, after)} leaves a gap after {before['until']}."


def code_without_rate(book: Rulebook) -> Iterator[str]:
    """A code in force in the years that are priced, on days that no relative values cover."""
    factors, rates = book.tables["conversion_factors"], grouped("relative_values", book.tables["relative_values"])
    first, last = min(row["from"] for row in factors), max(map(end, factors))
    for (code,), versions in grouped("codes", book.tables["codes"]).items():
        begins, ends = max(versions[0]["from"], first), min(max(map(end, versions)), last)
        priced = rates.get((code,), [])
        if begins <= ends and not (priced and priced[0]["from"] <= begins and end(priced[-1]) >= ends):
            yield f"Code {code} is in force from {begins} to {ends}, but its relative values do not cover that time."


def _by_key(table: str, rows: list[dict]) -> dict[tuple[str, ...], list[dict]]:
    """Rows by key; a conversion factor for "any" stands in both lists, of those who are and are not in an APM."""
    if table != "conversion_factors":
        return grouped(table, rows)
    either = [row | {"qualifying_apm": who} for row in rows for who in ("true", "false") if _is_for(row, who)]
    return grouped(table, either)


def _is_for(row: dict, who: str) -> bool:
    return row["qualifying_apm"] in ("any", who)

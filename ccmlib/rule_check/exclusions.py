"""Exclusions use known words, and name codes and reasons that exist."""

from __future__ import annotations

from collections.abc import Iterator

from ..rulebook import Rulebook
from .row import called

WORDS = {
    "scope": ("service_date", "practitioner_month", "patient_month"), "outcome": ("hold", "review"),
    "elsewhere": ("hold", "review", "allow"), "denied": ("ours", "theirs"),
}  # fmt: skip


def unknown_word(book: Rulebook) -> Iterator[str]:
    """A scope, an outcome or a denied side that is not one of the known ones."""
    for row in book.tables["exclusions"]:
        for column, words in WORDS.items():
            if row[column] not in words:
                yield f"{called('exclusions', row)} has {column} {row[column]!r}; write one of {', '.join(words)}."


def unknown_code(book: Rulebook) -> Iterator[str]:
    """A row for a code that can never be claimed: its family's program must be the row's."""
    programs = {row["name"]: row["program"] for row in book.tables["families"]}
    claimed = {(programs.get(row.get("family")), row["code"]) for row in book.tables["codes"]}
    for row in book.tables["exclusions"]:
        if row["code"] and (row["program"], row["code"]) not in claimed:
            yield f"{called('exclusions', row)} is about a code that {row['program']} does not bill."


def unknown_reason(book: Rulebook) -> Iterator[str]:
    """A reason that reasons.toml does not explain."""
    known = {row["name"] for row in book.tables["reasons"]}
    for row in book.tables["exclusions"]:
        if row["reason"] not in known:
            yield f"{called('exclusions', row)} gives the reason {row['reason']!r}; reasons.toml has no such."

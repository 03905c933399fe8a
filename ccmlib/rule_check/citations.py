"""Every row names a known source and says how far it is to be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..rulebook import Rulebook
from .row import KEYS, called

#: V read in the source; V2 read second-hand; R recalled; D our own choice.
GRADES = ("V", "V2", "R", "D")


def unknown_source(book: Rulebook) -> Iterator[str]:
    """A row that cites nothing, or a source that sources.toml does not name."""
    known = {row["name"] for row in book.tables["sources"]}
    for table, row in _rows(book):
        if row.get("source") not in known:
            yield f"{called(table, row)} cites the source {row.get('source')!r}, which sources.toml does not name."


def unknown_trust(book: Rulebook) -> Iterator[str]:
    """A row whose grade of trust is missing or not one of the four."""
    for table, row in _rows(book):
        if row.get("trust") not in GRADES:
            yield f"{called(table, row)} is graded {row.get('trust')!r}; write one of {', '.join(GRADES)}."


def source_named_twice(book: Rulebook) -> Iterator[str]:
    """Two sources of one name."""
    names = Counter(row["name"] for row in book.tables["sources"])
    return (f"sources.toml names {name!r} {count} times." for name, count in names.items() if count > 1)


def _rows(book: Rulebook) -> Iterator[tuple[str, dict]]:
    return ((table, row) for table in KEYS for row in book.tables[table])

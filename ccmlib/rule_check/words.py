"""The closed vocabularies of the facts, and those of the rules, agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..facts import CLINICAL_STAFF_ROLES, COUNTED_ACTIVITIES, PRACTITIONER_ROLES, PROGRAMS, UNCOUNTED_ACTIVITIES
from ..minutes import FATES
from ..review import REASONS
from ..rulebook import Rulebook

CLOCKS = {"practitioner": PRACTITIONER_ROLES, "clinical_staff": CLINICAL_STAFF_ROLES, "none": ("administrative",)}


def roles(book: Rulebook) -> Iterator[str]:
    """Roles of staff that feed another clock than their kind, or none."""
    for clock, names in CLOCKS.items():
        found = {row["name"] for row in book.tables["roles"] if row["clock"] == clock}
        yield from _differ(f"Roles whose clock is {clock!r}", names, found)


def activities(book: Rulebook) -> Iterator[str]:
    """Activities that are counted though the facts say not, or the other way."""
    for counted, names in ((True, COUNTED_ACTIVITIES), (False, UNCOUNTED_ACTIVITIES)):
        found = {row["name"] for row in book.tables["activities"] if row["counted"] is counted}
        yield from _differ("Activities that count" if counted else "Activities that do not count", names, found)


def reasons(book: Rulebook) -> Iterator[str]:
    """Reasons that the close gives and reasons.toml does not explain."""
    known = {row["name"] for row in book.tables["reasons"]}
    asked = {reason for row in book.tables["requirements"] for reason in row["reasons"]}
    for reason in sorted((asked | set(FATES[1:]) | set(REASONS.values())) - known):
        yield f"The reason {reason!r} is given but not explained in reasons.toml."


def requirements(book: Rulebook) -> Iterator[str]:
    """Requirements of a program that no family bills."""
    known = {row["program"] for row in book.tables["families"]}
    for row in book.tables["requirements"]:
        if row["program"] not in known:
            yield f"The requirement {row['name']!r} is of the program {row['program']!r}, which no family bills."


def families(book: Rulebook) -> Iterator[str]:
    """Families with an unknown program, clock or way to be chosen."""
    known = {"program": PROGRAMS, "clock": ("pool", "practitioner"), "chosen": ("attested", "amount")}
    for row in book.tables["families"]:
        for column, words in known.items():
            if row[column] not in words:
                yield f"The family {row['name']!r} has {column} {row[column]!r}; write one of {', '.join(words)}."


def _differ(what: str, expected: Iterable[str], found: set[str]) -> Iterator[str]:
    if missing := sorted(set(expected) - found):
        yield f"{what} lack {', '.join(missing)}."
    if strange := sorted(found - set(expected)):
        yield f"{what} have {', '.join(strange)}, which the facts do not know so."

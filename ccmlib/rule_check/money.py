"""The fee formula must give the published national amounts to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..fees import NATIONAL, unit_amount
from ..rulebook import Rulebook
from .row import called, together


def not_the_published_amount(book: Rulebook) -> Iterator[str]:
    """A published amount that relative values times the factor of its days do not give."""
    for row in book.tables["national_amounts"]:
        for place, facility in (("nonfacility", False), ("facility", True)):
            if row[f"{place}_cents"]:
                yield from _differs(book, row, place, facility)


def _differs(book: Rulebook, row: dict, place: str, facility: bool) -> Iterator[str]:
    published, computed = Decimal(row[f"{place}_cents"]) / 100, _computed(book, row, facility)
    if computed != {published}:
        found = " and ".join(f"${amount}" for amount in sorted(computed)) or "nothing"
        yield f"{called('national_amounts', row)} publishes ${published} ({place}); the rates give {found}."


def _computed(book: Rulebook, row: dict, facility: bool) -> set[Decimal]:
    """The amounts of all the rates that hold on some day of the published one."""
    who = ("any", row["qualifying_apm"])
    factors = [factor for factor in book.tables["conversion_factors"] if factor["qualifying_apm"] in who]
    values = [value for value in book.tables["relative_values"] if value["code"] == row["code"]]
    return {
        unit_amount(value, NATIONAL, Decimal(factor["factor"]), facility)
        for value in values if together(value, row) for factor in factors if together(factor, row)
    }  # fmt: skip

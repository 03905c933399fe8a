"""One code on one day, in a few lines: what `ccm rules show` prints."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ..dated import during
from ..fees import NATIONAL, unit_amount
from ..problem import NotInForce, Problem
from ..rulebook import Rulebook
from .words import GRADES


def rule_lines(book: Rulebook, code: str, date: dt.date) -> list[str]:
    """Label, family, minutes, caps, rates, exclusions and source of `code` on `date`.

    Raises Problem when the rules do not know the code, NotInForce when it is not in force that day.
    """
    row = _in_force(book, code, date)
    return [
        f"{code}: {row['label']}", _family(book, row), _units(row), _limit(book, code, date), *_rates(book, code, date),
        _exclusions(book, row, date), f"In force from {row['from']} {_until(row)}.", *_source(book, row),
    ]  # fmt: skip


def _in_force(book: Rulebook, code: str, date: dt.date) -> dict:
    versions = [row for row in book.tables["codes"] if row["code"] == code]
    if not versions:
        known = ", ".join(sorted({row["code"] for row in book.tables["codes"]}))
        raise Problem(f"The rules do not know the code {code!r}; they know {known}.")
    for row in during(versions, date, date):
        return row
    dates = " and ".join(f"from {row['from']} {_until(row)}" for row in versions)
    raise NotInForce(f"Code {code} is not in force on {date}; it is {dates}.")


def _until(row: dict) -> str:
    return f"to {row['until']}" if row.get("until") else "on"


def _family(book: Rulebook, row: dict) -> str:
    if not row.get("family"):
        return "Belongs to no family: the month's close never claims it."
    program = next(family["program"] for family in book.tables["families"] if family["name"] == row["family"])
    added = f", added to {row['add_on_to']}" if row.get("add_on_to") else ", the base code"
    return f"Family {row['family']} of the program {program}{added}."


def _units(row: dict) -> str:
    if not row.get("minutes"):
        return "Not timed."
    most = row.get("max_units") if row.get("add_on_to") else 1
    return f"{row['minutes']} full minutes make a unit; {f'at most {most} a month' if most else 'no cap a month'}."


def _limit(book: Rulebook, code: str, date: dt.date) -> str:
    limits = [row for row in during(book.tables["limits"], date, date) if row["code"] == code]
    words = [f"{row['units']} (indicator {row['indicator']}, {row['source']})" for row in limits]
    return f"Unit limit of one date (MUE): {' '.join(words) or 'none known'}."


def _rates(book: Rulebook, code: str, date: dt.date) -> list[str]:
    values = [row for row in during(book.tables["relative_values"], date, date) if row["code"] == code]
    factors = during(book.tables["conversion_factors"], date, date)
    lines = [_rate(value, factor, date) for value in values for factor in factors]
    return lines or [f"No rate is in force on {date}; the rates cover {book.span}."]


def _rate(value: dict, factor: dict, date: dt.date) -> str:
    office, facility = (unit_amount(value, NATIONAL, Decimal(factor["factor"]), place) for place in (False, True))
    who = {"true": ", qualifying APM participant", "false": ", not a qualifying APM participant"}
    return (
        f"National rate on {date}{who.get(factor['qualifying_apm'], '')}: ${office} office, ${facility} facility"
        f" ({value['source']}, factor {factor['factor']} {factor['source']})."
    )


def _exclusions(book: Rulebook, row: dict, date: dt.date) -> str:
    """Rows for this code, for any code of its program, and those that name it as the other one."""
    programs = {family["name"]: family["program"] for family in book.tables["families"]}
    ours = ((programs.get(row.get("family")), ""), (programs.get(row.get("family")), row["code"]))
    rows = during(book.tables["exclusions"], date, date)
    found = {other["other_code"] for other in rows if (other["program"], other["code"]) in ours}
    found |= {other["code"] or other["program"] for other in rows if other["other_code"] == row["code"]}
    return f"Not paid beside it, or only under review: {len(found - {row['code']})} other codes or programs."


def _source(book: Rulebook, row: dict) -> list[str]:
    source = next(source for source in book.tables["sources"] if source["name"] == row["source"])
    return [
        f"Source: {source['title']}, {source['publisher']}, {source['dated']} ({source['where']}).",
        f"Trust {row['trust']}: {GRADES[row['trust']]}.",
    ]

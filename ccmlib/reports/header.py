"""The head of a report: whose month it is, of which facts, under which rules."""

from __future__ import annotations

import datetime as dt

from .. import wording
from ..close import MonthClose
from .markup import element, joined
from .section import Section

#: How much of a digest is enough to tell two apart by eye.
SHORT = 12


def header(close: MonthClose, title: str) -> Section:
    """The title, practice, month, the instant as of which facts are taken, and the digest of the rules."""
    facts = {
        "Practice": practices(close), "Month": month_name(close), "Facts": as_of(close.panel.facts.as_of),
        "Patients on file": f"{close.panel.size:,}", "Rules": close.rules.digest[:SHORT],
    }  # fmt: skip
    pairs = (element("div", joined([element("dt", name), element("dd", value)])) for name, value in facts.items())
    body = joined([element("h1", f"{title}, {month_name(close)}"), element("dl", joined(pairs))], "\n")
    return Section(
        f"{title}, {practices(close)}, {month_name(close)}", (element("header", body, "masthead"),), lead=False
    )


def practices(close: MonthClose) -> str:
    """The practice's name, or how many there are."""
    names = close.panel.facts.practices.name
    return names.iloc[0] if len(names) == 1 else wording.times(len(names), "practice")


def month_name(close: MonthClose) -> str:
    """The month, such as ``October 2026``."""
    return f"{close.panel.month.first:%B %Y}"


def as_of(instant: dt.datetime | None) -> str:
    """As of when the facts are taken."""
    return f"as known {wording.moment(instant.astimezone(dt.UTC))} UTC" if instant else "all that is known"

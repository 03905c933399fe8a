"""A month for audit tests: a worked case's context with a log of one's own."""

from __future__ import annotations

import pandas as pd

from ccmlib.close import MonthClose, close_month
from ccmlib.facts import MonthFacts
from ccmlib.month import Month
from ccmlib.rulebook import Rulebook, Rules

from ..case import case_frames

BOOK = Rulebook.load()
MONTH = "2026-03"


def month(*log: dict, **said) -> tuple[MonthFacts, Rules]:
    """Facts and rules of a case; p1 has hypertension and diabetes, and all that a claim asks for."""
    named = said.pop("month", MONTH)
    frames, _ = case_frames({"month": named, "log": list(log), **said})
    return MonthFacts.of(Month(named), frames), BOOK.on(Month(named))


def with_entries(facts: MonthFacts, **columns: list) -> MonthFacts:
    """`facts` with columns of the time entries replaced."""
    frames = facts.frames() | {"time_entries": facts.time_entries.assign(**columns)}
    return MonthFacts.of(facts.month, frames)


def with_table(facts: MonthFacts, name: str, rows: list[dict] | pd.DataFrame) -> MonthFacts:
    """`facts` with one table replaced."""
    return MonthFacts.of(facts.month, facts.frames() | {name: pd.DataFrame(rows)})


def closed(*log: dict, **said) -> MonthClose:
    """The decision of such a month."""
    return close_month(*month(*log, **said))

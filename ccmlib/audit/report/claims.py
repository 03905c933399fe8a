"""The claim lines and reviews that an audit is about: closed months of a store, or the sample practice's."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ...closed_month import closed_month
from ...month import Month
from ...problem import Problem
from ...reports import month_report
from ...store import engine as stores

#: Months in one frame at most: the look-back of an overpayment is six years.
MOST_MONTHS = 72


@dataclass(frozen=True)
class Claims:
    """`lines` has the contract's columns of claim_lines, `holds` those of holds and service_month."""

    months: list[Month]
    lines: pd.DataFrame
    holds: pd.DataFrame


def claims_of(since: str, month: str, practice: str = "", database: str = "") -> Claims:
    """The claims from `since` (empty: `month` alone) to `month`.

    With a `database` the months as closed in the ledger, so what was billed; without one the sample practice's months
    as they would be closed. Raises Problem for a month that is not closed, or a span that is none.
    """
    months = months_between(since or month, month)
    found = (
        _closed(months, practice, database)
        if database
        else [month_report(str(each), practice).close for each in months]
    )
    holds = [each.holds.assign(service_month=str(month)) for each, month in zip(found, months, strict=True)]
    lines = pd.concat([each.claim_lines for each in found], ignore_index=True)
    return Claims(months, lines, pd.concat(holds, ignore_index=True))


def months_between(first: str, last: str) -> list[Month]:
    """The months from `first` to `last`, both included."""
    months, end = [Month(first)], Month(last)
    while months[-1] < end and len(months) <= MOST_MONTHS:
        months.append(months[-1].next)
    if months[-1] != end or len(months) > MOST_MONTHS:
        raise Problem(
            f"{first} to {last} is no span of months; begin at {last} or up to {MOST_MONTHS - 1} months before."
        )
    return months


def _closed(months: list[Month], practice: str, database: str) -> list:
    engine = stores.open(database)
    try:
        return [closed_month(engine, month, practice) for month in months]
    finally:
        engine.dispose()

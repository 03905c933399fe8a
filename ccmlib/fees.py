"""What a code is paid: relative values x practice cost x conversion factor, in Decimal, to the cent.

Source: the physician fee schedule formula (rulebook 7.1); the unit amount is rounded half up, then a
practitioner's lower share of it, then it is multiplied by the units (contract, section 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

from .dated import during
from .panel import date_of, day_number
from .problem import NotInForce
from .rulebook import Rules

CENT = Decimal("0.01")
NATIONAL = {"locality": "national", "work": "1", "pe": "1", "mp": "1"}


def half_up(cents: Decimal) -> int:
    """Whole cents, a half cent upward."""
    return int(cents.quantize(Decimal(1), ROUND_HALF_UP))


def unit_amount(relative_value: dict, gpci: dict, factor: Decimal, facility: bool) -> Decimal:
    """Dollars of one unit, to the cent."""
    expense = relative_value["pe_facility" if facility else "pe_nonfacility"]
    parts = ((relative_value["work"], gpci["work"]), (expense, gpci["pe"]), (relative_value["mp"], gpci["mp"]))
    total = sum(Decimal(value) * Decimal(index) for value, index in parts)
    return (total * factor).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Prices:
    """The price list of a month; `cents` prices whole columns at once."""

    rules: Rules

    def cents(self, code: str, payees: pd.DataFrame, day: np.ndarray) -> np.ndarray:
        """Allowed cents of one unit of `code` (int64) for each row of `payees` on each day number.

        `payees` has columns locality, facility, qualifying_apm and paid_percent; see ``payees``.
        """
        table = payees.assign(span=np.searchsorted(self._changes, day, side="right"))
        keys, group = _groups(table)
        return np.array([self._unit_cents(code, *key) for key in keys], np.int64)[group]

    @property
    def _changes(self) -> list[int]:
        """Day numbers inside the month on which some rate changes."""
        tables = ("conversion_factors", "relative_values", "gpci")
        first = day_number(self.rules.month.first)
        starts = {day_number(row["from"]) for table in tables for row in self.rules.tables[table]}
        return sorted(start for start in starts if start > first)

    def _unit_cents(self, code: str, locality: str, facility: bool, apm: bool, percent: int, span: int) -> int:
        day = date_of(([day_number(self.rules.month.first)] + self._changes)[span])
        amount = self.amount(code, locality, facility, apm, day)
        return half_up(amount * 100 * percent / 100)

    def amount(self, code: str, locality: str, facility: bool, qualifying_apm: bool, day) -> Decimal:
        """Dollars of one unit on `day`, before a practitioner's lower share; NotInForce when a rate is missing."""
        value = self._row("relative_values", day, f"relative values for {code}", code=code)
        gpci = self._row("gpci", day, f"cost indices for locality {locality}", locality=locality) if locality else NATIONAL
        return unit_amount(value, gpci, self._factor(day, qualifying_apm), facility)

    def _factor(self, day, qualifying_apm: bool) -> Decimal:
        wanted = ("any", "true" if qualifying_apm else "false")
        rows = [row for row in self.rules.tables["conversion_factors"] if row["qualifying_apm"] in wanted]
        return Decimal(self._first(rows, day, "conversion factor")["factor"])

    def _row(self, table: str, day, what: str, **where: str) -> dict:
        return self._first(self.rules.rows(table, **where), day, what)

    def _first(self, rows: list[dict], day, what: str) -> dict:
        for row in during(rows, day, day):
            return row
        raise NotInForce(f"No {what} on {day:%Y-%m-%d}; the fee data has no row for it, so nothing is priced.")


def _groups(table: pd.DataFrame) -> tuple[list[tuple], np.ndarray]:
    """Distinct rows of `table` as tuples, and the number of each row's tuple."""
    codes = [pd.factorize(table[name]) for name in table]
    packed = np.zeros(len(table), np.int64)
    for numbers, values in codes:
        packed = packed * max(len(values), 1) + numbers
    _, first, group = np.unique(packed, return_index=True, return_inverse=True)
    return list(table.iloc[first].itertuples(index=False, name=None)), group

"""What a code is paid: relative values x practice cost x conversion factor, in Decimal, to the cent.

Source: the physician fee schedule formula (rulebook 7.1); the unit amount is rounded half up, then a
practitioner's lower share of it, then it is multiplied by the units (contract, section 2).
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

import numpy as np

from .dated import during
from .panel import date_of, day_number
from .payees import Payee, Payees
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


class Prices:
    """The price list of a month; `cents` prices whole columns at once. Every price is worked out once."""

    def __init__(self, rules: Rules):
        self.rules = rules
        self._unit_cents: dict[tuple[str, Payee, int], int] = {}

    def cents(self, code: str, payees: Payees, day: np.ndarray) -> np.ndarray:
        """Allowed cents of one unit of `code` (int64) for each of `payees` on each day number."""
        spans = len(self._starts)
        cell = payees.number * spans + np.searchsorted(self._starts[1:], day, side="right")
        price = np.zeros(len(payees.kinds) * spans, np.int64)
        for number in np.flatnonzero(np.bincount(cell)):  # a rate that nobody needs may be missing
            price[number] = self._of_unit(code, payees.kinds[number // spans], self._starts[number % spans])
        return price[cell]

    @cached_property
    def _starts(self) -> np.ndarray:
        """Day numbers from which rates hold: the month's first day, and those inside it on which some rate changes."""
        tables = ("conversion_factors", "relative_values", "gpci")
        first = day_number(self.rules.month.first)
        starts = {day_number(row["from"]) for table in tables for row in self.rules.tables[table]}
        return np.array([first, *sorted(start for start in starts if start > first)])

    def _of_unit(self, code: str, payee: Payee, start: int) -> int:
        if (code, payee, start) not in self._unit_cents:
            amount = self.amount(code, payee.locality, payee.facility, payee.qualifying_apm, date_of(start))
            self._unit_cents[code, payee, start] = half_up(amount * 100 * payee.paid_percent / 100)
        return self._unit_cents[code, payee, start]

    def amount(self, code: str, locality: str, facility: bool, qualifying_apm: bool, day) -> Decimal:
        """Dollars of one unit on `day`, before a practitioner's lower share; NotInForce when a rate is missing."""
        value = self._row("relative_values", day, f"relative values for {code}", code=code)
        gpci = self._gpci(day, locality) if locality else NATIONAL
        return unit_amount(value, gpci, self._factor(day, qualifying_apm), facility)

    def _gpci(self, day: dt.date, locality: str) -> dict:
        return self._row("gpci", day, f"cost indices for locality {locality}", locality=locality)

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


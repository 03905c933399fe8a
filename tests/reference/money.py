"""What Medicare allows for a line, in whole cents."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from . import rules
from .practice import Patient


def line_amounts(code: str, units: int, day: dt.date, patient: Patient) -> tuple[int, int, int]:
    """(allowed, coinsurance, Medicare's share) in cents of `units` of `code` on `day`."""
    practice, billing = patient.practice, patient.billing
    facility = practice.setting == "facility" or practice.place_of_service_code in rules.FACILITY_PLACES
    reduced = billing.role in rules.PAID_AT_85_PERCENT
    allowed = units * unit_cents(code, day, practice.medicare_locality, facility, reduced, billing.qualifying_apm)
    coinsurance = half_up(Decimal(allowed) * 20 / 100)
    return allowed, coinsurance, allowed - coinsurance


@cache
def unit_cents(code: str, day: dt.date, locality: str, facility: bool, reduced: bool, qualifying: bool) -> int:
    """One unit of `code`: rounded to cents, and then its 85% where the practitioner is paid so."""
    work, outside, inside, malpractice = map(Decimal, rules.UNITS[day.year, code])
    indices = rules.LOCALITIES[day.year, locality] if locality else ("1", "1", "1")
    work_index, expense_index, malpractice_index = map(Decimal, indices)
    expense = inside if facility else outside
    value = work * work_index + expense * expense_index + malpractice * malpractice_index
    cents = half_up(value * rules.conversion_factor(day, qualifying) * 100)
    return half_up(Decimal(cents) * 85 / 100) if reduced else cents


def half_up(amount: Decimal) -> int:
    """The nearest whole number; a half goes up."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))

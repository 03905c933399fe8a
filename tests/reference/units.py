"""From counted seconds to codes and units: three families that exclude each other, and which one is billed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from . import rules
from .money import line_amounts
from .requirements import Case
from .seconds import clock


@dataclass(frozen=True, slots=True)
class Bill:
    """One family's claim for the month: lines (code, units, seconds), their day, and what of the pool is left."""

    family: str
    lines: list
    day: dt.date
    pool: list
    claimed: int
    over_cap: int

    def allowed(self, case: Case) -> int:
        """The whole amount allowed, in cents."""
        return sum(line_amounts(code, units, self.day, case.patient)[0] for code, units, _ in self.lines)


def best_bill(case: Case, counted: list) -> Bill | None:
    """Complex care when it is attested and reached; else whichever clock pays more, staff in a tie."""
    year = case.month.first.year
    own = [piece for piece in counted if clock(piece[2], case.extract.staff) == "practitioner"]
    if is_complex(case) and length(counted) >= rules.COMPLEX_SECONDS:
        return bill(case, "complex", counted, rules.COMPLEX_BASE, rules.COMPLEX_SECONDS,
                    rules.COMPLEX_ADD_ON, rules.COMPLEX_BLOCK, None)  # fmt: skip
    staff = bill(case, "staff", counted, rules.STAFF_BASE, rules.STAFF_SECONDS,
                 rules.staff_add_on(year), rules.STAFF_BLOCK, rules.STAFF_CAP)  # fmt: skip
    practitioner = bill(case, "practitioner", own, rules.PRACTITIONER_BASE, rules.PRACTITIONER_SECONDS,
                        rules.practitioner_add_on(year), rules.PRACTITIONER_BLOCK, rules.PRACTITIONER_CAP)  # fmt: skip
    if staff is None or practitioner is None:
        return staff or practitioner
    return practitioner if practitioner.allowed(case) > staff.allowed(case) else staff


def is_complex(case: Case) -> bool:
    """Whether a practitioner attested moderate or high complexity for this month."""
    return any(row.level in rules.COMPLEX_LEVELS for row in attested(case))


def attested(case: Case) -> list:
    """The complexity that practitioners attested for this month."""
    return [
        row
        for row in case.patient.attestations
        if row.kind == "mdm"
        and row.service_month == case.month.text
        and case.extract.staff[row.staff_id].role in rules.PRACTITIONERS
    ]


def bill(case: Case, family: str, pool: list, base: str, threshold: int, add_on: str | None, block: int,
         cap: int | None) -> Bill | None:  # fmt: skip
    """The claim of one family from its pool of seconds; None below the base code's threshold."""
    seconds = length(pool)
    if seconds < threshold:
        return None
    blocks = (seconds - threshold) // block if add_on else 0
    units = blocks if cap is None else min(cap, blocks)
    lines = [(base, 1, threshold)] + ([(add_on, units, units * block)] if units else [])
    day = case.day(second_number(pool, threshold))
    return Bill(family, lines, day, pool, threshold + units * block, (blocks - units) * block)


def length(pieces: list) -> int:
    """Seconds in pieces (start, end, entry)."""
    return sum(end - start for start, end, _ in pieces)


def second_number(pieces: list, number: int) -> int:
    """The UTC second that is the `number`-th of the pieces."""
    for start, end, _ in pieces:
        if number <= end - start:
            return start + number - 1
        number -= end - start
    raise LookupError("the pool is shorter than that")


def claimed_by_clock(bill: Bill, staff: dict) -> dict[str, int]:
    """Seconds claimed on each clock: the pool is used up in order of time."""
    left, used = bill.claimed, {}
    for start, end, entry in bill.pool:
        taken = min(left, end - start)
        used[clock(entry, staff)] = used.get(clock(entry, staff), 0) + taken
        left -= taken
    return used

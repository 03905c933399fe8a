"""What is billed all the same, but a person should look at."""

from __future__ import annotations

from . import rules
from .requirements import Case, shares_date
from .units import Bill, attested, length


def reviews(case: Case, counted: list, bill: Bill) -> dict[str, int]:
    """Seconds concerned, by reason, of a patient whose month is billed."""
    visit_days = {case.day(visit.started_at) for visit in case.patient.encounters
                  if visit.kind == "visit" and visit.hcpcs_code}  # fmt: skip
    signs = {
        "late_entry": is_late,
        "imputed_time": lambda entry: entry.source == "imputed",
        "heaping": is_heaped,
        "vague_note": lambda entry: len(entry.note) < rules.SHORTEST_NOTE,
        "day_of_visit": lambda entry: (
            bool(visit_days) and case.day(max(entry.started_at, case.window.start)) in visit_days
        ),
        "activity_not_counted": lambda entry: entry.activity in rules.DEBATED_ACTIVITIES,
    }
    found = {reason: length([piece for piece in counted if sign(piece[2])]) for reason, sign in signs.items()}
    found["complex_candidate"] = length(counted) if is_complex_candidate(case, counted, bill) else 0
    found["mue_exceeded"] = seconds_above_edit(bill)
    return {reason: seconds for reason, seconds in found.items() if seconds}


def is_late(entry: tuple) -> bool:
    """Written down more than a week after the work."""
    return entry.recorded_at is not None and entry.recorded_at - entry.ended_at > rules.LATE_AFTER


def is_heaped(entry: tuple) -> bool:
    """Typed in, and exactly a multiple of the usual twenty minutes."""
    return entry.source in ("manual", "imported") and (entry.ended_at - entry.started_at) % rules.HEAP == 0


def is_complex_candidate(case: Case, counted: list, bill: Bill) -> bool:
    """Time enough for complex care, billed as staff time, where complexity was not asked or time is left over."""
    if bill.family != "staff" or length(counted) < rules.COMPLEX_SECONDS:
        return False
    return not attested(case) or bill.over_cap > 0


def needs_modifier(case: Case, bill: Bill) -> bool:
    """Whether an office visit of the same practitioner on the service date of complex care needs modifier 25."""
    return bill.family == "complex" and shares_date(case, bill.day, rules.OFFICE_VISITS)


def seconds_above_edit(bill: Bill) -> int:
    """Seconds of the units above the unit edit of the only add-on without a cap."""
    units = sum(units for code, units, _ in bill.lines if code == rules.COMPLEX_ADD_ON)
    return max(0, units - rules.COMPLEX_ADD_ON_EDIT) * rules.COMPLEX_BLOCK

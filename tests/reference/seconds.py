"""Which second counts, for one patient and one program: every second of every entry has exactly one fate.

The patient's time is cut at every instant where anything begins or ends; between two cuts nothing
changes, so one look at each piece decides all its seconds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, pairwise

from . import rules
from .consent import Consent, consent_of
from .practice import Extract, Patient

STAYS = {"inpatient", "snf_part_a"}
NEVER = 1 << 60


@dataclass(frozen=True, slots=True)
class Window:
    """The month [start, end), and what of it the patient's own life shuts out.

    A death before the month, and a month spent wholly in a facility, are held as such: they shut no second.
    """

    start: int
    end: int
    died_at: int | None
    consent: Consent
    stays: list
    whole_month_in_stay: bool

    def shut(self, second: int) -> str | None:
        """Why nothing can count at `second`, or None."""
        if self.died_at is not None and self.start <= self.died_at <= second:
            return "after_death"
        return self.consent.outside(second) or ("during_stay" if self.in_stay(second) else None)

    def in_stay(self, second: int) -> bool:
        alive = self.died_at is None or second < self.died_at
        return alive and not self.whole_month_in_stay and any(start <= second < end for start, end in self.stays)

    def edges(self) -> list[int]:
        """The instants at which the answer can change."""
        death = [] if self.died_at is None else [self.died_at]
        return [*death, *self.consent.edges(), *(edge for stay in self.stays for edge in stay)]


def window_of(patient: Patient, program: str, start: int, end: int, staff: dict) -> Window:
    """The patient's window of the month [start, end) for `program`."""
    stays = stays_of(patient)
    died_at = patient.row.died_at
    lived_until = end if died_at is None else min(end, died_at)
    consent = consent_of(patient, program, start, end, staff)
    return Window(start, end, died_at, consent, stays, is_filled(start, lived_until, stays))


def is_filled(start: int, end: int, stays: list[tuple[int, int]]) -> bool:
    """Whether the stays, one after another, leave no second of [start, end) free; an empty span is not filled."""
    reached = start
    for admitted, discharged in sorted(stays):
        if admitted <= reached:
            reached = max(reached, discharged)
    return start < end <= reached


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of the logged seconds: held by reason, or counted in pieces (start, end, entry) in order of time."""

    logged: Counter
    held: Counter
    counted: list


def stays_of(patient: Patient) -> list[tuple[int, int]]:
    """Inpatient and Part A nursing stays; one without an end still lasts."""
    return [
        (stay.started_at, NEVER if stay.ended_at is None else stay.ended_at)
        for stay in patient.encounters
        if stay.kind in STAYS
    ]


def touches(entry: tuple, start: int, end: int) -> bool:
    """Whether the entry has a second in [start, end), or is of no length and lies there."""
    return entry.started_at < end and (
        entry.ended_at > start or (entry.ended_at == entry.started_at and entry.started_at >= start)
    )


def flaw(entry: tuple, staff: dict) -> str | None:
    """Why the whole entry cannot count, or None."""
    if not 0 < entry.ended_at - entry.started_at <= rules.LONGEST_ENTRY:
        return "invalid_time"
    if staff[entry.staff_id].role == "administrative":
        return "not_clinical"
    return None if entry.activity in rules.COUNTED_ACTIVITIES else "activity_not_counted"


def clock(entry: tuple, staff: dict) -> str:
    """Whose clock the entry runs on."""
    role = staff[entry.staff_id].role
    if role in rules.PRACTITIONERS:
        return "practitioner"
    return "none" if role == "administrative" else "clinical_staff"


def fates(patient: Patient, program: str, window: Window, extract: Extract) -> Fates | None:
    """What became of the patient's seconds in `program`; None when nothing was logged in the month."""
    staff, start, end = extract.staff, window.start, window.end
    entries = [entry for entry in patient.time_entries if touches(entry, start, end)]
    ours = [entry for entry in entries if entry.program == program]
    if not ours:
        return None
    logged, held = Counter(), Counter()
    for entry in ours:
        logged[clock(entry, staff)] += length_within(entry, start, end)
        if wrong := flaw(entry, staff):
            held[wrong] += length_within(entry, start, end)
    sound = [entry for entry in entries if not flaw(entry, staff)]
    counted = decide(program, sound, window, extract, held)
    return Fates(logged, held, counted)


def decide(program: str, sound: list, window: Window, extract: Extract, held: Counter) -> list:
    """Pieces that count, in order of time; the seconds that do not are added to `held` by their reason."""
    ours = [entry for entry in sound if entry.program == program]
    others = [entry for entry in sound if entry.program != program]
    elsewhere = {entry.entry_id: elsewhere_of(entry, extract) for entry in ours}
    rank = {entry.entry_id: precedence(entry, extract.staff) for entry in ours}
    counted = []
    rest = chain(others, *elsewhere.values())
    for start, end in pairwise(cuts(chain(ours, rest), window)):
        present = [entry for entry in ours if is_during(entry, start)]
        shut = window.shut(start) if present else None
        rivals = []
        for entry in present:
            reason = shut or clash(start, elsewhere[entry.entry_id], others)
            if reason:
                held[reason] += end - start
            else:
                rivals.append(entry)
        if rivals:
            counted.append((start, end, min(rivals, key=lambda entry: rank[entry.entry_id])))
            if len(rivals) > 1:
                held["same_minute"] += (len(rivals) - 1) * (end - start)
    return counted


def clash(second: int, elsewhere: list, others: list) -> str | None:
    """Whether the staff member was with another patient, or the patient's time was given to another program."""
    if any(is_during(entry, second) for entry in elsewhere):
        return "staff_double_booked"
    return "other_program" if any(is_during(entry, second) for entry in others) else None


def precedence(entry: tuple, staff: dict) -> tuple:
    """Who keeps a shared second: a practitioner, else who began first, ended first, or has the smaller id."""
    return clock(entry, staff) != "practitioner", entry.started_at, entry.ended_at, entry.entry_id


def elsewhere_of(entry: tuple, extract: Extract) -> list[tuple]:
    """Sound entries of the same staff member for other patients that overlap this one, whatever the program."""
    made = extract.entries_by_staff[entry.staff_id]
    first = bisect_left(made, entry.started_at - rules.LONGEST_ENTRY, key=lambda other: other.started_at)
    last = bisect_left(made, entry.ended_at, key=lambda other: other.started_at)
    return [
        other
        for other in made[first:last]
        if other.patient_id != entry.patient_id and other.ended_at > entry.started_at and not flaw(other, extract.staff)
    ]


def cuts(entries: Iterable[tuple], window: Window) -> list[int]:
    """The instants of the month at which anything begins or ends."""
    edges = {edge for entry in entries for edge in (entry.started_at, entry.ended_at)}
    edges.update(window.edges(), (window.start, window.end))
    return sorted(edge for edge in edges if window.start <= edge <= window.end)


def is_during(entry: tuple, second: int) -> bool:
    return entry.started_at <= second < entry.ended_at


def length_within(entry: tuple, start: int, end: int) -> int:
    """Seconds of the entry inside [start, end)."""
    return max(0, min(entry.ended_at, end) - max(entry.started_at, start))

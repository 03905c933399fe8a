"""Which seconds count: the month's entries cut into pieces, each with one fate.

A piece is counted, or is held for exactly one reason; the pieces of an entry cover exactly its seconds
inside the month, so that seconds logged = seconds counted + seconds held, always.
Sources: rulebook section 6 (T1 to T13) and the defaults of contract section 2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from .facts import PROGRAMS
from .intervals import SPAN, cut, segments, shared_between, tangled, union
from .panel import Panel, positions
from .rulebook import Rules

#: What becomes of a second, in the order in which the reasons apply; the number of a fate is its place here.
FATES = (
    "counted", "invalid_time", "not_clinical", "activity_not_counted", "after_death", "before_consent",
    "after_revocation", "during_stay", "staff_double_booked", "other_program", "same_minute",
)  # fmt: skip
COUNTED = 0
FATE = {name: number for number, name in enumerate(FATES)}
CLOCKS = ("clinical_staff", "practitioner", "none")
PRACTITIONER = CLOCKS.index("practitioner")
HOUR = 3600


@dataclass(frozen=True)
class Pieces:
    """Stretches of entries: row of the entry, packed start and end, and fate; arrays of one length."""

    entry: np.ndarray
    start: np.ndarray
    end: np.ndarray
    fate: np.ndarray

    @property
    def seconds(self) -> np.ndarray:
        """Length of each piece."""
        return self.end - self.start

    def take(self, rows: np.ndarray) -> Pieces:
        """The pieces at `rows` (positions or mask)."""
        return Pieces(self.entry[rows], self.start[rows], self.end[rows], self.fate[rows])

    def followed_by(self, other: Pieces) -> Pieces:
        """These pieces and then those."""
        both = zip(vars(self).values(), vars(other).values(), strict=True)
        return Pieces(*(np.concatenate(pair) for pair in both))

    def hold(self, fate: int, regions: tuple[np.ndarray, np.ndarray], shift: np.ndarray | int = 0) -> Pieces:
        """These pieces cut at `regions`; the parts inside get `fate`. `shift` moves them onto the regions' line."""
        row, start, end, inside = cut(self.start + shift, self.end + shift, *regions)
        back = shift[row] if isinstance(shift, np.ndarray) else shift
        return Pieces(self.entry[row], start - back, end - back, np.where(inside, fate, self.fate[row]))


def month_entries(panel: Panel, rules: Rules) -> pd.DataFrame:
    """The entries that touch the month, in order of patient and time, whatever their program.

    Columns: row (in ``facts.time_entries``), patient, staff, program, activity, clock (numbers), start and
    end (UTC seconds, cut to the month), length (seconds of the whole entry), fate (of the whole entry).
    """
    log = panel.facts.time_entries
    patient, start, end = panel.number(log), log.started_at.array.asi8, log.ended_at.array.asi8
    first, last = (edge[patient] for edge in panel.bounds)
    row = np.flatnonzero((start < last) & ((end > first) | ((end == start) & (start >= first))))
    entries = pd.DataFrame({
        "row": row, "patient": patient[row], "start": np.maximum(start, first)[row], "end": np.minimum(end, last)[row],
        "length": (end - start)[row],
    })  # fmt: skip
    return _in_order(_described(entries, panel, rules), log)


def _described(entries: pd.DataFrame, panel: Panel, rules: Rules) -> pd.DataFrame:
    log, roles, activities = panel.facts.time_entries, rules.by_name("roles"), rules.by_name("activities")
    clock_of_staff = panel.facts.staff.role.map({name: CLOCKS.index(row["clock"]) for name, row in roles.items()})
    staff = positions(log.staff_id, panel.facts.staff.staff_id)[entries.row]
    activity = positions(log.activity, list(activities))[entries.row]
    clock = clock_of_staff.to_numpy(np.int64)[staff]
    counted = np.array([row["counted"] for row in activities.values()])[activity]
    fate = np.select(
        [
            (entries.length == 0) | (entries.length > rules.policy("longest_entry_hours") * HOUR),
            clock == CLOCKS.index("none"),
            ~counted,
        ],
        [FATE["invalid_time"], FATE["not_clinical"], FATE["activity_not_counted"]],
        COUNTED,
    )
    program = positions(log.program, list(PROGRAMS))[entries.row]
    return entries.assign(staff=staff, program=program, activity=activity, clock=clock, fate=fate)


def _in_order(entries: pd.DataFrame, log: pd.DataFrame) -> pd.DataFrame:
    """Sorted by patient, start, end, entry_id (uncut): the order of rows in the facts must not matter."""
    packed = entries.patient.to_numpy() * SPAN + (entries.start.to_numpy() - entries.start.min())
    entries = entries.iloc[np.argsort(packed, kind="stable")].reset_index(drop=True)
    tie = entries.duplicated(["patient", "start"], keep=False).to_numpy()
    uncut = log.iloc[entries.row[tie]].assign(patient=entries.patient[tie].to_numpy(), place=entries.index[tie])
    order = uncut.sort_values(["patient", "started_at", "ended_at", "entry_id"]).place
    entries.loc[tie] = entries.loc[order].set_axis(entries.index[tie])
    return entries


def pieces_of(entries: pd.DataFrame, program: int, windows: pd.DataFrame, panel: Panel) -> Pieces:
    """The pieces of one program's entries; `windows` has patient, from_, until (UTC seconds) and fate."""
    clean = entries[entries.fate == COUNTED]
    pieces = _whole(entries, np.flatnonzero(entries.program == program), panel)
    pieces = _hold_windows(pieces, windows, entries, panel)
    pieces = _hold_double_booked(pieces, clean, entries, panel)
    if (clean.program != program).any():
        pieces = _hold_other_program(pieces, clean, entries, panel)
    return _hold_same_minute(pieces, entries)


def _whole(entries: pd.DataFrame, rows: np.ndarray, panel: Panel) -> Pieces:
    shift = entries.patient.to_numpy()[rows] * SPAN - panel.origin
    start, end = entries.start.to_numpy()[rows] + shift, entries.end.to_numpy()[rows] + shift
    return Pieces(rows, start, end, entries.fate.to_numpy()[rows])


def _hold_some(pieces: Pieces, some: np.ndarray, held) -> Pieces:
    """`held` applied to those of the still counted pieces that lie in `some`; all others as they are."""
    some = some & (pieces.fate == COUNTED)
    if not some.any():
        return pieces
    return pieces.take(~some).followed_by(held(pieces.take(some)))


def _hold_windows(pieces: Pieces, windows: pd.DataFrame, entries: pd.DataFrame, panel: Panel) -> Pieces:
    for fate, window in windows.groupby("fate", sort=True):
        shift = window.patient.to_numpy() * SPAN - panel.origin
        regions = union(window.from_.to_numpy() + shift, window.until.to_numpy() + shift)
        some = panel.has(window.patient)[entries.patient.to_numpy()[pieces.entry]]
        pieces = _hold_some(pieces, some, lambda part, fate=fate, regions=regions: part.hold(fate, regions))
    return pieces


def _hold_double_booked(pieces: Pieces, clean: pd.DataFrame, entries: pd.DataFrame, panel: Panel) -> Pieces:
    """Seconds that one staff member logged for two patients count for neither (T6)."""
    staff = clean.staff.to_numpy() * SPAN - panel.origin
    start, end = clean.start.to_numpy() + staff, clean.end.to_numpy() + staff
    knot = tangled(start, end)
    regions = shared_between(clean.staff.to_numpy()[knot], clean.patient.to_numpy()[knot], start[knot], end[knot])
    some = _among(clean.index[knot], entries)[pieces.entry]

    def held(part: Pieces) -> Pieces:
        of_entry = entries.iloc[part.entry]
        return part.hold(FATE["staff_double_booked"], regions, (of_entry.staff - of_entry.patient).to_numpy() * SPAN)

    return _hold_some(pieces, some, held)


def _hold_other_program(pieces: Pieces, clean: pd.DataFrame, entries: pd.DataFrame, panel: Panel) -> Pieces:
    """Seconds of one patient logged under two programs count in neither (T7)."""
    patient = clean.patient.to_numpy() * SPAN - panel.origin
    start, end = clean.start.to_numpy() + patient, clean.end.to_numpy() + patient
    knot = tangled(start, end)
    regions = shared_between(clean.patient.to_numpy()[knot], clean.program.to_numpy()[knot], start[knot], end[knot])
    some = _among(clean.index[knot], entries)[pieces.entry]
    return _hold_some(pieces, some, lambda part: part.hold(FATE["other_program"], regions))


def _among(rows, entries: pd.DataFrame) -> np.ndarray:
    found = np.zeros(len(entries), bool)
    found[rows] = True
    return found


def _hold_same_minute(pieces: Pieces, entries: pd.DataFrame) -> Pieces:
    """A second counts once, for the practitioner before clinical staff, else for the earlier entry (T5)."""
    knot = np.zeros(len(pieces.entry), bool)
    counted = np.flatnonzero(pieces.fate == COUNTED)
    knot[counted] = tangled(pieces.start[counted], pieces.end[counted])
    return _hold_some(pieces, knot, lambda part: _once(part, entries.clock.to_numpy()[part.entry] == PRACTITIONER))


def _once(pieces: Pieces, practitioner: np.ndarray) -> Pieces:
    row, start, end = segments(pieces.start, pieces.end)
    order = np.lexsort((pieces.entry[row], ~practitioner[row], start))
    part = Pieces(pieces.entry[row], start, end, pieces.fate[row]).take(order)
    again = np.append(False, part.start[1:] == part.start[:-1])[: len(part.start)]
    return replace(part, fate=np.where(again, FATE["same_minute"], part.fate))

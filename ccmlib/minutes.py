"""Which seconds count: the month's entries cut into pieces, each with one fate.

A piece is counted, or is held for exactly one reason; the pieces of an entry cover exactly its seconds
inside the month, so that seconds logged = seconds counted + seconds held, always.
Sources: rulebook section 6 (T1 to T13) and the defaults of contract section 2.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from .intervals import SPAN, segments, tangled, union
from .order import first_of_run
from .panel import Panel
from .pieces import Pieces
from .tangle import Tangle

#: What becomes of a second, in the order in which the reasons apply; the number of a fate is its place here.
FATES = (
    "counted", "invalid_time", "not_clinical", "activity_not_counted", "after_death", "before_consent",
    "after_revocation", "during_stay", "staff_double_booked", "other_program", "same_minute",
)  # fmt: skip
COUNTED = 0
FATE = {name: number for number, name in enumerate(FATES)}
CLOCKS = ("clinical_staff", "practitioner", "none")
PRACTITIONER = CLOCKS.index("practitioner")


def pieces_of(entries: pd.DataFrame, program: int, windows: pd.DataFrame, panel: Panel) -> Pieces:
    """The pieces of one program's entries; `windows` has patient, from_, until (UTC seconds) and fate.

    Most entries touch no window and share no second with another: they stay whole, and only the rest is cut.
    """
    clean = np.flatnonzero(entries.fate == COUNTED)
    by_staff, by_patient = (Tangle.of(owner, clean, entries, panel) for owner in ("staff", "patient"))
    pieces = _whole(entries, np.flatnonzero(entries.program == program), panel)
    troubled = panel.has(windows.patient)[entries.patient]
    troubled[by_staff.entry] = troubled[by_patient.entry] = True
    troubled = troubled[pieces.entry]
    part = _hold_windows(pieces.take(troubled), windows, entries, panel)
    part = _hold_double_booked(part, by_staff, entries)
    part = _hold_other_program(part, by_patient, entries)
    return pieces.take(~troubled).followed_by(_hold_same_minute(part, entries))


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


def _hold_double_booked(pieces: Pieces, tangle: Tangle, entries: pd.DataFrame) -> Pieces:
    """Seconds that one staff member logged for two patients count for neither (T6)."""
    regions, some = tangle.between(entries.patient), np.isin(pieces.entry, tangle.entry)

    def held(part: Pieces) -> Pieces:
        of_entry = entries[["staff", "patient"]].iloc[part.entry]
        return part.hold(FATE["staff_double_booked"], regions, (of_entry.staff - of_entry.patient).to_numpy() * SPAN)

    return _hold_some(pieces, some, held)


def _hold_other_program(pieces: Pieces, tangle: Tangle, entries: pd.DataFrame) -> Pieces:
    """Seconds of one patient logged under two programs count in neither (T7)."""
    regions, some = tangle.between(entries.program), np.isin(pieces.entry, tangle.entry)
    return _hold_some(pieces, some, lambda part: part.hold(FATE["other_program"], regions))


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
    again = ~first_of_run(part.start)
    return replace(part, fate=np.where(again, FATE["same_minute"], part.fate))

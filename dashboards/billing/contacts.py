"""A patient's entries of the month: when, how long, and which part counted, did not count, or was logged twice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ccmlib import wording
from ccmlib.evidence import local_time
from ccmlib.minutes import COUNTED, FATES
from ccmlib.program_close import ProgramClose

#: Reasons of stretches that share their minutes with another entry.
OVERLAPPING = ("same_minute", "staff_double_booked", "other_program")
WORDS = {
    "same_minute": "a minute logged twice", "staff_double_booked": "staff booked for two patients",
    "other_program": "logged under another program",
}  # fmt: skip


@dataclass(frozen=True)
class Stretch:
    """A part of an entry with one fate, in seconds."""

    seconds: int
    fate: str

    @property
    def state(self) -> str:
        """counted, overlapping or not (counted)."""
        return "counted" if self.fate == FATES[COUNTED] else "overlapping" if self.fate in OVERLAPPING else "not"


@dataclass(frozen=True)
class Bar:
    """An entry: its local day and time in words, its place in the month from 0 to 1, its stretches in order of time."""

    when: str
    place: float
    stretches: list[Stretch]

    @property
    def seconds(self) -> int:
        """Its length in the month."""
        return sum(each.seconds for each in self.stretches)


def bars(program: ProgramClose, patient: int) -> list[Bar]:
    """The patient's entries in order of time."""
    rows = np.flatnonzero(program.patient_of_piece == patient)
    pieces = program.pieces.take(rows)
    pieces = pieces.take(np.lexsort((pieces.start, pieces.entry)))
    return [_bar(program, pieces.take(pieces.entry == entry), patient) for entry in np.unique(pieces.entry)]


def _bar(program: ProgramClose, pieces, patient: int) -> Bar:
    panel = program.question.panel
    start = int(program.entries.start.iloc[pieces.entry[0]])
    first, last = (int(edge[patient]) for edge in panel.bounds)
    stretches = [Stretch(int(n), FATES[fate]) for n, fate in zip(pieces.seconds, pieces.fate, strict=True)]
    return Bar(wording.moment(local_time(start, patient, panel)), (start - first) / (last - first), stretches)


def sentence(found: list[Bar]) -> str:
    """What the figure shows, in words."""
    if not found:
        return "No entry in this month."
    parts = [f"{wording.clock(seconds)} {words}" for state, words, seconds in totals(found) if state != "counted"]
    counted = sum(seconds for state, _, seconds in totals(found) if state == "counted")
    rest = f"; {wording.listed(parts)}" if parts else ", all of it"
    logged = wording.clock(sum(bar.seconds for bar in found))
    return (
        f"{wording.times(len(found), 'entry', 'entries')}: {wording.clock(counted)} counted of {logged} logged{rest}."
    )


def totals(found: list[Bar]) -> list[tuple[str, str, int]]:
    """(state, words, seconds) of each fate that occurs, counted first."""
    sums: dict[str, int] = {}
    for stretch in (each for bar in found for each in bar.stretches):
        sums[stretch.fate] = sums.get(stretch.fate, 0) + stretch.seconds
    order = sorted(sums, key=FATES.index)
    return [(Stretch(0, fate).state, words_of(fate), sums[fate]) for fate in order]


def words_of(fate: str) -> str:
    """A fate in words that need no color."""
    if fate == FATES[COUNTED]:
        return "counted"
    return f"overlapping: {WORDS[fate]}" if fate in OVERLAPPING else f"not counted: {wording.words(fate)}"

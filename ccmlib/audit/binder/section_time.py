"""The time log of the month: every entry with its author, its note, and what became of its seconds."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ... import wording
from ...explain import Line
from ...minutes import COUNTED
from ...month import zone
from ...reports.markup import Html, element, joined, muted, paragraphs
from ...reports.table import FIGURE, WORD
from .parts import Section, whole_table
from .subject import Subject, text
from .timeline import Bar, timeline

ENTRY = "entry_id="
DOUBLE_BOOKED = wording.words("staff_double_booked")
LOOKS = {"When": WORD, "Logged": FIGURE}


def time(subject: Subject) -> Section:
    """Every entry of the program in the month; the whole stands in the sentence."""
    lines = subject.explanation.sections.get("Time", [])
    whole = next((line.text for line in lines if not line.evidence), "No time was logged")
    rows = [_row(subject, line) for line in lines if line.evidence.startswith(ENTRY)]
    log = whole_table(rows, "Time log", LOOKS, none="No time was logged in this month.")
    picture = (timeline(subject, bars(subject)),) if rows else ()
    return Section(
        "time",
        "Time log",
        f"{whole}. Times are {subject.practice.time_zone}; each second has one fate.",
        (*picture, log),
    )


def bars(subject: Subject) -> list[Bar]:
    """The entries of the patient in the program, cut to the month, in order of time."""
    program = subject.program
    pieces = program.pieces.take(program.patient_of_piece == subject.patient)
    seconds = np.bincount(pieces.entry, weights=pieces.seconds)
    counted = np.bincount(pieces.entry, weights=pieces.seconds * (pieces.fate == COUNTED))
    start = program.entries.start.to_numpy()
    return [Bar(int(start[entry]), int(seconds[entry]), int(counted[entry])) for entry in np.unique(pieces.entry)]


def _row(subject: Subject, line: Line) -> dict:
    entries = subject.rows("time_entries")
    entry = entries[entries.entry_id == line.evidence.removeprefix(ENTRY)].iloc[0]
    seconds = int((entry.ended_at - entry.started_at).total_seconds())
    return {
        "When": _when(subject, entry),
        "Who": subject.staff(entry.staff_id),
        "What was done": _what(subject, entry),
        "Logged": wording.clock(seconds),
        "What became of it": paragraphs(_fates(line.text)),
    }


def _fates(line: str) -> list[str]:
    """The fates of an entry's seconds; another patient is not named in this one's file."""
    fates, _, rivals = line.split(": ", 1)[1].partition("; overlaps ")
    found = fates.split(", ")
    if rivals:
        found.append("overlaps an entry for another patient" if DOUBLE_BOOKED in fates else f"overlaps {rivals}")
    return found


def _when(subject: Subject, entry: pd.Series) -> Html:
    begin, end = (moment.tz_convert(zone(subject.practice.time_zone)) for moment in (entry.started_at, entry.ended_at))
    until = f"{end:%H:%M:%S}" if begin.date() == end.date() else f"{wording.date(end.date())} {end:%H:%M:%S}"
    hours = muted(f"{begin:%H:%M:%S} to {until}")
    return joined([element("p", wording.date(begin.date())), element("p", hours), element("p", muted(entry.entry_id))])


def _what(subject: Subject, entry: pd.Series) -> Html:
    kind = wording.words(entry.activity) + (", live contact" if entry.live_contact else "")
    source = SOURCES.get(text(entry.source), "how the time was taken is not recorded")
    recorded = (
        f"recorded {subject.at(entry.recorded_at)}" if not pd.isna(entry.recorded_at) else "when recorded is unknown"
    )
    return joined(
        [
            element("p", element("strong", kind.capitalize())),
            element("p", text(entry.note) or "No note."),
            element("p", f"Outcome: {text(entry.outcome) or 'none recorded'}"),
            element("p", muted(f"{source}, {recorded}")),
        ]
    )


SOURCES = {
    "timer": "Timer",
    "manual": "Typed by hand",
    "imported": "Imported",
    "imputed": "Filled in by rule, not observed",
}

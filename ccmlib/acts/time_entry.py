"""Logging time: a timer becomes entries of `source` timer, times that were typed an entry of `source` manual.

A timer with pauses becomes one entry a stretch, each to the second, so that no second of a pause is logged
and none is lost. The entries of one timer share note and outcome.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from .. import wording
from ..access.session import Session
from ..desk.documentation import Documentation
from ..desk.timer import Timer
from ..problem import Problem
from ..store import Engine
from .chart import Chart, chart
from .timer import ACTION, end_as_saved, own_timer


@dataclass(frozen=True)
class Saved:
    """What was written: a sentence, the patient, and the ids of the entries."""

    says: str
    patient_id: str
    entry_ids: tuple[str, ...]


def save_timer(store: Engine, session: Session, timer: Timer, work: Documentation, now: dt.datetime) -> Saved:
    """End the timer at `now` and log its stretches as entries.

    Raises Problem when a field is missing or no time ran.
    """
    work.checked()
    with own_timer(store, session, timer, now) as (desk, found):
        stretches = found.until(desk.second)
        if not stretches:
            raise Problem("No second has run yet; let the timer run, or discard it.")
        saved = _log(desk, work, [(_instant(start), _instant(end)) for start, end in stretches], "timer")
        end_as_saved(desk, found)
    pauses = f" in {len(stretches)} entries, pauses left out" if len(stretches) > 1 else ""
    logged = wording.spoken(found.seconds(desk.second))
    return Saved(f"Saved {logged}{pauses}, by timer.", desk.patient_id, saved)


def record_manual(
    store: Engine, session: Session, patient_id: str, work: Documentation, started_at: dt.datetime,
    ended_at: dt.datetime, now: dt.datetime, late_after_days: int,
) -> Saved:  # fmt: skip
    """Log times that were typed. `late_after_days`: written later than this after the work is said to be late.

    Raises Problem when a field is missing, the end is not after the start, or it has not come yet.
    """
    work.checked()
    if ended_at <= started_at:
        raise Problem("The work must end after it starts; check both times.")
    with chart(store, session, ACTION, patient_id, now) as desk:
        desk.refuse_future(ended_at, "The end of the work")
        saved = _log(desk, work, [(started_at, ended_at)], "manual")
    logged = wording.spoken((ended_at - started_at).total_seconds())
    return Saved(f"Saved {logged}, typed by hand.{late_words(ended_at, now, late_after_days)}", patient_id, saved)


def late_words(ended_at: dt.datetime, now: dt.datetime, late_after_days: int) -> str:
    """What is said of an entry written more than `late_after_days` after the work; empty when it is in time."""
    late = now - ended_at
    if late <= dt.timedelta(days=late_after_days):
        return ""
    return f" Late: written {wording.times(late.days, 'day')} after the work, so it goes to review."


def _log(
    desk: Chart, work: Documentation, times: list[tuple[dt.datetime, dt.datetime]], source: str
) -> tuple[str, ...]:
    desk.member(work.staff_id)
    rows = [_row(desk, work, start, end, source) for start, end in times]
    desk.append("time_entries", rows)
    return tuple(row["entry_id"] for row in rows)


def _row(desk: Chart, work: Documentation, start: dt.datetime, end: dt.datetime, source: str) -> dict:
    return {
        "entry_id": desk.unused("time_entries", f"E-{desk.stamp(start)}"), "patient_id": desk.patient_id,
        "staff_id": work.staff_id, "program": work.program, "activity": work.activity,
        "started_at": pd.Timestamp(start), "ended_at": pd.Timestamp(end), "live_contact": work.live_contact,
        "source": source, "note": work.note(), "outcome": work.outcome.strip(), "recorded_at": pd.Timestamp(desk.now),
    }  # fmt: skip


def _instant(second: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(second, dt.UTC)

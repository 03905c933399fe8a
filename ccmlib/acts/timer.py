"""Starting, pausing, resuming and discarding a timer. Saving one is in ``time_entry``.

A timer belongs to the user who started it. At most one timer of a user runs at any time, whatever tab or kernel
asks: the events are looked at and written in one transaction that is alone in writing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from .. import wording
from ..access.session import Session
from ..desk.timer import PAUSED, RUNNING, Timer, running, timers_of
from ..month import zone
from ..problem import Problem
from ..store import Connection, Engine
from ..store.timers import append_event, open_events, timer_known
from .chart import Chart, chart

ACTION = "record_time"


def open_timers(connection: Connection, session: Session) -> list[Timer]:
    """The user's timers that are neither saved nor discarded."""
    return timers_of(open_events(connection, session.user))


def start_timer(store: Engine, session: Session, patient_id: str, now: dt.datetime) -> str:
    """Start a timer for the patient. Says what was written; Problem when another one of the user runs."""
    with chart(store, session, ACTION, patient_id, now) as desk:
        mine = open_timers(desk.connection, session)
        _refuse_second(mine, desk)
        if any(each.patient_id == patient_id for each in mine):
            raise Problem("There is a paused timer for this patient already; resume, save or discard it.")
        _append(desk, _unused_id(desk), "started")
        return f"Timer started at {_time(desk)}."


def pause_timer(store: Engine, session: Session, timer: Timer, now: dt.datetime) -> str:
    """Stop the clock; the timer stays open. Says what was written."""
    with own_timer(store, session, timer, now) as (desk, found):
        if found.state == PAUSED:
            raise Problem("This timer is paused already.")
        _append(desk, found.timer_id, "paused")
        return f"Timer paused at {_time(desk)} after {wording.spoken(found.seconds(desk.second))}."


def resume_timer(store: Engine, session: Session, timer: Timer, now: dt.datetime) -> str:
    """Let a paused timer run again. Says what was written; Problem when another one of the user runs."""
    with own_timer(store, session, timer, now) as (desk, found):
        if found.state == RUNNING:
            raise Problem("This timer runs already.")
        _refuse_second(open_timers(desk.connection, session), desk)
        _append(desk, found.timer_id, "resumed")
        return f"Timer resumed at {_time(desk)}; the pause is not counted."


def discard_timer(store: Engine, session: Session, timer: Timer, reason: str, now: dt.datetime) -> str:
    """End a timer without an entry. Says what was written; Problem without a reason."""
    if not reason.strip():
        raise Problem("Say why the time is thrown away; the reason is kept with the timer.")
    with own_timer(store, session, timer, now) as (desk, found):
        _append(desk, found.timer_id, "discarded", reason.strip())
        thrown = wording.spoken(found.seconds(desk.second))
        return f"Timer discarded: {thrown} are not logged. Reason kept: {reason.strip()}"


@contextmanager
def own_timer(store: Engine, session: Session, timer: Timer, now: dt.datetime) -> Iterator[tuple[Chart, Timer]]:
    """The chart and the timer as it stands now. Raises Problem when it is over, or is somebody else's."""
    with chart(store, session, ACTION, timer.patient_id, now) as desk:
        mine = [each for each in open_timers(desk.connection, session) if each.timer_id == timer.timer_id]
        if not mine or mine[0].patient_id != desk.patient_id:
            raise Problem("This timer is over: it was saved or discarded, maybe in another tab. Read the page again.")
        mine[0].refuse_past(desk.second)
        yield desk, mine[0]


def end_as_saved(desk: Chart, timer: Timer) -> None:
    """Note within an act's transaction that the timer became an entry."""
    append_event(desk.connection, timer.timer_id, timer.user, timer.patient_id, "saved", desk.second)


def _append(desk: Chart, timer_id: str, event: str, reason: str = "") -> None:
    append_event(desk.connection, timer_id, desk.session.user, desk.patient_id, event, desk.second, reason)


def _refuse_second(mine: list[Timer], desk: Chart) -> None:
    other = running(mine)
    if other:
        raise Problem(
            f"Your timer for {other.patient_id} runs since {_time(desk, other.started_at)}. Pause, save or discard it "
            "first: one person's time cannot run for two patients."
        )


def _unused_id(desk: Chart) -> str:
    made = f"TM-{desk.session.user}-{desk.stamp(desk.now)}"
    tries = (made, *(f"{made}-{n}" for n in range(2, 100)))
    return next(each for each in tries if not timer_known(desk.connection, each))


def _time(desk: Chart, second: int | None = None) -> str:
    when = desk.now if second is None else dt.datetime.fromtimestamp(second, dt.UTC)
    return f"{when.astimezone(zone(desk.time_zone)):%H:%M:%S}"

"""A timer as its events tell it: whose, for which patient, and the stretches in which it ran."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..problem import Problem

RUNNING, PAUSED = "running", "paused"


@dataclass(frozen=True)
class Timer:
    """One timer that is not over. `stretches`: (start, end) in UTC seconds, the last end None while it runs."""

    timer_id: str
    user: str
    patient_id: str
    stretches: tuple[tuple[int, int | None], ...]
    last_at: int

    @property
    def state(self) -> str:
        """running or paused."""
        return RUNNING if self.stretches[-1][1] is None else PAUSED

    @property
    def started_at(self) -> int:
        """The UTC second in which it was started."""
        return self.stretches[0][0]

    def until(self, now: int) -> list[tuple[int, int]]:
        """The stretches of more than no time, the running one ended at `now`: pauses are in none of them."""
        ended = [(start, now if end is None else end) for start, end in self.stretches]
        return [(start, end) for start, end in ended if end > start]

    def seconds(self, now: int) -> int:
        """How long it has run by `now`, pauses left out."""
        return sum(end - start for start, end in self.until(now))

    def refuse_past(self, now: int) -> None:
        """Raise Problem when the clock stands before what was last written of the timer."""
        if now < self.last_at:
            raise Problem("This computer's clock stands before the timer's last event; check it, then try again.")


def timers_of(events: pd.DataFrame) -> list[Timer]:
    """The timers of some events (see ``store.timers``), in the order in which they were started."""
    return [_timer(timer_id, rows) for timer_id, rows in events.groupby("timer_id", sort=False)]


def _timer(timer_id: str, events: pd.DataFrame) -> Timer:
    stretches: list[tuple[int, int | None]] = []
    for event, at in zip(events.event, events["at"], strict=True):
        if event in ("started", "resumed"):
            stretches.append((int(at), None))
        elif event == "paused":
            stretches[-1] = (stretches[-1][0], int(at))
    first = events.iloc[0]
    return Timer(timer_id, first.user_name, first.patient_id, tuple(stretches), int(events["at"].iloc[-1]))


def running(timers: list[Timer]) -> Timer | None:
    """The one that runs, if any."""
    return next((each for each in timers if each.state == RUNNING), None)

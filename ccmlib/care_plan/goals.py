"""Measurable goals: the target, when it is due, and how far the measures say it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from .item import PlanItem
from .target import Target, targets

GOALS = "treatment_goals"


@dataclass(frozen=True)
class Reading:
    """One value and when it was measured."""

    value: float
    at: dt.datetime


@dataclass(frozen=True)
class Progress:
    """One measure of a goal: where it started, every reading since, and the share of the way that is done."""

    target: Target
    readings: tuple[Reading, ...] = ()

    @property
    def start(self) -> Reading | None:
        """The reading when the plan began, or the first one after it."""
        return self.readings[0] if self.readings else None

    @property
    def latest(self) -> Reading | None:
        """The newest reading."""
        return self.readings[-1] if self.readings else None

    @property
    def reached(self) -> bool:
        """Whether the newest reading lies in the target."""
        return bool(self.readings) and self.target.reached(self.latest.value)

    @property
    def share(self) -> float:
        """The share of the way from the first reading to the target, 0 to 1."""
        return self.target.share(self.start.value, self.latest.value) if self.readings else 0.0


@dataclass(frozen=True)
class Goal:
    """A goal on one day. `status`: met (recorded), reached (the measures say so), overdue, or open."""

    item: PlanItem
    status: str
    progress: tuple[Progress, ...]

    @property
    def measured(self) -> bool:
        """Whether there is at least one reading to judge it by."""
        return any(each.readings for each in self.progress)


def goals(items: Iterable[PlanItem], measures: pd.DataFrame, since: dt.datetime | None, now: dt.datetime,
          today: dt.date) -> list[Goal]:  # fmt: skip
    """The goals among the items of a plan that began at `since`, as of `now` (`today` in the practice's zone).

    `measures` are the patient's rows of ``measures``. A goal past its date is overdue until somebody records it as
    met, unless its readings say that it is reached.
    """
    known = measures[measures.measured_at <= pd.Timestamp(now)].sort_values(["measured_at", "measure_id"])
    return [_goal(item, known, since, today) for item in items if item.element == GOALS]


def _goal(item: PlanItem, known: pd.DataFrame, since: dt.datetime | None, today: dt.date) -> Goal:
    read = targets(item.target or item.text, known.measure.unique().tolist())
    progress = tuple(Progress(each, _readings(known[known.measure == each.measure.name], since)) for each in read)
    return Goal(item, _status(item, progress, today), progress)


def _readings(rows: pd.DataFrame, since: dt.datetime | None) -> tuple[Reading, ...]:
    """The readings from the plan's begin on, with the last one before it as the start."""
    if since is not None:
        before = rows[rows.measured_at <= pd.Timestamp(since)]
        rows = pd.concat([before.tail(1), rows[rows.measured_at > pd.Timestamp(since)]])
    return tuple(Reading(float(row.value), row.measured_at.to_pydatetime()) for row in rows.itertuples())


def _status(item: PlanItem, progress: tuple[Progress, ...], today: dt.date) -> str:
    if item.met_at:
        return "met"
    if progress and all(each.reached for each in progress):
        return "reached"
    return "overdue" if item.due_date and item.due_date < today else "open"

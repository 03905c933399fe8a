"""What happened to a patient's plan: each version of each fact, told as an event with its author and time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from .. import wording
from .item import text_of
from .local import local_day

ARTICLE = {"draft": "a draft"}
#: What a new value in each column says, and the column that names who did it.
STAMPS = {
    "approved_at": ("Version {} approved", "approved_by"), "reviewed_at": ("Version {} reviewed", ""),
    "copy_given_at": ("Copy of version {} given to the patient", ""),
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """What was recorded, when the store learned it, and by whom (a user name, or who brought an extract)."""

    at: dt.datetime
    by: str
    says: str


def plan_events(plans: pd.DataFrame, items: pd.DataFrame, names: dict[str, str], time_zone: str) -> list[Event]:
    """The events of a patient's plans, oldest first.

    `plans` and `items` hold every version of the rows with `known_at` and `known_by`, oldest first; `names` gives
    the name of a staff id.
    """
    events = [*_told(plans, "care_plan_id", partial(_of_plan, names, time_zone)), *_told(items, "item_id", _of_goal)]
    return sorted(events, key=lambda event: event.at)


def _told(rows: pd.DataFrame, key: str, tell: Callable[[object, object], list[str]]) -> list[Event]:
    events, before = [], {}
    for row in rows.itertuples():
        known, told = row.known_at.to_pydatetime(), tell(row, before.get(getattr(row, key)))
        events += [Event(known, row.known_by, says) for says in told]
        before[getattr(row, key)] = row
    return events


def _of_plan(names: dict[str, str], time_zone: str, row, before) -> list[str]:
    """What one version of a plan's row says that the one before it did not."""
    version = f"{row.version:.0f}"
    said = (
        []
        if before
        else [f"Version {version} written{_by(row.written_by, names)}, {ARTICLE.get(row.status, row.status)}"]
    )
    for name, (says, by) in STAMPS.items():
        at = getattr(row, name)
        if pd.notna(at) and at != getattr(before, name, None):
            signed = _by(getattr(row, by), names) if by else ""
            said.append(f"{says.format(version)}{signed} on {wording.date(local_day(at, time_zone))}")
    if before and row.status == "retired" and before.status != "retired":
        said.append(f"Version {version} retired")
    return said


def _of_goal(row, before) -> list[str]:
    newly = pd.notna(row.met_at) and before is not None and pd.isna(before.met_at)
    return [f"Goal met: {row.text}"] if newly else []


def _by(staff_id: object, names: dict[str, str]) -> str:
    return f" by {names.get(staff_id, staff_id)}" if text_of(staff_id) else ""

"""A day and a time of the practice's clock as typed, read as one instant or refused in words."""

from __future__ import annotations

import datetime as dt
import re

from ..month import zone
from ..problem import Problem

TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")


def typed_instant(day: dt.date | None, text: str, time_zone: str, what: str) -> dt.datetime:
    """The instant at which the practice's clock shows `text` on `day`; `what` names it in the Problem that is raised.

    A time that the clock skips or shows twice when it is changed is refused: it is no one instant.
    """
    if day is None:
        raise Problem(f"{what}: choose the day.")
    found = TIME.fullmatch(text.strip())
    if not found:
        raise Problem(f"{what}: {text.strip() or 'nothing'} is no time; write it as 14:05 or 14:05:30.")
    wall = dt.datetime.combine(day, dt.time(*(int(part or 0) for part in found.groups())))
    first, second = (wall.replace(tzinfo=zone(time_zone), fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    if first != second:
        skipped = first.astimezone(zone(time_zone)).replace(tzinfo=None) != wall
        says = "does not exist" if skipped else "happens twice"
        raise Problem(f"{what}: {text.strip()} {says} on that day, when clocks are changed; choose a time beside it.")
    return first

"""The planted patients' rows as they gather, and who of the staff is free when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from .moments import Moments
from .practice import Practices
from .words import TEAM

#: Where the catalogue's names for staff stand in the first team; the planted pair follows the team.
POSTS = {role: place for place, (role, _, _) in enumerate(TEAM)} | {"nurse": len(TEAM), "assistant": len(TEAM) + 1}
#: Unplaced planted work starts at half past eight; the first team's own people do it after hours.
MORNING, EVENING = 8 * 3600 + 1800, 18 * 3600 + 1800
BETWEEN = 420


@dataclass
class Planting:
    """The rows of the planted patients so far, by table, and how far each staff member's days are taken."""

    practices: Practices
    moments: Moments
    rows: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[tuple[str, dt.date], int] = field(default_factory=dict)

    def add(self, table: str, **row) -> None:
        """One more row of `table`."""
        self.rows[table].append(row)

    def staff_id(self, name: str) -> str:
        """The id of the staff member called `name` in the catalogue."""
        return self.practices.staff_ids[POSTS[name]]

    def npi(self, name: str) -> str:
        """The NPI of that staff member."""
        return self.practices.npis[POSTS[name]]

    def free(self, staff: str, number: int, seconds: int) -> dt.datetime:
        """The start of `seconds` that nobody has taken, on the weekday numbered `number`."""
        days = self.moments.weekdays
        day = days[number % len(days)]
        opens = EVENING if POSTS[staff] < len(TEAM) else MORNING
        second = self.taken.get((staff, day), opens)
        self.taken[staff, day] = second + seconds + BETWEEN
        return self.moments.at(day, second)

"""Practices, their teams of eight, and who belongs to which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from .clock import Clock, dates
from .identity import npi
from .scale import HISTORY_DAYS, TEAM_PATIENTS, Scale
from .table import frame, numbered, words
from .words import FAMILY_NAMES, MEN, PLANTED_TEAM, TEAM, WOMEN

#: Time zone and MAC-locality of the practices in turn; the first practice is priced nationally.
PLACES = (
    ("America/New_York", ""), ("America/Chicago", "06102-16"), ("America/Los_Angeles", "01112-05"),
    ("America/New_York", "13202-01"), ("America/Chicago", "04412-11"), ("America/Denver", ""),
    ("America/Phoenix", ""), ("America/New_York", "09102-04"),
)  # fmt: skip
PRACTICE_NAMES = ("Sample Family Practice", "Sample Internal Medicine", "Sample Senior Care", "Sample Primary Care")
PRACTITIONERS = 2
ADMINISTRATIVE = len(TEAM) - 1


@dataclass(frozen=True)
class Practices:
    """Patients 0, 1, 2 ... in practices of equal size; in each, a team for about every 500 patients."""

    scale: Scale

    @cached_property
    def of_patient(self) -> np.ndarray:
        """The practice of each patient."""
        return np.arange(self.scale.patients) * self.scale.practice_count // self.scale.patients

    @cached_property
    def teams(self) -> np.ndarray:
        """How many teams each practice has."""
        return np.maximum(1, -(-np.bincount(self.of_patient, minlength=self.scale.practice_count) // TEAM_PATIENTS))

    @cached_property
    def team_of_patient(self) -> np.ndarray:
        """The team of each patient, numbered through all practices."""
        first = np.cumsum(self.teams) - self.teams
        return first[self.of_patient] + np.arange(self.scale.patients) % self.teams[self.of_patient]

    @cached_property
    def of_team(self) -> np.ndarray:
        """The practice of each team."""
        return np.repeat(np.arange(self.scale.practice_count), self.teams)

    @cached_property
    def zone(self) -> np.ndarray:
        """The number of each practice's time zone in the clock."""
        return np.arange(self.scale.practice_count) % len(PLACES)

    @cached_property
    def clock(self) -> Clock:
        """The practices' local days, from the history's start to some weeks after the last month."""
        return Clock([zone for zone, _ in PLACES], self.scale.first_day - 2 * HISTORY_DAYS, self.scale.last_day + 60)

    @property
    def extra(self) -> int:
        """Staff who do nothing but the planted work."""
        return len(PLANTED_TEAM) if self.scale.planted else 0

    def staff(self, team, role) -> np.ndarray:
        """The row of the staff member with the role numbered `role` in `team`."""
        return team * len(TEAM) + role + np.where(np.asarray(team) > 0, self.extra, 0)

    @cached_property
    def staff_ids(self):
        """Ids of all staff, in the order of their rows."""
        return numbered("S", np.arange(1, len(self.of_team) * len(TEAM) + self.extra + 1), 2)

    @cached_property
    def ids(self):
        """Ids of the practices."""
        return numbered("PR", np.arange(1, self.scale.practice_count + 1), 2)

    @cached_property
    def npis(self) -> np.ndarray:
        """The NPI of each staff row; only practitioners have one."""
        count = self.scale.practice_count
        return np.array([npi(count + row + 1) for row in range(len(self.staff_ids))], dtype=object)


def practice_table(practices: Practices) -> pd.DataFrame:
    """`practices.csv`."""
    numbers = range(practices.scale.practice_count)
    return frame(
        "practices",
        practice_id=practices.ids,
        name=[_practice_name(number) for number in numbers],
        time_zone=[PLACES[number % len(PLACES)][0] for number in numbers],
        billing_npi=[npi(number + 1) for number in numbers],
        tax_id=[f"00{number + 1:07d}" for number in numbers],
        medicare_locality=[PLACES[number % len(PLACES)][1] or None for number in numbers],
        place_of_service_code="11",
        setting="office",
    )


def _practice_name(number: int) -> str:
    name = PRACTICE_NAMES[number % len(PRACTICE_NAMES)]
    return name if number < len(PRACTICE_NAMES) else f"{name} {number // len(PRACTICE_NAMES) + 1}"


def staff_table(practices: Practices) -> pd.DataFrame:
    """`staff.csv`: every team in turn; the planted pair after the first team."""
    teams, roles, credentials = _posts(practices)
    draws, count = practices.scale.draws("staff"), len(roles)
    practitioner = np.isin(roles, [role for role, _, _ in TEAM[:PRACTITIONERS]])
    training = practices.scale.last_day + draws.whole(-40, 500, count)
    return frame(
        "staff",
        staff_id=practices.staff_ids,
        practice_id=practices.ids.take(practices.of_team[teams]),
        name=_names(draws, count),
        role=roles,
        npi=np.where(practitioner, practices.npis, None),
        qualifying_apm=practitioner & (practices.of_team[teams] % 5 == 4),
        active_from=dates(practices.scale.first_day - draws.whole(900, 2500, count)),
        credentials=[text or None for text in credentials],
        training_valid_until=dates(training),
    )


def _posts(practices: Practices) -> tuple[np.ndarray, list[str], list[str]]:
    posts = [(0, role, title) for role, title, _ in TEAM]
    posts += [(0, role, title) for role, title in PLANTED_TEAM[: practices.extra]]
    posts += [(team, role, title) for team in range(1, len(practices.of_team)) for role, title, _ in TEAM]
    teams, roles, credentials = zip(*posts, strict=True)
    return np.array(teams), list(roles), list(credentials)


def _names(draws, count: int) -> list[str]:
    given = words(WOMEN + MEN, draws.whole(0, len(WOMEN + MEN), count))
    family = words(FAMILY_NAMES, draws.whole(0, len(FAMILY_NAMES), count))
    return [f"{one} {other}" for one, other in zip(given, family, strict=True)]

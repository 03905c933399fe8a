"""How large a synthetic practice is, and over which months it reaches."""

from __future__ import annotations

from dataclasses import dataclass

from ..month import Month
from ..problem import Problem
from .clock import day_number
from .draws import Draws
from .situations import LAST_MONTH, SITUATIONS

TEAM_PATIENTS = 500
MOST_PATIENTS = 1_000_000
MOST_MONTHS = 36
#: Days of history (visits, consents, plans) before the first month.
HISTORY_DAYS = 800


@dataclass(frozen=True)
class Scale:
    """Size and seed of a synthetic practice.

    `entries_per_patient` is the mean of an enrolled patient's month, `enrolled` the share with a consent.
    """

    patients: int
    months: int
    seed: int
    last_month: str = LAST_MONTH
    practices: int | None = None
    entries_per_patient: float = 8.0
    enrolled: float = 0.65
    planted: bool = True

    def __post_init__(self):
        _between("patients", self.patients, 1, MOST_PATIENTS)
        _between("months", self.months, 1, MOST_MONTHS)
        _between("seed", self.seed, 0, 2**63)
        _between("practices", self.practice_count, 1, self.patients)
        _between("entries_per_patient", self.entries_per_patient, 1, 20)
        _between("enrolled", self.enrolled, 0, 1)
        Month(self.last_month)

    @property
    def practice_count(self) -> int:
        """As asked, or one for about every 500 patients."""
        return max(1, round(self.patients / TEAM_PATIENTS)) if self.practices is None else self.practices

    @property
    def planted_count(self) -> int:
        """How many of the first patients show a planted situation."""
        return min(self.patients, len(SITUATIONS)) if self.planted else 0

    @property
    def service_months(self) -> list[Month]:
        """The months, oldest first."""
        return [_back(Month(self.last_month), count) for count in reversed(range(self.months))]

    @property
    def first_day(self) -> int:
        """The first month's first day, in days since 1970."""
        return day_number(self.service_months[0].first)

    @property
    def last_day(self) -> int:
        """The last month's last day, in days since 1970."""
        return day_number(Month(self.last_month).last)

    def draws(self, *labels: str) -> Draws:
        """The stream of draws called `labels`."""
        return Draws(self.seed, *labels)


def _between(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise Problem(f"A synthetic practice with {name} = {value} cannot be made; give {name} from {low} to {high}.")


def _back(month: Month, count: int) -> Month:
    number = month.first.year * 12 + month.first.month - 1 - count
    return Month(f"{number // 12:04d}-{number % 12 + 1:02d}")

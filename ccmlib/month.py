"""A calendar month, and its first and last instant in a practice's own time zone."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .problem import Problem


@dataclass(frozen=True, order=True)
class Month:
    """A service month such as ``Month("2026-03")``; the text is its only state, so months sort."""

    text: str

    def __post_init__(self):
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", self.text):
            raise Problem(f"{self.text!r} is not a month; write it as YYYY-MM, for example 2026-03.")

    def __str__(self):
        return self.text

    @property
    def first(self) -> dt.date:
        """The first day."""
        return dt.date.fromisoformat(f"{self.text}-01")

    @property
    def last(self) -> dt.date:
        """The last day."""
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def next(self) -> Month:
        """The month after this one."""
        return Month(f"{self.last + dt.timedelta(days=1):%Y-%m}")

    def bounds(self, time_zone: str) -> tuple[int, int]:
        """First second of the month and of the next one in `time_zone`, as UTC seconds."""
        return midnight(self.first, time_zone), midnight(self.next.first, time_zone)

    def days(self, time_zone: str) -> list[int]:
        """UTC second at which each local day begins, and the month's end: one more than its days.

        Days are not all 86,400 seconds long: two of a year have 23 or 25 hours.
        """
        count = (self.next.first - self.first).days
        return [midnight(self.first + dt.timedelta(days=n), time_zone) for n in range(count + 1)]


def midnight(day: dt.date, time_zone: str) -> int:
    """UTC second of the local midnight that begins `day`."""
    return int(dt.datetime.combine(day, dt.time(), tzinfo=zone(time_zone)).timestamp())


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months earlier; the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def a_year_before(day: dt.date) -> dt.date:
    """The same day one calendar year earlier; 29 February looks back to the 28th."""
    return months_before(day, 12)


@cache
def zone(name: str) -> ZoneInfo:
    """The IANA zone called `name`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Problem(f"{name!r} is not a time zone; use an IANA name such as America/New_York.") from error

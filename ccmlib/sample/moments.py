"""The catalogue's short way of writing a moment, as a UTC second of a month and zone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..month import Month, midnight
from .clock import DAY, day_number, weekdays


@dataclass(frozen=True)
class Moments:
    """Reads moments such as ``"12 13:04:30"`` or ``"-7/10 09:00"`` against `month` in `time_zone`."""

    month: Month
    time_zone: str

    def day(self, text: str) -> dt.date:
        """The local day of a moment; day -1 is the month's last."""
        shift, _, number = text.split()[0].rpartition("/")
        months = self.month.first.year * 12 + self.month.first.month - 1 + int(shift or 0)
        month = Month(f"{months // 12:04d}-{months % 12 + 1:02d}")
        return month.last if int(number) < 0 else month.first.replace(day=min(int(number), month.last.day))

    def instant(self, text: str) -> dt.datetime:
        """The moment itself, in UTC."""
        hours, minutes, seconds = (int(part) for part in f"{text.split()[1]}:00".split(":")[:3])
        return self.at(self.day(text), hours * 3600 + minutes * 60 + seconds)

    def at(self, day: dt.date, second: int) -> dt.datetime:
        """`second` after the local midnight of `day`, in UTC."""
        return dt.datetime.fromtimestamp(midnight(day, self.time_zone) + second, dt.UTC)

    def days_old(self, count: int) -> dt.datetime:
        """Noon, `count` days before the month's last day."""
        return self.at(self.month.last - dt.timedelta(days=count), DAY // 2)

    @property
    def weekdays(self) -> list[dt.date]:
        """The month's days that are no weekend."""
        days = weekdays(day_number(self.month.first), day_number(self.month.last))
        return [dt.date.fromordinal(dt.date(1970, 1, 1).toordinal() + int(day)) for day in days]

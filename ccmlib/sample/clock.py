"""Local days and hours of several time zones as UTC seconds, a whole column at a time."""

from __future__ import annotations

import datetime as dt

import numpy as np

from ..month import midnight

EPOCH = dt.date(1970, 1, 1)
DAY = 86_400
#: Stands for an instant that never comes; larger than any other.
NEVER = np.iinfo(np.int64).max


class Clock:
    """Midnights of `zones` for every day from `first` to `last` (days since 1970)."""

    def __init__(self, zones: list[str], first: int, last: int):
        self.first, self.last = first, last
        days = [EPOCH + dt.timedelta(days=day) for day in range(first, last + 1)]
        self._midnights = np.array([[midnight(day, zone) for day in days] for zone in zones], dtype=np.int64)

    def at(self, zone, day, second) -> np.ndarray:
        """UTC seconds of `second` after the local midnight of `day` in the zone numbered `zone`."""
        return self._midnights[zone, np.clip(day, self.first, self.last) - self.first] + second

    def day(self, zone, instant) -> np.ndarray:
        """The local day (days since 1970) of UTC seconds."""
        guess = np.clip(instant // DAY, self.first, self.last)
        return guess - (self._midnights[zone, guess - self.first] > instant)


def day_number(day: dt.date) -> int:
    """Days since 1970."""
    return (day - EPOCH).days


def weekday_before(day: np.ndarray) -> np.ndarray:
    """`day`, or the Friday before it at a weekend."""
    return day - np.maximum((day + 3) % 7 - 4, 0)


def weekdays(first: int, last: int) -> np.ndarray:
    """The days from `first` to `last` that are no weekend."""
    days = np.arange(first, last + 1)
    return days[(days + 3) % 7 < 5]


def instants(seconds: np.ndarray, present=True) -> np.ndarray:
    """UTC seconds as `datetime64[s]`; absent where `present` is false."""
    whole = np.where(present, seconds, 0).astype(np.int64).astype("datetime64[s]")
    return np.where(present, whole, np.datetime64("NaT", "s"))


def dates(days: np.ndarray, present=True) -> np.ndarray:
    """Days since 1970 as `datetime64[s]`; absent where `present` is false."""
    return instants(np.asarray(days) * DAY, present)

"""How numbers are written for people: money, durations, days; the same in reports, dashboards and the terminal."""

from __future__ import annotations

import datetime as dt

from .panel import NEVER, date_of


def money(cents: int) -> str:
    """Cents as dollars: ``$1,234.56``."""
    sign, cents = "-" if cents < 0 else "", abs(int(cents))
    return f"{sign}${cents // 100:,}.{cents % 100:02d}"


def clock(seconds: int) -> str:
    """A duration as ``mm:ss``."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def hours(seconds: int) -> str:
    """A long duration as ``h:mm``, whole minutes."""
    return f"{int(seconds) // 3600:,}:{int(seconds) // 60 % 60:02d}"


def spoken(seconds: int) -> str:
    """A duration in words: ``2 min 10 s``."""
    minutes, rest = divmod(int(seconds), 60)
    return " ".join(
        part for part in (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "") if part
    )


def date(day: dt.date) -> str:
    """A day as ``9 Oct 2026``."""
    return f"{day.day} {day:%b %Y}"


def day(number: int) -> str:
    """A day number as ``9 Oct 2026``."""
    return "never" if number == NEVER else date(date_of(number))


def moment(when: dt.datetime) -> str:
    """A local instant as ``9 Oct 2026 10:04``."""
    return f"{date(when.date())} {when:%H:%M}"


def words(name: str) -> str:
    """An identifier as words: ``care_plan_stale`` becomes ``care plan stale``."""
    return name.replace("_", " ")


def listed(names: list[str]) -> str:
    """``a, b and c``."""
    return ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1] if names else "nothing"


def times(count: int, one: str, many: str = "") -> str:
    """A count with its noun: ``1 patient``, ``2 patients``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"

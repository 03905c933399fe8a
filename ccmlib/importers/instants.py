"""Instants: ISO 8601 with an offset, or local time of the row's practice where it is one instant and no more."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ..facts import INSTANT
from ..month import zone

LOCAL = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?"
OFFSET = r"(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)"
FRACTION = r"[.][0-9]+"
EXPECTED = "expected an instant that exists, written as 2026-03-05T09:00:00-05:00."
MISSING = "does not exist in {}, where clocks go forward then; write the instant with its offset from UTC."
AMBIGUOUS = "happens twice in {}, where clocks go back then; write the instant with its offset from UTC."


def instants(text: pd.Series, zones: Callable[[], pd.Series]) -> tuple[pd.Series, pd.Series]:
    """The instants of a text column, and messages for the rows (by index) that have none.

    An instant is a whole UTC second: fractions are cut off. `zones` gives the IANA zone of each row's
    practice; where that is unknown, a local time has neither a value nor a message.
    """
    whole = text.str.replace(FRACTION, "", regex=True)
    read = _with_offset(whole, text.str.fullmatch(LOCAL + OFFSET))
    local = text.str.fullmatch(LOCAL)
    messages = [pd.Series(EXPECTED, index=text.index[read.isna() & ~local & (text != "")])]
    if local.any():
        for name, times in whole[local].groupby(zones()[local]):
            found, bad = _local(times, name)
            read = read.fillna(found)
            messages.append(bad)
    return read, pd.concat(messages)


def has_fraction(text: pd.Series) -> pd.Series:
    """Which rows have fractions of a second."""
    return text.str.contains(FRACTION)


def _with_offset(text: pd.Series, shaped: pd.Series) -> pd.Series:
    return pd.to_datetime(text.where(shaped), format="ISO8601", utc=True, errors="coerce").astype(INSTANT)


def _local(text: pd.Series, name: str) -> tuple[pd.Series, pd.Series]:
    times = pd.to_datetime(text, format="ISO8601", errors="coerce")
    found = times.dt.tz_localize(zone(name), ambiguous="NaT", nonexistent="NaT")
    moved = times.dt.tz_localize(zone(name), ambiguous="NaT", nonexistent="shift_forward")
    bad = pd.Series(EXPECTED, index=text.index[found.isna()])
    bad[times.notna() & moved.isna()] = AMBIGUOUS.format(name)
    bad[moved.notna() & found.isna()] = MISSING.format(name)
    return found.dt.tz_convert("UTC").astype(INSTANT), bad

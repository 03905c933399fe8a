"""Instants as the practice's calendar shows them."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ..month import zone


def local_day(instant: dt.datetime, time_zone: str) -> dt.date:
    """The day on which an instant falls in a time zone."""
    return instant.astimezone(zone(time_zone)).date()


def local_days(instants: pd.Series, time_zones: pd.Series) -> pd.Series:
    """The day (a date at midnight) of each instant in its own time zone; absent ones stay absent."""
    days = pd.Series(pd.NaT, index=instants.index, dtype="datetime64[s]")
    for name in time_zones.dropna().unique():
        rows = time_zones == name
        days[rows] = instants[rows].dt.tz_convert(zone(name)).dt.tz_localize(None).dt.normalize()
    return days


def patient_zones(patients: pd.DataFrame, practices: pd.DataFrame) -> pd.Series:
    """The time zone of each patient's practice, by patient_id."""
    zones = practices.set_index("practice_id").time_zone
    return pd.Series(patients.practice_id.map(zones).array, index=patients.patient_id.array)

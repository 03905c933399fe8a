"""The instant a page is asked at, on the practice's clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from ..month import midnight, zone


@dataclass(frozen=True)
class Day:
    """An instant and the practice's zone."""

    now: dt.datetime
    time_zone: str

    @property
    def today(self) -> dt.date:
        """The local day."""
        return self.now.astimezone(zone(self.time_zone)).date()

    @property
    def end(self) -> pd.Timestamp:
        """The first instant of tomorrow."""
        return pd.Timestamp(midnight(self.today + dt.timedelta(days=1), self.time_zone), unit="s", tz="UTC")

    @property
    def month_start(self) -> pd.Timestamp:
        """The first instant of the month."""
        return pd.Timestamp(midnight(self.today.replace(day=1), self.time_zone), unit="s", tz="UTC")

    def local(self, instant: dt.datetime) -> dt.datetime:
        """An instant on the practice's clock."""
        return pd.Timestamp(instant).to_pydatetime().astimezone(zone(self.time_zone))

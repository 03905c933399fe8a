"""Where the time went: seconds logged = seconds claimed + seconds held, by clock and by reason, to the second."""

from __future__ import annotations

import pandas as pd

from ..close import MonthClose
from .chart_balance import balance_chart
from .chip import reason_words
from .holds import reason_sums
from .section import Section, card, empty
from .table import EXACT, FIGURE, exact, summed, table

CLOCKS = {"clinical_staff": "Clinical staff", "practitioner": "Practitioner", "none": "Not clinical"}


def balance(close: MonthClose) -> Section:
    """The bar, then time by clock and by what became of it."""
    total = int(close.seconds.logged.sum())
    if not total:
        return empty("No time is logged in this month.")
    clocks, fates = clock_frame(close), fate_frame(close)
    looks = dict.fromkeys(["Logged", "Claimed", "Held"], EXACT)
    claimed = int(close.seconds.claimed.sum())
    says = (
        f"{exact(total)} logged = {exact(claimed)} claimed + {exact(total - claimed)} held,"
        " in hours, minutes and seconds: nothing is rounded and nothing is dropped."
    )
    return Section(says, (
        card(balance_chart(close)),
        card(table(clocks, "Time by clock", looks, summed(clocks, "Total", "Logged", "Claimed", "Held"))),
        card(table(fates, "What became of the time", {"Time": EXACT, "Share": FIGURE}, _whole(fates))),
    ))  # fmt: skip


def clock_frame(close: MonthClose) -> pd.DataFrame:
    """Seconds by clock: Clock, Logged, Claimed, Held."""
    sums = close.seconds.groupby("clock")[["logged", "claimed", "held"]].sum().reindex(list(CLOCKS)).dropna()
    frame = sums.astype("int64").set_axis(["Logged", "Claimed", "Held"], axis=1).rename(index=CLOCKS)
    return frame.rename_axis("Clock").reset_index()


def fate_frame(close: MonthClose) -> pd.DataFrame:
    """Seconds by what became of them: claimed, then each reason, most time first; with its share of all."""
    reasons = reason_sums(close).seconds.sort_values(ascending=False, kind="stable")
    reasons = reasons[reasons > 0]
    seconds = [int(close.seconds.claimed.sum()), *reasons]
    names = ["Claimed", *(f"Held: {reason_words(name)}" for name in reasons.index)]
    return pd.DataFrame(
        {"What became of it": names, "Time": seconds, "Share": [_share(part, sum(seconds)) for part in seconds]}
    )


def _whole(fates: pd.DataFrame) -> dict[str, object]:
    return summed(fates, "Logged", "Time") | {"Share": "100.0%"}


def _share(part: int, whole: int) -> str:
    """A share with one decimal, half up, in whole numbers."""
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"

"""What is not billed, by reason: patients, time, money, and whether it can still be mended."""

from __future__ import annotations

import pandas as pd

from .. import wording
from ..close import MonthClose
from .chip import reason_chip, who, yes_or_no
from .markup import Html, html_column, joined, muted
from .patient_month import held_rows, patient_months
from .section import Section, card, empty
from .table import COUNT, EXACT, MONEY_OR_DASH, WORD, summed, table


def holds(close: MonthClose) -> Section:
    """The table of reasons, most money first."""
    rows = held_rows(close)
    if rows.empty:
        return empty(_nobody(close))
    frame = holds_frame(close)
    looks = {"Can it be mended": WORD, "Patients": COUNT, "Time": EXACT, "Kept back": MONEY_OR_DASH}
    return Section(
        says(close, rows), (card(table(frame, "Held by reason", looks, summed(frame, "Total", "Time", "Kept back"))),)
    )


def holds_frame(close: MonthClose) -> pd.DataFrame:
    """A row per reason with human column titles; time in seconds, money in cents. A second stands with one reason."""
    sums = reason_sums(close)
    reasons = [close.rules.by_name("reasons")[name] for name in sums.index]
    return pd.DataFrame({
        "Why": html_column(joined([reason_chip(row), Html("<br>"), muted(row["says"])]) for row in reasons),
        "What would mend it": html_column(joined([row["mend"], " ", who(row)]) for row in reasons),
        "Can it be mended": [yes_or_no(row["mendable"]) for row in reasons],
        "Patients": sums.patients.to_numpy(), "Time": sums.seconds.to_numpy(), "Kept back": sums.cents.to_numpy(),
    })  # fmt: skip


def reason_sums(close: MonthClose) -> pd.DataFrame:
    """patients, seconds and cents by reason, most money first, then most time."""
    rows = held_rows(close)
    sums = rows.groupby("reason").agg(
        patients=("patient", "nunique"), seconds=("seconds", "sum"), cents=("kept_back_cents", "sum")
    )
    return (
        sums.reset_index()
        .sort_values(["cents", "seconds", "reason"], ascending=[False, False, True])
        .set_index("reason")
    )


def says(close: MonthClose, rows: pd.DataFrame) -> str:
    """How much is kept back, how much of it can be mended, and from whom."""
    reasons = close.rules.by_name("reasons")
    mendable = rows.kept_back_cents[rows.reason.map({name: row["mendable"] for name, row in reasons.items()})].sum()
    billed = rows.kept_back_cents[~rows.held].sum()
    text = (
        f"{wording.money(rows.kept_back_cents.sum())} kept back; {wording.money(mendable)} of it can still be mended."
    )
    if billed:
        text += f" {wording.money(billed)} is for time of patients who are billed."
    return text + " Every held second and every cent stands with one reason; a patient may stand in several rows."


def _nobody(close: MonthClose) -> str:
    ready = wording.times(len(patient_months(close)), "patient")
    return f"Nobody is held and no time is left over. {ready} ready."

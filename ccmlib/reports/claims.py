"""What is billed: claims by code, with totals that add up."""

from __future__ import annotations

import pandas as pd

from .. import wording
from ..close import MonthClose
from .markup import html_column, joined, muted
from .section import Section, card, empty
from .table import COUNT, EXACT, MONEY, table

SUMS = ["Units", "Time", "Allowed", "Patient's share", "Medicare's share"]


def claims(close: MonthClose) -> Section:
    """Units, patients, time and money per code."""
    frame = claims_frame(close)
    if frame.empty:
        return empty("Nothing is billed this month.")
    looks = {"Units": COUNT, "Patients": COUNT, "Time": EXACT} | dict.fromkeys(SUMS[2:], MONEY)
    says = (
        f"{wording.money(frame.Allowed.sum())} allowed. A patient with a further block stands in two rows and counts"
        " once in the total. Medicare's share is with the deductible met and before sequestration."
    )
    return Section(says, (card(table(frame, "Claims by code", looks, totals(close, frame))),))


def claims_frame(close: MonthClose) -> pd.DataFrame:
    """A row per code with human column titles; time in seconds, money in cents."""
    lines = close.claim_lines
    sums = lines.groupby("hcpcs_code")[
        ["units", "seconds", "allowed_cents", "coinsurance_cents", "medicare_cents"]
    ].sum()
    codes = close.rules.codes
    sums = sums.loc[[code for code in codes if code in sums.index]]  # as in the rules: a base, then its further block
    frame = sums.set_axis(SUMS, axis=1).reset_index(drop=True)
    frame.insert(0, "Code", html_column(joined([code, " ", muted(codes[code].label)]) for code in sums.index))
    frame.insert(2, "Patients", lines.groupby("hcpcs_code").patient_id.nunique()[sums.index].to_numpy())
    return frame


def totals(close: MonthClose, frame: pd.DataFrame) -> dict[str, object]:
    """The last row: sums, and each patient once."""
    sums = {title: int(frame[title].sum()) for title in SUMS}
    return {"Code": "Total", "Patients": close.claim_lines.patient_id.nunique()} | sums

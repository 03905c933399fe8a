"""What is billed and should be looked at by a person, with what to do."""

from __future__ import annotations

import pandas as pd

from .. import wording
from ..close import MonthClose
from ..requirement import REVIEW
from .chip import chip, reason_words, who
from .markup import Html, escaped, html_column, joined, muted
from .patient_month import hold_rows, named
from .section import Section, card, empty
from .table import WORD, Look, table


def reviews(close: MonthClose) -> Section:
    """The list by patient, a patient's marks in the order of the rules."""
    frame = reviews_frame(close)
    if frame.empty:
        return empty("Nothing is marked for review.")
    looks = {"Patient": WORD, "Time concerned": Look(_time_or_dash, "n"), "Claim": WORD}
    says = f"{wording.times(len(frame), 'mark')}. None of them holds a claim; check before the claims go out."
    return Section(says, (card(table(frame, "Review list", looks)),))


def reviews_frame(close: MonthClose) -> pd.DataFrame:
    """A row per patient and mark with human column titles; time in seconds."""
    rows = hold_rows(close)
    rows = rows[rows.severity == REVIEW]
    reasons = [close.rules.by_name("reasons")[name] for name in rows.reason]
    return pd.DataFrame({
        "Patient": named(close, rows.patient),
        "What to look at": html_column(_mark(row) for row in reasons),
        "What to do": html_column(joined([row["mend"], " ", who(row)]) for row in reasons),
        "Entries": html_column(_entries(text) for text in rows.evidence),
        "Time concerned": rows.seconds.to_numpy(),
        "Claim": html_column(chip("hold", "held") if held else chip("ready", "billed") for held in rows.held),
    })  # fmt: skip


def _mark(reason: dict) -> Html:
    return joined([chip("review", reason_words(reason["name"])), " ", reason["says"]])


def _time_or_dash(seconds: int) -> str:
    return wording.clock(seconds) if seconds else "–"


def _entries(evidence: str) -> Html:
    """The ids of the time entries concerned, one a line."""
    first = evidence.split(" ")[0]
    names = first.removeprefix("entry_id=").split(";") if first.startswith("entry_id=") else []
    return joined([muted(name) for name in names], Html("<br>")) if names else escaped("–")

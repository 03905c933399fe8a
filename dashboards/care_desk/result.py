"""What a saved entry counts, why not the rest, and how far the next threshold is."""

from __future__ import annotations

from ccmlib import wording
from ccmlib.acts.time_entry import Saved
from ccmlib.close import MonthClose
from ccmlib.desk.counted import blocking, counted_month, entry_words, fates_of, month_words
from ccmlib.desk.one_patient import row_of
from ccmlib.month import Month
from ccmlib.problem import NotInForce
from ccmlib.reports.chip import chip
from ccmlib.reports.markup import Html, element, joined, paragraphs

from .reading import Desk, Reading


def result_html(reading: Reading, desk: Desk, saved: Saved) -> Html:
    """The sentence of the act, then each month that the entry touches."""
    parts = [
        element("p", element("b", saved.says)),
        *(_month(reading, desk, saved, each) for each in _months(reading, desk, saved)),
    ]
    return element("div", parts, "desk-result", role="status")


def _months(reading: Reading, desk: Desk, saved: Saved) -> list[Month]:
    log = reading.entries(saved.patient_id)
    rows = log[log.entry_id.isin(saved.entry_ids)]
    local = [desk.day.local(each) for name in ("started_at", "ended_at") for each in rows[name]]
    return [Month(text) for text in sorted({f"{each:%Y-%m}" for each in local})]


def _month(reading: Reading, desk: Desk, saved: Saved, month: Month) -> Html:
    try:
        close = reading.month_of(desk, saved.patient_id, month)
    except NotInForce as problem:
        return element("p", str(problem))
    fates = fates_of(close, saved.entry_ids)
    state = "ready" if fates.counted == fates.logged and fates.logged else "review" if fates.counted else "hold"
    counts = element("p", chip(state, f"{wording.clock(fates.counted)} counted"))
    stands = element("p", [element("b", f"{month.first:%B}: "), month_words(counted_month(close, saved.patient_id))])
    return joined([counts, paragraphs(entry_words(close, fates)), stands, *_bill(close, saved.patient_id)])


def _bill(close: MonthClose, patient_id: str) -> list[Html]:
    """What the month reaches, and what would hold it all the same."""
    lines = close.programs[0].lines
    lines = lines[lines.patient == row_of(close, patient_id)]
    codes = wording.listed([f"{row.hcpcs_code} ×{row.units}" for row in lines.itertuples()])
    said = [element("p", f"Reached: {codes}, {wording.money(lines.allowed_cents.sum())}.")] if len(lines) else []
    return said + [element("p", f"Would be held: {row['says']} {row['mend']}") for row in blocking(close, patient_id)]

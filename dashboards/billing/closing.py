"""What closing the month would write, said before; and what it wrote, said after."""

from __future__ import annotations

import datetime as dt

from ccmlib import wording
from ccmlib.month import Month
from ccmlib.reports.header import month_name, practices
from ccmlib.reports.markup import Html, element, joined
from ccmlib.save_close import Saved

from .decided import Decided
from .tiles import signed

SHORT = 12
MADE = {"add": "added", "replace": "replaced", "void": "taken back"}


def button_words(month: Month, closed: bool) -> str:
    """What the button says that asks to close."""
    return f"Amend {month.first:%B}…" if closed else f"Close {month.first:%B}…"


def statement(decided: Decided, user: str, now: dt.datetime) -> Html:
    """What would be written, in whose name, and how it is corrected."""
    said = [element("p", [element("b", _what(decided)), f" It is signed {user}."])]
    early = decided.close.panel.bounds[1].max(initial=0) > now.timestamp()
    if early:
        said.append(element("p", "The month is not over yet: what comes in later needs an amendment."))
    said.append(
        element("p", "A close is never changed or deleted. If facts change, closing again writes an amendment.")
    )
    return joined(said)


def _what(decided: Decided) -> str:
    whose = f"{month_name(decided.close)} of {practices(decided.close)}"
    if decided.last is None:
        return f"Closing {whose} writes {_size(decided)}."
    counts = decided.changes.action.value_counts()
    parts = [f"{wording.times(counts[action], 'line')} {words}" for action, words in MADE.items() if action in counts]
    difference = decided.allowed_cents - int(decided.last_lines.allowed_cents.sum())
    written = f"{wording.listed(parts)}, {signed(difference)}" if parts else "no changed claim line"
    return f"Closing {whose} again writes an amendment: {written}. It then holds {_size(decided)}."


def _size(decided: Decided) -> str:
    lines = decided.close.claim_lines
    patients = wording.times(lines.patient_id.nunique(), "patient")
    return (
        f"{wording.times(len(lines), 'claim line')} of {patients}, {wording.money(decided.allowed_cents)} allowed, and "
        f"{wording.times(len(decided.close.holds), 'held or marked row')}"
    )


def written(saved: Saved) -> str:
    """What became of it, and how it is corrected."""
    close, month = saved.close, f"{Month(saved.close.service_month).first:%B %Y}"
    if not saved.written:
        return (
            f"{month} stands as closed on {wording.date(close.closed_at.date())}: nothing differs, nothing was written."
        )
    kept = saved.lines[saved.lines.action != "void"]
    did = f"Amended ({close.name})" if close.sequence else "Closed"
    patients, allowed = (
        wording.times(kept.patient_id.nunique(), "patient"),
        wording.money(int(kept.allowed_cents.sum())),
    )
    return (
        f"{did} {month}: {wording.times(len(kept), 'claim line')} of {patients}, {allowed} allowed. "
        f"Hash {close.digest[:SHORT]}. To correct it, correct the facts and close again."
    )

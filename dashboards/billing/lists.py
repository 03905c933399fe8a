"""The lists of work: held, near the next threshold, to look at, ready, changed since the close, found by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from ccmlib import wording
from ccmlib.reports.near import NEAR_MINUTES

from ..ui.shapes import Column, Row, Rows
from . import cells
from .decided import Decided
from .people import small_print


@dataclass(frozen=True)
class Listing:
    """A list ready to be shown: its label, columns, rows, the totals over all rows, and what it says when empty."""

    label: str
    columns: Sequence[Column]
    rows: Rows
    totals: Sequence[object] = ()
    empty: str = ""


def held(decided: Decided) -> Listing:
    """Every held patient: the main reason, what would mend it and who can; most money first."""
    frame, count = decided.held, len(decided.ready)

    def rest(row) -> list:
        return [*cells.why_and_mend(row, decided), wording.clock(row.logged), cells.dash(row.kept_back_cents)]

    return Listing(
        "Held patients, sorted by the money kept back",
        _columns("Patient", "Why:half", "What would mend it:half", "Logged:n", "Kept back:n"),
        _rows(frame, decided, rest),
        ["Total", "", "", wording.hours(frame.logged.sum()) + " h", wording.money(frame.kept_back_cents.sum())],
        f"Nobody is held. {wording.times(count, 'patient')} {'is' if count == 1 else 'are'} ready.",
    )


def near(decided: Decided) -> Listing:
    """Who is a few minutes short of the next code or block, shortest first."""
    frame = decided.near
    return Listing(
        "Near the next threshold, the shortest way first",
        _columns("Patient", "Short by:n", "Counted:n", "Would bill", "Worth:n"),
        _rows(frame, decided, lambda row: cells.step(row, decided)),
        ["Total", "", "", "", wording.money(frame.cents.sum())],
        f"Nobody is under {NEAR_MINUTES} minutes short of the next block.",
    )


def to_look_at(decided: Decided) -> Listing:
    """Billed patients with something that a person should check."""

    def rest(row) -> list:
        return [*cells.marks(row, decided), wording.clock(row.logged), cells.dash(row.allowed_cents)]

    return Listing(
        "Billed, a person should check",
        _columns("Patient", "What to look at:half", "What to do:half", "Logged:n", "Allowed:n"),
        _rows(decided.to_look_at, decided, rest),
        empty="Nothing is marked for a person to check.",
    )


def ready(decided: Decided) -> Listing:
    """Who is billed, and what; most money first."""
    frame = decided.ready.sort_values("allowed_cents", ascending=False, kind="stable")

    def rest(row) -> list:
        return [cells.codes(row, decided), wording.clock(row.logged), cells.dash(row.allowed_cents)]

    return Listing(
        "Ready to bill, most money first",
        _columns("Patient", "Bills", "Logged:n", "Allowed:n"),
        _rows(frame, decided, rest),
        ["Total", "", wording.hours(frame.logged.sum()) + " h", wording.money(decided.allowed_cents)],
        "Nobody is ready to bill yet.",
    )


def changed(decided: Decided) -> Listing:
    """The claim lines that closing again would write otherwise than the last close of the month."""
    changes = decided.changes
    frame = changes.assign(
        program=0, patient=[decided.number_of.get(name, -1) for name in changes.patient_id],
        now=changes.allowed_cents.where(changes.action != "void", 0),
    )  # fmt: skip
    return Listing(
        "Claim lines that differ from the last close",
        _columns("Patient", "Line", "Change", "Closed:n", "Now:n"),
        _rows(frame, decided, lambda row: cells.change(row)),
        ["Total", "", "", wording.money(frame.was_cents.sum()), wording.money(frame.now.sum())],
        _nothing_changed(decided),
    )


def found(decided: Decided, query: str) -> Listing:
    """Whoever's name or number contains `query`, with time or without."""
    people = pd.DataFrame({"patient": decided.found(query)})
    frame = people.merge(decided.months, "left", "patient")
    numbers = ["program", "logged", "allowed_cents", "kept_back_cents"]
    frame = frame.fillna(dict.fromkeys(numbers, 0)).astype(dict.fromkeys(numbers, int))

    def rest(row) -> list:
        return [*cells.state(row, decided), wording.clock(row.logged), cells.amount(row)]

    return Listing(
        f"Patients found for “{query.strip()}”",
        _columns("Patient", "State:half", "What:half", "Logged:n", "Amount:n"),
        _rows(frame, decided, rest),
        empty=f"No patient of this practice has “{query.strip()}” in the name or record number.",
    )


#: The lists in the order of their buttons, with the words on these.
LISTS: dict[str, tuple[str, Callable[[Decided], Listing]]] = {
    "held": ("Held", held), "near": ("Near threshold", near), "look": ("To look at", to_look_at),
    "ready": ("Ready", ready), "changed": ("Against last close", changed),
}  # fmt: skip


def _nothing_changed(decided: Decided) -> str:
    if decided.last:
        return f"Nothing differs from the close of {wording.date(decided.last.closed_at.date())}."
    lines = wording.times(len(decided.close.claim_lines), "claim line")
    return f"The month is not closed yet. Closing it writes {lines}; they are listed under Ready."


def _columns(*words: str) -> list[Column]:
    """Columns written as ``title`` or ``title:kind``."""
    return [Column(*word.split(":")) for word in words]


def _rows(frame: pd.DataFrame, decided: Decided, rest: Callable[[object], list]) -> Rows:
    """The frame's rows, made when they are shown; `rest` makes the cells after the patient's own."""
    ids = decided.close.panel.patients.patient_id.to_numpy(object)
    rows = list(frame.itertuples(index=False))

    def make(at: int) -> Row:
        row = rows[at]
        name = ids[row.patient] if row.patient >= 0 else row.patient_id
        return Row(name, [name, *rest(row)], small_print(decided, row.patient))

    return Rows(range(len(rows)), make)

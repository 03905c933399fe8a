"""The screening as tiles, tabs and rows."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ccmlib import wording
from ccmlib.care_plan.item import text_of
from ccmlib.reports.chip import chip
from ccmlib.reports.markup import Html, element, joined

from ..own_practices import found
from ..ui.shapes import Column, Row, Rows, Tile
from .reading import Enrolling

FOUND = "found"
VISIT = "initiating_visit"
#: The lists: name, words, and which rows of the screening are in it.
LISTS: dict[str, tuple[str, Callable[[pd.DataFrame], pd.Series]]] = {
    "ask": ("Eligible, not enrolled", lambda frame: frame.eligible & ~frame.enrolled),
    "enrolled": ("Enrolled", lambda frame: frame.enrolled),
    "lost": ("Enrolled, no longer eligible", lambda frame: frame.enrolled & ~frame.eligible),
    "shut": ("Not eligible", lambda frame: ~frame.eligible & ~frame.enrolled),
}
COLUMNS = (Column("Patient", "w"), Column("State", "w"), Column("Chronic conditions"), Column("Last visit", "n"),
           Column("What is lacking"), Column("What to do next"))  # fmt: skip
EMPTY = "Nobody in this list. Everybody who is eligible today is enrolled."


def tiles(now: Enrolling) -> list[Tile]:
    """The state at a glance."""
    frame = now.screened
    counts = {name: int(which(frame).sum()) for name, (_, which) in LISTS.items()}
    to_ask = frame[LISTS["ask"][1](frame)]
    visit = int(to_ask.reasons.str.split(";").map(lambda names: VISIT in names).sum())
    withdrawn = int(to_ask.reasons.str.split(";").map(lambda names: "consent_revoked" in names).sum())
    share = f"{100 * counts['enrolled'] // max(counts['enrolled'] + counts['ask'], 1)}% of those who could be"
    return [
        Tile("Eligible, not enrolled", f"{counts['ask']:,}", "patients", "to explain it to and to ask", "review"),
        Tile("Of them need a visit first", f"{visit:,}", "patients", "or the code of the visit confirmed"),
        Tile("Of them withdrew", f"{withdrawn:,}", "patients", "asked before; not to be pressed"),
        Tile("Enrolled", f"{counts['enrolled']:,}", "patients", share, "ready"),
        Tile("No longer eligible", f"{counts['lost']:,}", "enrolled patients", "see what changed",
             "hold" if counts["lost"] else ""),
    ]  # fmt: skip


def tabs(now: Enrolling, query: str) -> list[tuple[str, str]]:
    """The lists as (name, words with the number of rows)."""
    first = [(FOUND, f"Found {len(found(now.people, query)):,}")] if query.strip() else []
    return first + [(name, f"{words} {int(which(now.screened).sum()):,}") for name, (words, which) in LISTS.items()]


def rows(now: Enrolling, name: str, query: str) -> Rows:
    """The rows of a list; made when they are shown."""
    if name == FOUND:
        return Rows(found(now.people, query), lambda key: _row(now, key))
    return Rows(now.screened.patient_id[LISTS[name][1](now.screened)].tolist(), lambda key: _row(now, key))


def state_chip(row: pd.Series) -> Html:
    """Where the patient stands, with a mark and a word."""
    if row.enrolled:
        return chip("ready", "enrolled") if row.eligible else chip("hold", "enrolled, not eligible")
    if "consent_revoked" in row.reasons:
        return chip("quiet", "withdrew")
    return chip("review", "eligible") if row.eligible else chip("quiet", "not eligible")


def name_of(now: Enrolling, patient_id: str) -> str:
    """The patient's name, else the id."""
    person = now.people.loc[patient_id]
    return f"{text_of(person.family_name)}, {text_of(person.given_name)}".strip(", ") or patient_id


def _row(now: Enrolling, patient_id: str) -> Row:
    row = now.screened.loc[patient_id]
    age = "" if pd.isna(row.age) else f", {row.age}"
    seen = "–" if pd.isna(row.seen) else wording.date(row.seen.date())
    conditions = ", ".join(wording.words(name) for name in row.condition_groups.split(";") if name) or "none on file"
    cells = (name_of(now, patient_id), state_chip(row), conditions, seen, sentences(row.lacks), row.next_step)
    return Row(patient_id, cells, f"{patient_id}{age}")


def sentences(lacks: str) -> Html:
    """What is lacking, a line each."""
    parts = [f"{each[0].upper()}{each[1:]}." for each in lacks.split("; ") if each]
    return joined(element("p", each) for each in parts or ["Nothing."])

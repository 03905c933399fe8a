"""The worklist as tiles, tabs and rows."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ccmlib import wording
from ccmlib.care_plan.item import text_of
from ccmlib.desk.worklist import CHECK_IN, DONE, NEAR, TASK, URGENT, why
from ccmlib.reports.chip import chip
from ccmlib.reports.markup import Html, element, joined
from ccmlib.reports.near import NEAR_MINUTES

from ..own_practices import found
from ..ui.shapes import Column, Row, Rows, Tile
from .reading import Desk

FOUND = "found"
#: The lists: name, words, and which rows of the worklist are in it.
LISTS: dict[str, tuple[str, Callable[[pd.DataFrame], pd.Series]]] = {
    "due": ("Due", lambda frame: frame["rank"] < DONE),
    "tasks": ("Tasks", lambda frame: frame["rank"] <= TASK),
    "check_in": ("Check-ins", lambda frame: frame.check_in),
    "nothing": ("Nothing due", lambda frame: frame["rank"] == DONE),
}
COLUMNS = (
    Column("Patient", "w"),
    Column("State", "w"),
    Column("Why"),
    Column("Counted", "n"),
    Column("Last conversation", "n"),
)
STATES = {
    URGENT: ("hold", "urgent"), TASK: ("review", "task due"), NEAR: ("review", "check-in due, near"),
    CHECK_IN: ("review", "check-in due"), DONE: ("ready", "nothing due"),
}  # fmt: skip
EMPTY = "Nobody is due. Everything for today is done."


def tiles(desk: Desk) -> list[Tile]:
    """The day at a glance."""
    frame = desk.list
    urgent, due = (frame["rank"] == URGENT).sum(), (frame["rank"] <= TASK).sum()
    check_in, near = frame.check_in.sum(), frame.near.sum()
    return [
        Tile("Urgent", f"{urgent:,}", "patients", "an urgent task is open", "hold" if urgent else "ready"),
        Tile("Tasks", f"{due:,}", "patients", "urgent, or due by the end of today", "review" if due else "ready"),
        Tile("Check-in due", f"{check_in:,}", "patients", f"no conversation in {desk.day.today:%B} yet"),
        Tile("Near the next threshold", f"{near:,}", "of them", f"under {NEAR_MINUTES} minutes short"),
        Tile("Spoken to", f"{_spoken_to(desk):,}", "patients", f"in {desk.day.today:%B}", "ready"),
    ]


def tabs(desk: Desk, query: str) -> list[tuple[str, str]]:
    """The lists as (name, words with the number of rows)."""
    first = [(FOUND, f"Found {len(found(desk.people, query)):,}")] if query.strip() else []
    return first + [(name, f"{words} {int(which(desk.list).sum()):,}") for name, (words, which) in LISTS.items()]


def rows(desk: Desk, name: str, query: str) -> Rows:
    """The rows of a list; made when they are shown."""
    listed = found(desk.people, query) if name == FOUND else desk.list.patient_id[LISTS[name][1](desk.list)]
    by_id = desk.list.set_index("patient_id", drop=False)
    return Rows(list(listed), lambda key: _row(desk, by_id, key))


def _row(desk: Desk, by_id: pd.DataFrame, patient_id: str) -> Row:
    person, name = desk.people.loc[patient_id], name_of(desk, patient_id)
    small = f"{patient_id}, {_about(desk, person)}"
    if patient_id not in by_id.index:
        return Row(patient_id, (name, chip("quiet", "not enrolled"), _not_listed(person), "–", "–"), small)
    row = by_id.loc[patient_id]
    state = chip(*STATES[row["rank"]])
    last = "–" if pd.isna(row.last_contact) else wording.date(desk.day.local(row.last_contact).date())
    words = joined(element("p", sentence) for sentence in why(row, desk.day))
    return Row(patient_id, (name, state, Html(words), wording.clock(row.counted or 0), last), small)


def name_of(desk: Desk, patient_id: str) -> str:
    """The patient's name, else the id."""
    person = desk.people.loc[patient_id]
    return f"{text_of(person.family_name)}, {text_of(person.given_name)}".strip(", ") or patient_id


def _about(desk: Desk, person: pd.Series) -> str:
    born = person.birth_date
    if pd.isna(born):
        return "age unknown"
    today = desk.day.today
    return f"{today.year - born.year - ((today.month, today.day) < (born.month, born.day))}"


def _not_listed(person: pd.Series) -> str:
    return "Died." if pd.notna(person.died_at) else "No consent to care management is in force."


def _spoken_to(desk: Desk) -> int:
    return int((desk.list.last_contact >= desk.day.month_start).sum())

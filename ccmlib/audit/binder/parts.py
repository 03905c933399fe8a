"""The small parts that every section of a binder is made of."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ...reports.chip import chip
from ...reports.markup import Html, element, joined
from ...reports.section import card
from ...reports.table import MOST_ROWS, Look, table
from .checklist import LOOK, MISSING, PRESENT

#: How a state is shown: its color's name and its word.
STATES = {PRESENT: ("ready", "present"), MISSING: ("hold", "missing"), LOOK: ("review", "look")}


@dataclass(frozen=True)
class Section:
    """One section of a binder: its anchor, its title, one sentence that says what it shows, and its body."""

    anchor: str
    title: str
    says: str
    body: tuple[Html, ...]


def state_chip(state: str) -> Html:
    """The state of an item as a colored word with a mark."""
    return chip(*STATES[state])


def pairs(values: dict[str, object]) -> Html:
    """Names with their values, one a line; what is absent says so."""
    lines = (
        element("div", joined([element("dt", name), element("dd", value or "not recorded")]))
        for name, value in values.items()
    )
    return card(element("dl", joined(lines, "\n"), "pairs"))


def whole_table(
    rows: list[dict], label: str, looks: dict[str, Look], totals: dict | None = None, none: str = ""
) -> Html:
    """Every row as a table, however many; the sentence `none` instead when there are no rows."""
    if not rows:
        return card(element("p", none, "empty"))
    frame = pd.DataFrame(rows, dtype=object)  # else HTML would become plain text
    starts = range(0, len(frame), MOST_ROWS)
    return card(
        *(
            table(frame.iloc[at : at + MOST_ROWS], label, looks, totals if at + MOST_ROWS >= len(frame) else None)
            for at in starts
        )
    )


def heading(words: str) -> Html:
    """A heading within a section."""
    return element("h3", words)

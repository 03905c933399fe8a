"""The one table renderer: a frame with human column titles becomes an HTML table with its totals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from .. import wording
from .markup import Html, element, escaped, joined

#: Rows shown of a long list; the sums of the others stand in one row, so that the totals still add up.
MOST_ROWS = 400


@dataclass(frozen=True)
class Look:
    """How a column is written: `show` turns a value into text, `kind` is its CSS class (n: figure, w: unbroken)."""

    show: Callable[[object], object]
    kind: str = ""


def exact(seconds: int) -> str:
    """A long duration to the second, ``h:mm:ss``: rounded ones would not add up."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60:,}:{minutes % 60:02d}:{rest:02d}"


def money_or_dash(cents: int) -> str:
    """Money, a dash for nothing."""
    return wording.money(cents) if cents else "–"


TEXT = Look(escaped)
WORD = Look(escaped, "w")
COUNT = Look(lambda number: f"{int(number):,}", "n")
MONEY = Look(wording.money, "n")
MONEY_OR_DASH = Look(money_or_dash, "n")
CLOCK = Look(wording.clock, "n")
EXACT = Look(exact, "n")
FIGURE = Look(escaped, "n")


def table(frame: pd.DataFrame, label: str, looks: dict[str, Look], totals: dict[str, object] | None = None) -> Html:
    """`frame` as an HTML table called `label`, with a last row of `totals` by column title.

    A column without a look is text. Only the first ``MOST_ROWS`` rows are shown.
    """
    looks = {title: looks.get(title, TEXT) for title in frame}
    shown, rest = frame.head(MOST_ROWS), frame.iloc[MOST_ROWS:]
    foot = ([_rest(rest, totals)] if len(rest) else []) + ([totals] if totals else [])
    parts = [
        element("thead", _row("th", {title: title for title in looks}, looks, scope="col")),
        element("tbody", joined((_body_row(row, looks) for row in shown.to_numpy(object)), "\n")),
        element("tfoot", joined(_body_row([row.get(title, "") for title in looks], looks) for row in foot))
        if foot
        else "",
    ]
    return element("table", joined(parts, "\n"), aria_label=label)


def summed(frame: pd.DataFrame, first: str, *titles: str) -> dict[str, object]:
    """The last row of a table: `first` in the first column, and the sum of each of `titles`."""
    return {frame.columns[0]: first} | {title: int(frame[title].sum()) for title in titles}


def _rest(rest: pd.DataFrame, totals: dict[str, object] | None) -> dict[str, object]:
    titles = [
        title for title in (totals or {}) if title != rest.columns[0] and pd.api.types.is_numeric_dtype(rest[title])
    ]
    return summed(rest, f"and {len(rest):,} more, listed in the files", *titles)


def _body_row(values, looks: dict[str, Look]) -> Html:
    shown = {title: _shown(value, looks[title]) for title, value in zip(looks, values, strict=True)}
    return _row("td", shown, looks)


def _shown(value: object, look: Look) -> object:
    return value if isinstance(value, str) else look.show(value)


def _row(name: str, cells: dict[str, object], looks: dict[str, Look], **attributes: str) -> Html:
    return element("tr", joined(element(name, cell, looks[title].kind, **attributes) for title, cell in cells.items()))

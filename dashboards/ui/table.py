"""A table whose rows can be selected: a real HTML table, one button a row for keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import anywidget
import traitlets

from ccmlib.reports.markup import Html, element, escaped, joined

from .shapes import Column, Row, Rows

__all__ = ["ROWS", "Column", "Row", "Rows", "Table"]

FOLDER = Path(__file__).parent
#: Rows put into the page at once; a button brings as many more.
ROWS = 100


class Table(anywidget.AnyWidget):
    """Rows to choose one from. `selected` is the key of the chosen row, empty for none.

    The first cell of a row is its button. Arrow keys go from row to row; a click anywhere on the row chooses it.
    `selected` comes from the browser: what it names must be looked up, never trusted.
    """

    _esm = (FOLDER / "table.js").read_text("utf-8")
    html = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)
    shown = traitlets.Int(ROWS).tag(sync=True)

    def __init__(self, label: str, columns: Sequence[Column] = (), empty: str = "Nothing to show.", **traits):
        """An empty table called `label`; `empty` is what it says then."""
        super().__init__(**traits)
        self.label, self.columns, self.empty = label, tuple(columns), empty
        self.rows: Sequence[Row] = []
        self.totals: Sequence[object] = ()
        self.observe(lambda _: self._draw(), "shown")
        self._draw()

    def show(
        self, rows: Sequence[Row], totals: Sequence[object] = (), columns: Sequence[Column] = (), label: str = "",
        empty: str = "",
    ) -> None:  # fmt: skip
        """Show `rows` instead of those before, the first ones of a long list; `totals` is the last row, over all rows.

        `rows` may be ``Rows``, of which only those shown are made. Columns, label and the words of an empty table
        stay as they are when they are not given. A selected row that is not among `rows` stays selected.
        """
        self.rows, self.totals = rows, totals
        self.columns, self.label, self.empty = tuple(columns) or self.columns, label or self.label, empty or self.empty
        with self.hold_sync():
            self.shown = ROWS
            self._draw()

    def _draw(self) -> None:
        self.html = self._table() if self.rows else element("p", self.empty, "empty")

    def _table(self) -> Html:
        head = element("tr", joined(element("th", each.title, each.kind, scope="col") for each in self.columns))
        body = joined(self._row(row) for row in self.rows[: max(self.shown, ROWS)])
        foot = element("tfoot", self._line(self.totals)) if self.totals else ""
        parts = [element("thead", head), element("tbody", body), foot]
        return joined([element("table", joined(parts), aria_label=self.label), self._more()])

    def _row(self, row: Row) -> Html:
        first = element("button", row.cells[0], "link pick", type="button")
        small = [Html("<br>"), element("span", row.small, "muted")] if row.small else []
        return self._line([joined([first, *small]), *row.cells[1:]], data_key=row.key)

    def _line(self, cells: Sequence[object], **attributes: str) -> Html:
        pairs = zip(cells, self.columns, strict=True)
        return element("tr", joined(element("td", escaped(cell), each.kind) for cell, each in pairs), **attributes)

    def _more(self) -> Html:
        rest = len(self.rows) - max(self.shown, ROWS)
        if rest <= 0:
            return Html("")
        words = f"Show {min(rest, ROWS):,} more of {rest:,}"
        return element("p", element("button", words, type="button", data_more=str(self.shown + ROWS)), "more")

"""Two decisions of the same month compared, row by row and column by column."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..facts import Table


@dataclass(frozen=True)
class Difference:
    """A row of `table` with this `key` that the close has and the replay has not, or the other way, or otherwise.

    `columns` gives, for each column that differs, the value closed and the value now (None: no such row).
    """

    table: str
    key: tuple[str, ...]
    columns: dict[str, tuple]

    def __str__(self):
        pairs = ((name, *map(_value, values)) for name, values in self.columns.items())
        said = ", ".join(f"{name} {closed} closed, {now} now" for name, closed, now in pairs)
        return f"{self.table} {' '.join(self.key)}: {said}."


def differences(table: Table, closed: pd.DataFrame, now: pd.DataFrame) -> list[Difference]:
    """How the rows `now` differ from those `closed`, in the order of their keys."""
    old, new = _by_key(table, closed), _by_key(table, now)
    pairs = ((key, old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys()))
    return [Difference(table.name, key[:-1], _columns(table, one, other)) for key, one, other in pairs if one != other]


def _by_key(table: Table, frame: pd.DataFrame) -> dict[tuple, dict]:
    """Rows by key and, since a reason may be given twice, by their number among those of the same key."""
    again = frame.groupby(list(table.key)).cumcount()
    rows = zip(frame[table.names].to_dict("records"), again, strict=True)
    return {(*(row[name] for name in table.key), number): row for row, number in rows}


def _columns(table: Table, closed: dict | None, now: dict | None) -> dict[str, tuple]:
    if closed is None or now is None:
        return {"row": ("none" if closed is None else "there", "none" if now is None else "there")}
    return {name: (closed[name], now[name]) for name in table.names if closed[name] != now[name]}


def _value(value) -> str:
    return repr(value) if value == "" else str(value)

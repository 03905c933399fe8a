"""What a check of the store found: which table, which rows, what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written. `rows` names them by id: ``row 17``, ``rows 5 to 9``."""

    table: str
    rows: str
    what: str

    def __str__(self):
        return f"{self.table} {self.rows}: {self.what}"


def rows_from(first: int, last: int) -> str:
    """The rows from one id to another, in words."""
    return f"row {first}" if first == last else f"rows {first} to {last}"


def findings_of(table: str, ids: Iterable[int], what: str) -> list[Finding]:
    """One finding for each run of neighboring ids."""
    return [Finding(table, rows_from(first, last), what) for first, last in _runs(sorted(ids))]


def gaps(first: int, last: int, ids: Iterable[int]) -> list[tuple[int, int]]:
    """First and last id of each run between `first` and `last` that the ascending `ids` lack."""
    found, expected = [], first
    for row_id in [*ids, last + 1]:
        if row_id > expected:
            found.append((expected, row_id - 1))
        expected = row_id + 1
    return found


def _runs(ids: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row_id in ids:
        joins = runs and row_id == runs[-1][1] + 1
        runs[-1:] = [(runs[-1][0], row_id)] if joins else [*runs[-1:], (row_id, row_id)]
    return runs

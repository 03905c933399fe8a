"""The rows of a table against the seals over them: what was changed, taken away, moved or slipped in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .finding import Finding, findings_of, gaps, rows_from
from .seal import MARK, Seal, marks, rows_hash

CHANGED = "its content is not what was written."
KNOWN = "when it was learned, or from whom, is not what was written."
MOVED = "it is another row than the one that was written."
GONE = "gone."
UNSEALED = "under no seal; it was not written by this program."
OTHER = "not the rows that were written."
MARKS = "its marks are not what was written."


@dataclass(frozen=True)
class StoredRows:
    """Rows as they lie in the store, by ascending id: their seal lines, `known` (known_at, known_by; None in
    the ledger), and whether the content of each agrees with its digest."""

    ids: np.ndarray
    lines: list[bytes]
    known: list[tuple] | None
    sound: np.ndarray

    def within(self, first: int, last: int) -> slice:
        """Where the rows with ids from `first` to `last` are."""
        return slice(int(np.searchsorted(self.ids, first)), int(np.searchsorted(self.ids, last, "right")))


def check_rows(table: str, seals: list[Seal], rows: StoredRows) -> list[Finding]:
    """What is wrong with `rows`, all of which should be under one of `seals`."""
    found = findings_of(table, rows.ids[~rows.sound].tolist(), CHANGED)
    sealed = np.zeros(len(rows.ids), bool)
    for seal in seals:
        at = rows.within(seal.first_id, seal.last_id)
        sealed[at] = True
        found += _under(seal, rows, at)
    return found + findings_of(table, rows.ids[~sealed].tolist(), UNSEALED)


def _under(seal: Seal, rows: StoredRows, at: slice) -> list[Finding]:
    ids, lines = rows.ids[at].tolist(), rows.lines[at]
    table = seal.table_name
    missing = gaps(seal.first_id, seal.last_id, ids)
    found = [Finding(table, rows_from(*run), GONE) for run in missing]
    if rows.known is not None:
        said = (seal.known_at, seal.known_by)
        pairs = zip(ids, rows.known[at], strict=True)
        found += findings_of(table, [row_id for row_id, known in pairs if known != said], KNOWN)
    if rows_hash(lines) == seal.rows_hash:
        return found + _marks(seal, lines)
    moved = _moved(seal, ids, lines)
    found += findings_of(table, moved - set(rows.ids[at][~rows.sound[at]].tolist()), MOVED)
    explained = missing or moved
    return found if explained else [*found, Finding(table, rows_from(seal.first_id, seal.last_id), OTHER)]


def _moved(seal: Seal, ids: list[int], lines: list[bytes]) -> set[int]:
    """The rows whose line is not the one that was sealed at their place."""
    own = marks(lines)
    return {
        row_id
        for place, row_id in enumerate(ids)
        if own[MARK * place : MARK * (place + 1)] != _mark(seal, row_id - seal.first_id)
    }


def _mark(seal: Seal, place: int) -> str:
    return seal.marks[MARK * place : MARK * (place + 1)]


def _marks(seal: Seal, lines: list[bytes]) -> list[Finding]:
    return [] if marks(lines) == seal.marks else [Finding("seals", f"row {seal.seal_id}", MARKS)]

"""Rows as they lie in the database, each judged: is its content still what its digest says, written as we write it?

A database may hold what this program never writes: a text where a number belongs, another number for
true, an empty text. Such a row is unsound, even when it would be read as what it was before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from ..facts import TABLES, Table
from ..ledger.row_check import StoredRows
from ..ledger.seal import Seal, row_line
from ..ledger.tables import LEDGER
from .columns import arrow_of, database_rows, frame_of, rows_of
from .digest import row_digests
from .schema import FACTS, SEALED, row_id

#: About how many rows are held in memory at once.
READ_AT_ONCE = 50_000
#: What Arrow and pandas raise for a value that a column of its kind cannot hold.
UNREADABLE = (ValueError, TypeError, OverflowError, pa.ArrowException)


def sealed_tables() -> dict[str, Table]:
    """Every table whose rows are sealed."""
    return TABLES | LEDGER


def stored_rows(connection: sa.Connection, name: str, seals: list[Seal]) -> Iterator[tuple[list[Seal], StoredRows]]:
    """All rows of a table in the order of their ids, in parts, each with those of its `seals` that it is under."""
    low = None
    for group in _groups(sorted(seals, key=lambda seal: seal.first_id)):
        high = max(seal.last_id for seal in group)
        yield group, _between(connection, name, low, high)
        low = high if low is None else max(low, high)
    yield [], _between(connection, name, low, None)


def _groups(seals: list[Seal]) -> Iterator[list[Seal]]:
    group, rows = [], 0
    for seal in seals:
        group.append(seal)
        rows += seal.last_id - seal.first_id + 1
        if rows >= READ_AT_ONCE:
            yield group
            group, rows = [], 0
    if group:
        yield group


def _between(connection: sa.Connection, name: str, low: int | None, high: int | None) -> StoredRows:
    table, made, number = sealed_tables()[name], SEALED[name], row_id(name)
    own = [made.c.known_at, made.c.known_by, made.c.supersedes] if name in FACTS else []
    columns = [number.label("number"), made.c.digest.label("said"), *own, *(made.c[column] for column in table.names)]
    query = sa.select(*columns).order_by(number)
    query = query if low is None else query.where(number > low)
    query = query if high is None else query.where(number <= high)
    rows = connection.execute(query).cursor.fetchall()
    return _judged(rows, table, 2 + len(own), name in FACTS)


def _judged(rows: list[tuple], table: Table, start: int, is_fact: bool) -> StoredRows:
    values, said = [row[start:] for row in rows], [row[1] for row in rows]
    lines = [row_line(row[0], row[4] if is_fact else None, row[1]) for row in rows]
    known = [(row[2], row[3]) for row in rows] if is_fact else None
    ids = np.array([row[0] for row in rows], np.int64)
    return StoredRows(ids, lines, known, np.array(_sound(values, said, table), bool))


def _sound(values: list[tuple], said: list[str], table: Table) -> list[bool]:
    if not values:
        return []
    try:
        return _as_written(values, said, table)
    except UNREADABLE:
        half = len(values) // 2
        if not half:
            return [False]
        return _sound(values[:half], said[:half], table) + _sound(values[half:], said[half:], table)


def _as_written(values: list[tuple], said: list[str], table: Table) -> list[bool]:
    frame = frame_of(rows_of(values, list(table.columns)), table)
    again = database_rows(arrow_of(frame, table))
    compared = zip(values, again, row_digests(frame, table), said, strict=True)
    return [_plain(value) == written and digest == stored for value, written, digest, stored in compared]


def _plain(row: tuple) -> tuple:
    return tuple(value.isoformat() if isinstance(value, dt.date) else value for value in row)

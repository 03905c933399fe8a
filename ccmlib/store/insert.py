"""Rows into a table of the store, as fast as its driver can, each batch under a seal in the same transaction."""

from __future__ import annotations

from dataclasses import astuple, fields

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from ..ledger.seal import Seal, next_seal
from ..problem import Problem
from .columns import database_rows
from .schema import FACTS, SEALS, row_id

WRITTEN_AT_ONCE = 50_000


def insert(connection: sa.Connection, name: str, rows: pa.Table, known_at: int, known_by: str) -> None:
    """Write `rows`, which have the table's columns and its own (`digest`, of facts `supersedes`), and seal them."""
    for start in range(0, len(rows), WRITTEN_AT_ONCE):
        batch = rows.slice(start, WRITTEN_AT_ONCE)
        newest = _newest(connection, name)
        write_rows(connection, name, batch)
        _seal(connection, name, _first_after(connection, name, newest, len(batch)), batch, known_at, known_by)


def write_rows(connection: sa.Connection, name: str, rows: pa.Table) -> None:
    """Write `rows` and nothing else."""
    write = _copy if connection.dialect.name == "postgresql" else _executemany
    write(connection, name, rows)


def seals(connection: sa.Connection) -> list[Seal]:
    """Every seal, in the order of their ids; values as the database holds them."""
    columns = [SEALS.c[field.name] for field in fields(Seal)]
    return [Seal(*row) for row in connection.execute(sa.select(*columns).order_by(SEALS.c.seal_id))]


def last_seal(connection: sa.Connection) -> tuple[int, str] | None:
    """The id and hash of the newest seal."""
    newest = connection.execute(sa.select(SEALS.c.seal_id, SEALS.c.seal_hash).order_by(SEALS.c.seal_id.desc()).limit(1))
    return next((tuple(row) for row in newest), None)


def _newest(connection: sa.Connection, name: str) -> int:
    return connection.scalar(sa.select(sa.func.max(row_id(name)))) or 0


def _first_after(connection: sa.Connection, name: str, newest: int, count: int) -> int:
    """The id of the first of `count` rows just written, which the database numbered in their order."""
    number = row_id(name)
    ends = sa.select(sa.func.min(number), sa.func.max(number)).where(number > newest)
    first, last = connection.execute(ends).one()
    if last - first + 1 != count:
        raise Problem(f"Another writer wrote to {name} meanwhile; nothing was written, try again.")
    return first


def _seal(connection: sa.Connection, name: str, first: int, rows: pa.Table, known_at: int, known_by: str) -> None:
    lines = _lines(first, rows["supersedes"] if name in FACTS else pa.nulls(len(rows), pa.int64()), rows["digest"])
    add_seal(connection, next_seal(last_seal(connection), name, first, lines, known_at, known_by))


def _lines(first: int, supersedes: pa.Array, digests: pa.Array) -> list[bytes]:
    """The ``row_line`` of each row, many at once."""
    numbers = pa.array(range(first, first + len(digests)), pa.int64()).cast(pa.string())
    texts = pc.binary_join_element_wise(numbers, supersedes.cast(pa.string()).fill_null(""), digests, ",")
    return texts.cast(pa.binary()).to_pylist()


def add_seal(connection: sa.Connection, seal: Seal) -> None:
    """Write one seal."""
    connection.execute(sa.insert(SEALS), dict(zip((field.name for field in fields(Seal)), astuple(seal), strict=True)))


def _executemany(connection: sa.Connection, name: str, rows: pa.Table) -> None:
    columns = ", ".join(f'"{column}"' for column in rows.column_names)
    places = ", ".join("?" * rows.num_columns)
    connection.exec_driver_sql(f'INSERT INTO "{name}" ({columns}) VALUES ({places})', list(database_rows(rows)))


def _copy(connection: sa.Connection, name: str, rows: pa.Table) -> None:
    columns = ", ".join(f'"{column}"' for column in rows.column_names)
    with connection.connection.cursor() as cursor, cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
        for row in database_rows(rows):
            copy.write_row(row)

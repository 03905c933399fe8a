"""Frames to the values a database holds, and back. Everything goes through Arrow; no instant is ever a float."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..facts import Column, Table, typed

#: What a column is between frame and database. Instants are UTC seconds; absent is null everywhere.
ARROW = {
    "instant": pa.int64(), "date": pa.date32(), "boolean": pa.bool_(), "number": pa.float64(),
    "integer": pa.int64(),
}  # fmt: skip
#: What it is on the way into a frame.
IN_FRAME = {"instant": pa.timestamp("s", "UTC"), "date": pa.timestamp("s"), "integer": pa.float64()}
FETCHED_AT_ONCE = 50_000


def arrow_of(frame: pd.DataFrame, table: Table) -> pa.Table:
    """The rows of a frame as the database holds them; an empty text is an absent one, or the default."""
    frame = typed(frame, table)
    return pa.table({column.name: _to_arrow(frame[column.name], column) for column in table.columns})


def frame_of(rows: pa.Table, table: Table) -> pd.DataFrame:
    """The typed frame of database rows, in their order."""
    for at, column in enumerate(table.columns):
        if column.kind in IN_FRAME:
            rows = rows.set_column(at, column.name, rows.column(at).cast(IN_FRAME[column.kind]))
    return typed(rows.to_pandas(), table)


def by_key(rows: pa.Table, table: Table) -> pa.Table:
    """The rows sorted by the table's key, text by its code points, absent parts last: the same on every database."""
    return rows.sort_by([(name, "ascending") for name in table.key])


def fetched(cursor, columns: list[Column]) -> pa.Table:
    """All rows of a DBAPI cursor as an Arrow table with these columns."""
    schema = _schema(columns)
    batches = [_batch(rows, columns, schema) for rows in _chunks(cursor)]
    return pa.Table.from_batches(batches, schema)


def rows_of(rows: list[tuple], columns: list[Column]) -> pa.Table:
    """Rows as a driver gives them (at least one) as an Arrow table with these columns."""
    return pa.Table.from_batches([_batch(rows, columns, _schema(columns))])


def _schema(columns: list[Column]) -> pa.Schema:
    return pa.schema([(column.name, _arrow_type(column)) for column in columns])


def database_rows(rows: pa.Table) -> Iterable[tuple]:
    """The rows as tuples that both drivers take; a date is its ISO text, which both store as a date."""
    dates = {field.name for field in rows.schema if field.type == pa.date32()}
    columns = [rows[name].cast(pa.string()) if name in dates else rows[name] for name in rows.column_names]
    return zip(*(column.to_pylist() for column in columns), strict=True)


def _arrow_type(column: Column) -> pa.DataType:
    return ARROW.get(column.kind, pa.string())


def _to_arrow(values: pd.Series, column: Column) -> pa.Array:
    made = pa.array(values, from_pandas=True).cast(_arrow_type(column))
    if column.kind in ARROW:
        return made
    return pc.if_else(pc.equal(made, ""), pa.scalar(column.default or None, pa.string()), made)


def _chunks(cursor) -> Iterator[list[tuple]]:
    while rows := cursor.fetchmany(FETCHED_AT_ONCE):
        yield rows


def _batch(rows: list[tuple], columns: list[Column], schema: pa.Schema) -> pa.RecordBatch:
    by_column = zip(*rows, strict=True)
    arrays = [_from_database(values, column) for values, column in zip(by_column, columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _from_database(values: tuple, column: Column) -> pa.Array:
    if column.kind in ("date", "boolean"):  # SQLite gives ISO text and 0 or 1, PostgreSQL the real thing
        return pa.array(values).cast(_arrow_type(column))
    return pa.array(values, _arrow_type(column))

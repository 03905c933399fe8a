"""The digest of a fact: SHA-256 of its contract values, the same on every database and machine.

The hashed text is UTF-8: the table's name, then a line ``column=value`` for each value that is present,
the columns in the order of their names, lines joined by ``\\n`` with none at the end. An instant is its UTC second,
a date ``YYYY-MM-DD``, an integer decimal digits, a number Python's ``repr`` of the float, true is
``true``; in text a backslash is ``\\\\`` and a line feed ``\\n``. What is absent or false has no line, so a
column that a later contract adds does not change the digest of the facts that were there before.
"""

from __future__ import annotations

from hashlib import sha256

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..facts import Column, Table
from .columns import arrow_of

#: Rows hashed at once, so that the text of one batch stays far below Arrow's 2 GB a string column.
BATCH = 200_000


def row_digests(frame: pd.DataFrame, table: Table) -> pd.Series:
    """The digest of each row of `frame`: 64 hexadecimal digits, in the frame's order and with its index."""
    rows = arrow_of(frame, table)
    batches = [_digests(rows.slice(start, BATCH), table) for start in range(0, len(rows), BATCH)]
    return pd.Series([digest for batch in batches for digest in batch], index=frame.index, dtype="str")


def _digests(rows: pa.Table, table: Table) -> list[str]:
    columns = sorted(table.columns, key=lambda column: column.name)
    lines = [_lines(rows[column.name].combine_chunks(), column) for column in columns]
    texts = pc.binary_join_element_wise(pa.scalar(table.name), *lines, "\n", null_handling="skip")
    return [sha256(text).hexdigest() for text in texts.cast(pa.binary()).to_pylist()]


def _lines(values: pa.Array, column: Column) -> pa.Array:
    return pc.binary_join_element_wise(f"{column.name}=", _text(values, column), "")


def _text(values: pa.Array, column: Column) -> pa.Array:
    match column.kind:
        case "boolean":
            return pc.if_else(values, "true", pa.scalar(None, pa.string()))
        case "number":
            numbers = _no_negative_zero(values)
            return pa.array([None if number is None else repr(number) for number in numbers], pa.string())
        case "instant" | "date" | "integer":
            return values.cast(pa.string())
    return pc.replace_substring(pc.replace_substring(values, "\\", "\\\\"), "\n", "\\n")


def _no_negative_zero(values: pa.Array) -> list[float | None]:
    return pc.if_else(pc.equal(values, 0.0), np.float64(0.0), values).to_pylist()

"""Frames that are no set of facts are refused before anything is written."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..facts import Table
from ..problem import Problem


def refuse_unfit(frame: pd.DataFrame, table: Table) -> None:
    """Raise Problem when a required value is absent, a text holds a NUL, or two rows have one key."""
    _refuse_absent(frame, table)
    _refuse_nul(frame, table)
    repeated = frame.duplicated(list(table.key))
    if repeated.any():
        raise Problem(
            f"Two rows of {table.name} have the key {_key(frame[repeated].iloc[0], table)}; give each fact once."
        )


def _refuse_absent(frame: pd.DataFrame, table: Table) -> None:
    for column in table.columns:
        absent = frame[column.name].isna() | (frame[column.name] == "") if column.required else pd.Series(dtype=bool)
        if absent.any():
            row = _key(frame[absent].iloc[0], table)
            raise Problem(f"{table.name} {row} has no {column.name}; the column is required.")


def _refuse_nul(frame: pd.DataFrame, table: Table) -> None:
    for name in frame.columns[frame.dtypes == "str"]:
        if pc.any(pc.match_substring(pa.array(frame[name], from_pandas=True), "\0")).as_py():
            raise Problem(f"{table.name}.{name} holds a NUL character, which no database text may; take it out.")


def _key(row: pd.Series, table: Table) -> str:
    return ", ".join(str(row[name]) for name in table.key)

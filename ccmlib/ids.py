"""From text ids to row numbers: done once a column, through Arrow, because text is what makes a close slow."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .problem import Problem


def positions(values: pd.Series, known: pd.Series | list) -> np.ndarray:
    """Position in `known` of each value (int64), -1 where it is absent there."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return np.append(positions(values.cat.categories.to_series(), known), -1)[values.cat.codes.to_numpy()]
    found = pc.index_in(pa.array(values, pa.string()), value_set=pa.array(known, pa.string()))
    return found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)


def known(rows: np.ndarray, column: str, table: str) -> np.ndarray:
    """`rows`, or a Problem when one of them points to nothing."""
    if (rows < 0).any():
        row = int(np.argmax(rows < 0)) + 1
        raise Problem(f"{table}: row {row} has a {column} that no table knows; import it first.")
    return rows


def texts(values: pd.Series, rows: np.ndarray) -> np.ndarray:
    """The texts at `rows`, as objects; absent ones are ""."""
    found = pa.array(values.array.take(rows), pa.string()).fill_null("")
    return found.to_numpy(zero_copy_only=False)


def alphabetical(frame: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """Row numbers in the order of text columns."""
    table = pa.table({name: pa.array(frame[name], pa.string()) for name in columns})
    return pc.sort_indices(table, sort_keys=[(name, "ascending") for name in columns]).to_numpy()

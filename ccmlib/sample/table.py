"""Columns into frames of the contract's tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..facts import TABLES, typed


def frame(table: str, **columns) -> pd.DataFrame:
    """A typed frame of `table`; columns that are not given are absent in every row."""
    return typed(pd.DataFrame(columns), TABLES[table])


def words(pool, index) -> pd.api.extensions.ExtensionArray:
    """The words of `pool` at `index` as a text column; -1 is absent."""
    return pd.array(list(pool), dtype="str").take(np.asarray(index, dtype=np.int64), allow_fill=True)


def numbered(prefix: str, numbers, width: int) -> pd.api.extensions.ExtensionArray:
    """Ids such as E000123; longer where the number is."""
    return pd.array([f"{prefix}{number:0{width}d}" for number in np.asarray(numbers).tolist()], dtype="str")


def numbered_rows(table: pd.DataFrame, column: str, prefix: str, by: str) -> pd.DataFrame:
    """`table` in the order of `by`, with fresh ids in `column`."""
    table = table.sort_values(by, kind="stable", ignore_index=True)
    return table.assign(**{column: numbered(prefix, np.arange(1, len(table) + 1), 6)})


def repeated(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For `counts` rows of each owner: the owner of each row, and the row's number among the owner's."""
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)

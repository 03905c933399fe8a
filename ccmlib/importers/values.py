"""The text of a column to its values, and what was expected where the text is not one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ..facts import DTYPES, Column
from .instants import instants

#: What an integer column of the store can hold.
LARGEST_INTEGER = 2**31 - 1
NUMBER = r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"
EXPECTED = {
    "date": "expected a date that exists, written as YYYY-MM-DD.",
    "boolean": "expected true or false.",
    "number": "expected a number such as 6.5.",
    "integer": f"expected a whole number of at most {LARGEST_INTEGER}.",
    "month": "expected a month written as YYYY-MM.",
}

#: Values of the column, and a message for each row (by index) whose text is not a value.
Read = tuple[pd.Series, pd.Series]


def values(text: pd.Series, column: Column, zones: Callable[[], pd.Series]) -> Read:
    """The typed values of a text column ("" is absent), and the messages of bad rows.

    `zones` gives the time zone of each row's practice, asked only when an instant has no offset.
    """
    if column.kind == "instant":
        return instants(text, zones)
    if column.kind not in READERS:
        return text.replace("", np.nan), _choice_messages(text, column)
    read = READERS[column.kind](text)
    bad = (text != "") & read.isna()
    return read.astype(DTYPES.get(column.kind, "str")), pd.Series(EXPECTED[column.kind], index=text.index[bad])


def _choice_messages(text: pd.Series, column: Column) -> pd.Series:
    bad = (text != "") & ~text.isin(column.choices) if column.kind == "choice" else np.zeros(len(text), bool)
    return pd.Series(f"expected one of {', '.join(column.choices)}.", index=text.index[bad])


def _dates(text: pd.Series) -> pd.Series:
    shaped = text.where(text.str.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}"))
    return pd.to_datetime(shaped, format="%Y-%m-%d", errors="coerce")


def _booleans(text: pd.Series) -> pd.Series:
    return text.map({"true": True, "false": False, "": False})


def _numbers(text: pd.Series) -> pd.Series:
    read = text.where(text.str.fullmatch(NUMBER)).astype("float64")
    return read.where(np.isfinite(read))


def _integers(text: pd.Series) -> pd.Series:
    read = text.where(text.str.fullmatch("[+-]?[0-9]{1,10}")).astype("float64")
    return read.where(read.abs() <= LARGEST_INTEGER)


def _months(text: pd.Series) -> pd.Series:
    return text.where(text.str.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])"))


READERS = {"date": _dates, "boolean": _booleans, "number": _numbers, "integer": _integers, "month": _months}

"""A patient in one line of small print."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ccmlib.reports.markup import Html, joined

from .decided import Decided


def small_print(decided: Decided, patient: int) -> Html:
    """The name and, on a line of its own, age at the month's end and sex; what is not known is left out."""
    if patient < 0:
        return Html("")
    row = decided.close.panel.patients.iloc[patient]
    name = " ".join(part for part in (_text(row.given_name), _text(row.family_name)) if part)
    about = ", ".join(part for part in (_age(row.birth_date, decided.close.panel.month.last), _text(row.sex)) if part)
    return joined([part for part in (name, about) if part], Html("<br>"))


def _age(born: pd.Timestamp, day: dt.date) -> str:
    return "" if pd.isna(born) else str(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

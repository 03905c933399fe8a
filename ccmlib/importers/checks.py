"""What a table's rows are checked for beyond the shape of each value. A check gives messages by row."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..facts import Table
from ..month import zone
from ..problem import Problem
from ..store.digest import row_digests
from .known import Known

#: Columns that begin and end a span; the end may equal the beginning, not come before it.
SPANS = (
    ("started_at", "ended_at"), ("from_date", "until_date"), ("active_from", "active_until"),
    ("onset_date", "abated_date"), ("given_at", "revoked_at"),
)  # fmt: skip

#: A column, and a message for each row (by index) that is bad because of it.
Finding = tuple[str, pd.Series]


def findings(
    text: pd.DataFrame, frame: pd.DataFrame, table: Table, known: Known, lines: pd.Series
) -> Iterator[Finding]:
    """Everything that is wrong with the rows: `text` as written, `frame` as read, `lines` where they begin."""
    yield from _required(text, table)
    yield from _references(frame, table, known)
    yield from _spans(frame)
    yield from _repeated(frame, table, lines)
    if table.name == "practices":
        yield _unknown_zones(frame)
    if table.name == "patients":
        yield _unfit_billing_staff(frame, known)
    if table.name == "conditions":
        yield _without_code(frame)


def exact_copies(frame: pd.DataFrame, table: Table) -> pd.Series:
    """Which rows of a table without an id repeat an earlier row exactly; they are counted once."""
    candidates = frame[frame.duplicated(list(table.key), keep=False)]
    copies = row_digests(candidates, table).duplicated() if len(table.key) > 1 else pd.Series(dtype=bool)
    return copies.reindex(frame.index, fill_value=False)


def _messages(message: str, bad: pd.Series) -> pd.Series:
    return pd.Series(message, index=bad.index[bad])


def _required(text: pd.DataFrame, table: Table) -> Iterator[Finding]:
    for column in table.columns:
        if column.required:
            yield column.name, _messages("is required and is empty; fill it in.", text[column.name] == "")


def _references(frame: pd.DataFrame, table: Table, known: Known) -> Iterator[Finding]:
    for column in table.columns:
        if column.refers_to:
            ids = frame[column.name]
            message = f"is in no good row of {column.refers_to}.csv and not in the store; add it or mend the id."
            yield column.name, _messages(message, ids.notna() & ~ids.isin(known.ids(column.refers_to)))


def _spans(frame: pd.DataFrame) -> Iterator[Finding]:
    for first, last in SPANS:
        if first in frame and last in frame:
            yield last, _messages(f"is before {first}; a span ends after it began.", frame[last] < frame[first])


def _repeated(frame: pd.DataFrame, table: Table, lines: pd.Series) -> Iterator[Finding]:
    several = frame[frame.duplicated(list(table.key), keep=False) & frame[table.key[0]].notna()]
    if several.empty:
        return
    digests = row_digests(several, table)
    group = several.groupby(list(table.key), dropna=False, sort=False).ngroup()
    first = lines[several.index].groupby(group).transform("min")
    differing = digests.groupby(group).transform("nunique") > 1
    key = table.key[0] if len(table.key) == 1 else ""
    name = " and ".join(table.key)
    yield (
        key,
        first[differing].map(f"{name} of line {{}} stands on several lines that differ; keep the right one.".format),
    )
    if key:
        copies = first[~differing & several.duplicated(list(table.key))]
        yield key, copies.map(f"{name} stands on line {{}} already; keep one of the two.".format)


def _unknown_zones(frame: pd.DataFrame) -> Finding:
    named = frame["time_zone"].dropna()
    return "time_zone", _messages(
        "expected an IANA time zone such as America/New_York.", ~named.map(_is_zone).astype(bool)
    )


def _is_zone(name: str) -> bool:
    try:
        return bool(zone(name))
    except Problem:
        return False


def _unfit_billing_staff(frame: pd.DataFrame, known: Known) -> Finding:
    ids = frame["billing_staff_id"]
    unfit = ids.isin(known.ids("staff")) & ~ids.isin(known.practitioners())
    return "billing_staff_id", _messages(
        "expected a practitioner, who can bill; this staff member's role is not one.", unfit
    )


def _without_code(frame: pd.DataFrame) -> Finding:
    absent = frame["icd10_code"].isna() & frame["snomed_code"].isna()
    return "icd10_code", _messages("and snomed_code are both empty; expected at least one code.", absent)

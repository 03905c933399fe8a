"""A reviewer's finding for one unit, written into the worksheet from which the estimate is made."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from .. import wording
from ..importers.csv_file import read_csv
from ..problem import Problem
from .worksheet import ERROR, FINDINGS, MISSING_PAPER, OK


def recorded(
    sheet: pd.DataFrame,
    unit_id: str,
    finding: str,
    audited_cents: int | None = None,
    reviewer: str = "",
    note: str = "",
) -> pd.DataFrame:
    """`sheet` with the finding (ok, error, missing_paper) of one unit; the last one recorded stands.

    `audited_cents` is what should have been paid: needed for an error, else derived from the finding. Raises Problem
    for a unit that was not drawn, a finding that is none, an amount that contradicts it.
    """
    row = sheet.index[sheet.unit_id == unit_id]
    if not len(row):
        raise Problem(
            f"{unit_id!r} is no unit of this worksheet; a sampled unit is never swapped, so use one that was drawn."
        )
    allowed = int(sheet.allowed_cents[row[0]])
    values = {
        "finding": finding,
        "audited_cents": str(_audited(unit_id, finding, audited_cents, allowed)),
        "reviewer": reviewer,
        "note": note,
    }
    sheet = sheet.astype(dict.fromkeys(values, "object"))
    sheet.loc[row[0], list(values)] = list(values.values())
    return sheet


def record(
    path: Path, unit_id: str, finding: str, audited_cents: int | None = None, reviewer: str = "", note: str = ""
) -> str:
    """Write one finding into the worksheet file at `path` and say what was written; see ``recorded``.

    The file is replaced whole, so that a crash leaves the old one or the new one.
    """
    file = read_csv(path)
    if file.faults:
        raise Problem(f"{path.name}: line {file.faults[0].line} {file.faults[0].expected}; mend it before recording.")
    sheet = recorded(file.text, unit_id, finding, audited_cents, reviewer, note)
    _replace(path, sheet)
    row = sheet[sheet.unit_id == unit_id].iloc[0]
    left = int((sheet.finding.fillna("").str.strip() == "").sum())
    return f"{unit_id}: {finding}, {wording.money(int(row.audited_cents))} supported. {_left(left)}"


def _audited(unit_id: str, finding: str, audited_cents: int | None, allowed: int) -> int:
    if finding not in FINDINGS:
        raise Problem(f"{finding!r} is no finding; write one of {', '.join(FINDINGS)}.")
    if finding == ERROR and audited_cents is None:
        raise Problem(f"{unit_id} is an error without an amount; give what should have been paid, in cents.")
    settled = {OK: allowed, MISSING_PAPER: 0}.get(finding, audited_cents)
    if audited_cents not in (None, settled) or settled < 0:
        raise Problem(
            f"{unit_id} is {finding}, which does not go with {audited_cents} cents; give another finding or amount."
        )
    return settled


def _left(count: int) -> str:
    return f"{wording.times(count, 'unit')} without a finding." if count else "Every unit has a finding."


def _replace(path: Path, sheet: pd.DataFrame) -> None:
    new = path.with_name(f".{path.name}.new")
    try:
        new.touch(mode=0o600)
        sheet.to_csv(new, index=False, lineterminator="\n", encoding="utf-8")
        os.replace(new, path)
    except OSError as error:
        raise Problem(f"{path.name} cannot be written: {error.strerror}; nothing was recorded.") from error

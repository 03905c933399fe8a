"""The worksheet between the draw and the estimate: written, filled in by a reviewer, read back and checked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from .. import wording
from ..importers.csv_file import read_csv
from ..problem import Problem
from .sample import COLUMNS, Sample
from .seal import SEALED, seal

OK, ERROR, MISSING_PAPER = "ok", "error", "missing_paper"
FINDINGS = (OK, ERROR, MISSING_PAPER)
NUMBERS = ["draw_order", "allowed_cents", "stratum_units", "stratum_cents", "seed"]
NEEDED = [*SEALED, "audited_cents", "finding", "draw_digest"]
#: Faults told at once; a worksheet with more has the same one many times.
MOST_TOLD = 5


def write_worksheet(sheet: pd.DataFrame, path: Path) -> Path:
    """Write a worksheet as CSV (UTF-8); Problem when the file is there already, so that no review is overwritten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)  # it holds patient data
        sheet.to_csv(path, columns=COLUMNS, index=False, lineterminator="\n", encoding="utf-8")
    except FileExistsError as error:
        raise Problem(f"{path.name} exists and may hold a review; name another file.") from error
    except OSError as error:
        raise Problem(f"{path.name} cannot be written: {error.strerror}; name another file.") from error
    return path


def read_worksheet(path: Path) -> pd.DataFrame:
    """The filled-in worksheet at `path`, as ``reviewed`` gives it; Problem with the lines that need mending."""
    file = read_csv(path)
    if file.faults:
        raise _faulty(path.name, [f"line {fault.line} {fault.expected}" for fault in file.faults])
    return reviewed(file.text, path.name, [f"line {line}" for line in file.lines])


def reviewed(sheet: pd.DataFrame, name: str = "The worksheet", rows: list[str] | None = None) -> pd.DataFrame:
    """A filled-in worksheet (columns NEEDED, of text or numbers) with whole cents and settled findings.

    `audited_cents` is what should have been paid. Empty, it is the allowed amount for an ok and 0 for a
    missing_paper. Raises Problem, naming rows, when a finding or amount is missing or contradicts itself, or when
    the drawn rows are not those of the draw any more.
    """
    missing = [column for column in NEEDED if column not in sheet]
    if missing:
        raise Problem(f"{name} has no column {', '.join(missing)}; use the worksheet as it was drawn.")
    if not len(sheet):
        raise Problem(f"{name} has no unit; use the worksheet as it was drawn.")
    rows = rows or [f"row {number}" for number in range(1, len(sheet) + 1)]
    text = sheet.map(lambda value: "" if pd.isna(value) else str(value).strip())
    _refuse(name, rows, _not_whole(text, NUMBERS))
    typed = text.astype(dict.fromkeys(NUMBERS, np.int64))
    _refuse_another_draw(name, typed)
    _refuse(name, rows, _findings(text))
    return typed.assign(audited_cents=_audited(typed)).sort_values(["stratum", "draw_order"], ignore_index=True)


def refuse_other_units(sheet: pd.DataFrame, sample: Sample) -> None:
    """Problem when `sheet` is not the worksheet of `sample`, naming a unit that was swapped, if one was."""
    drawn, found = set(sample.units.unit_id), set(sheet.unit_id)
    if drawn != found:
        lost, strange = sorted(drawn - found) or ["none"], sorted(found - drawn) or ["none"]
        raise Problem(
            f"The worksheet is not this draw: drawn and absent {lost[0]}, present and not drawn {strange[0]}; "
            "a sampled unit is never swapped, missing paper is an error."
        )
    if seal(sheet) != seal(sample.worksheet()):
        raise Problem("The worksheet has the units of this draw but other amounts, strata or seed; use it as drawn.")


def _refuse_another_draw(name: str, sheet: pd.DataFrame) -> None:
    if set(sheet.draw_digest) != {seal(sheet)}:
        raise Problem(
            f"{name} is not as it was drawn: a row was dropped, added or swapped, or a drawn value was changed; put "
            "them back (a unit without paper stays, as missing_paper), or draw again with the recorded seed."
        )


def _not_whole(text: pd.DataFrame, columns: list[str]) -> Iterable[tuple[int, str]]:
    for column in columns:
        for row in np.flatnonzero(~text[column].map(_whole)):
            yield row, f"{column} {text[column].iloc[row]!r} is not a whole number (cents have no point and no $)"


def _findings(text: pd.DataFrame) -> Iterable[tuple[int, str]]:
    for row, (finding, audited, allowed) in enumerate(
        zip(text.finding, text.audited_cents, text.allowed_cents, strict=True)
    ):
        if fault := _fault(finding, audited, allowed):
            yield row, fault


def _fault(finding: str, audited: str, allowed: str) -> str:
    if not finding:
        return f"has no finding; write one of {', '.join(FINDINGS)} for every unit"
    if finding not in FINDINGS:
        return f"has the finding {finding!r}; write one of {', '.join(FINDINGS)}"
    if audited and not _whole(audited):
        return f"audited_cents {audited!r} is not a whole number of cents, zero or more"
    if finding == ERROR and not audited:
        return "is an error without audited_cents; write what should have been paid, in cents"
    if finding == OK and audited and int(audited) != int(allowed):
        return f"is ok, but audited_cents {audited} is not the allowed {allowed}; write error, or mend the amount"
    if finding == MISSING_PAPER and audited and int(audited):
        return f"is missing_paper, but audited_cents is {audited}; nothing is supported without paper, write 0"
    return ""


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 15


def _audited(sheet: pd.DataFrame) -> np.ndarray:
    given = sheet.audited_cents.where(sheet.audited_cents != "", "0").astype(np.int64)
    return np.where(sheet.finding == OK, sheet.allowed_cents, given)


def _refuse(name: str, rows: list[str], faults: Iterable[tuple[int, str]]) -> None:
    said = [f"{rows[row]}: {fault}" for row, fault in faults]
    if said:
        raise _faulty(name, said)


def _faulty(name: str, said: list[str]) -> Problem:
    more = [f"and {wording.times(len(said) - MOST_TOLD, 'more fault')}"] if len(said) > MOST_TOLD else []
    return Problem(f"{name}: {'; '.join([*said[:MOST_TOLD], *more])}.")

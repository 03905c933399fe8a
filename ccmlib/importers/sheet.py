"""One file of the extract: its columns read, its rows checked, the good ones as a typed frame."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import numpy as np
import pandas as pd

from ..facts import Table, typed
from ..problem import Problem
from .checks import exact_copies, findings
from .csv_file import CsvFile, read_csv
from .fault import Fault
from .identifiers import doubtful
from .instants import has_fraction
from .known import Known
from .values import values


@dataclass(frozen=True)
class Sheet:
    """What one file holds: the typed frame of its good rows, the faults of the others, and what to know about it.

    `read` counts the records of the file, `rejected` those with a fault, `repeated` exact copies left out.
    """

    frame: pd.DataFrame
    faults: list[Fault]
    warnings: list[str]
    read: int
    rejected: int
    repeated: int


def read_sheet(path: Path, table: Table, known: Known) -> Sheet:
    """Read and check one file. Raises Problem when it is not CSV or lacks a required column."""
    file = read_csv(path)
    text, warnings = _named(file, table)
    trimmed = text.apply(lambda column: column.str.strip())
    frame, read_faults = _values(trimmed, table, known)
    lines = pd.Series(file.lines)
    found = [*read_faults, *findings(trimmed, frame, table, known, lines)]
    faults = sorted([*file.faults, *_faults(file, text, found)], key=lambda fault: fault.line)
    good = ~np.isin(lines, [fault.line for fault in faults])
    copies = exact_copies(frame, table) & good
    warnings += [*_trimmed(text, trimmed, path), *_cut(trimmed, table, path), *_copied(copies, lines, path)]
    warnings += [*_doubtful(frame[good], lines, path), *_strangers(frame[good], known, path)]
    kept = frame[good & ~copies].reset_index(drop=True)
    return Sheet(kept, faults, warnings, file.rows, len({fault.line for fault in faults}), int(copies.sum()))


def _named(file: CsvFile, table: Table) -> tuple[pd.DataFrame, list[str]]:
    """The table's columns of the file, absent ones empty; what is extra or absent as warnings."""
    there = set(file.text.columns)
    missing = [column.name for column in table.columns if column.required and column.name not in there]
    if missing:
        names = ", ".join(file.text.columns)
        raise Problem(f"{file.path.name} lacks the required column {missing[0]!r} (it has {names}); add it.")
    extra = [name for name in file.text.columns if name not in table.names]
    absent = [name for name in table.names if name not in there]
    warnings = [f"{file.path.name}: the column {name!r} is not in the contract and was ignored." for name in extra]
    if absent:
        warnings.append(f"{file.path.name}: absent columns were read as empty: {', '.join(absent)}.")
    return file.text.reindex(columns=table.names, fill_value="").astype("str"), warnings


def _values(text: pd.DataFrame, table: Table, known: Known) -> tuple[pd.DataFrame, list[tuple[str, pd.Series]]]:
    def zones() -> pd.Series:
        return known.time_zone(text)

    read = {column.name: values(text[column.name], column, zones) for column in table.columns}
    frame = pd.DataFrame({name: found for name, (found, _) in read.items()}, index=text.index)
    return typed(frame, table), [(name, messages) for name, (_, messages) in read.items()]


def _faults(file: CsvFile, text: pd.DataFrame, found: list[tuple[str, pd.Series]]) -> list[Fault]:
    return [
        fault for column, messages in found if len(messages) for fault in _column_faults(file, text, column, messages)
    ]


def _column_faults(file: CsvFile, text: pd.DataFrame, column: str, messages: pd.Series) -> list[Fault]:
    lines = file.lines[messages.index].tolist()
    there = text.loc[messages.index, column] if column else [""] * len(messages)
    return [Fault(file.path.name, *found) for found in zip(lines, repeat(column), there, messages, strict=False)]


def _trimmed(text: pd.DataFrame, trimmed: pd.DataFrame, path: Path) -> list[str]:
    counts = (text != trimmed).sum()
    return [
        f"{path.name}: blanks around {count:,} values of {name} were taken off."
        for name, count in counts.items()
        if count
    ]


def _cut(text: pd.DataFrame, table: Table, path: Path) -> list[str]:
    counts = {
        column.name: has_fraction(text[column.name]).sum() for column in table.columns if column.kind == "instant"
    }
    return [
        f"{path.name}: fractions of a second were cut off {count:,} values of {name}."
        for name, count in counts.items()
        if count
    ]


def _copied(copies: pd.Series, lines: pd.Series, path: Path) -> list[str]:
    if not copies.any():
        return []
    first = lines[copies].min()
    return [f"{path.name}: {copies.sum():,} exact copies of rows were counted once; the first is on line {first}."]


def _doubtful(frame: pd.DataFrame, lines: pd.Series, path: Path) -> list[str]:
    return [
        f"{path.name}: {len(wrong):,} values of {name} cannot be right; the first is on line {lines[wrong.index[0]]}."
        for name, wrong in doubtful(frame).items()
        if len(wrong)
    ]


def _strangers(frame: pd.DataFrame, known: Known, path: Path) -> list[str]:
    if not {"patient_id", "staff_id"} <= set(frame):
        return []
    theirs = known.practice_of_staff(frame["staff_id"])
    count = (theirs.notna() & (theirs != known.practice(frame))).sum()
    return [f"{path.name}: {count:,} rows name a staff member of another practice than the patient's."] if count else []

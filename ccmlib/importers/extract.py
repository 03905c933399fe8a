"""The practice extract: a folder of CSV files, one for each table of ``ccmlib.facts.TABLES``.

Nothing is written before every file is read and checked; then everything is, in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..facts import TABLES, MonthFacts
from ..month import Month
from ..problem import Problem
from ..store import Connection
from ..store.read import table_now
from ..store.write import Counts, append
from .fault import Fault
from .known import ASKED, Known
from .rejects import write_rejects
from .report import FileCounts, ImportReport
from .sheet import Sheet, read_sheet

REQUIRED = ("practices", "staff", "patients")
#: Faults told in the one sentence that refuses an extract; the report and the reject file have them all.
TOLD = 3


class BadRows(Problem):
    """An extract was refused for its bad rows; `faults` has all of them."""

    def __init__(self, folder: Path, faults: list[Fault], count: int):
        self.faults = faults
        told = " ".join(str(fault) for fault in faults[:TOLD])
        more = f" And {len(faults) - TOLD:,} more." if len(faults) > TOLD else ""
        rows = "1 bad row" if count == 1 else f"{count:,} bad rows"
        super().__init__(f"{folder} has {rows}; nothing was written. {told}{more}")


@dataclass(frozen=True)
class Extract:
    """An extract as read: a sheet for each file that is there, and what is to be known about the folder."""

    folder: Path
    sheets: dict[str, Sheet]
    warnings: list[str]

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The typed frame of good rows for each table; empty for a file that is absent."""
        return {
            name: self.sheets[name].frame if name in self.sheets else table.empty() for name, table in TABLES.items()
        }

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with the bad rows, in the order of files and lines."""
        return [fault for sheet in self.sheets.values() for fault in sheet.faults]

    @property
    def rejected(self) -> int:
        """How many rows are bad."""
        return sum(sheet.rejected for sheet in self.sheets.values())

    def refuse_bad_rows(self) -> None:
        """Raise BadRows when there is one."""
        if self.rejected:
            raise BadRows(self.folder, self.faults, self.rejected)


def read_extract(folder: Path | str, known: Known | None = None) -> Extract:
    """Read and check the extract in `folder`; ids may also refer to what is `known` already.

    A row that refers to a bad row is bad too. Raises Problem when the folder or a required file is
    missing, or a file cannot be read as a table at all.
    """
    folder, known = Path(folder), known or Known()
    _refuse_missing(folder)
    sheets = {}
    for name, table in TABLES.items():
        path = folder / f"{name}.csv"
        if path.exists():
            sheets[name] = read_sheet(path, table, known)
            known.learn(name, sheets[name].frame)
    warnings = _unknown_files(folder) + [warning for sheet in sheets.values() for warning in sheet.warnings]
    return Extract(folder, sheets, warnings)


def import_extract(
    connection: Connection,
    folder: Path | str,
    known_at: int,
    known_by: str,
    accept_good_rows: bool = False,
    reject_folder: Path | str | None = None,
) -> ImportReport:
    """Bring the extract in `folder` into the store, learned at the UTC second `known_at` from `known_by`.

    Raises BadRows, and writes nothing, when a row is bad; with `accept_good_rows` the others are written
    and the bad ones go to ``rejects.csv`` in `reject_folder` (if given). All is written or nothing.
    """
    extract = read_extract(folder, _known(connection))
    if not accept_good_rows:
        extract.refuse_bad_rows()
    with connection.begin_nested():
        counts = {
            name: append(connection, name, sheet.frame, known_at, known_by) for name, sheet in extract.sheets.items()
        }
        if extract.faults and reject_folder is not None:
            write_rejects(extract.folder, extract.faults, Path(reject_folder))
    return _report(extract, counts)


def extract_facts(folder: Path | str, month: Month) -> MonthFacts:
    """The facts of an extract for `month`, without a store. Raises BadRows when a row is bad."""
    extract = read_extract(folder)
    extract.refuse_bad_rows()
    return MonthFacts.of(month, extract.frames)


def _known(connection: Connection) -> Known:
    return Known({name: table_now(connection, name) for name in ASKED})


def _refuse_missing(folder: Path) -> None:
    if not folder.is_dir():
        raise Problem(f"{folder} is not a folder; name the folder that holds the extract's CSV files.")
    for name in REQUIRED:
        if not (folder / f"{name}.csv").is_file():
            raise Problem(f"{folder} has no {name}.csv; an extract needs practices.csv, staff.csv and patients.csv.")


def _unknown_files(folder: Path) -> list[str]:
    names = sorted(path.name for path in folder.glob("*.csv") if path.stem not in TABLES)
    return [f"{name} is not a file of the extract and was ignored." for name in names]


def _report(extract: Extract, counts: dict[str, Counts]) -> ImportReport:
    files = {
        f"{name}.csv": FileCounts(
            sheet.read, counts[name].new, counts[name].changed, counts[name].same, sheet.rejected, sheet.repeated
        )
        for name, sheet in extract.sheets.items()
    }
    return ImportReport(files, extract.warnings, extract.faults)

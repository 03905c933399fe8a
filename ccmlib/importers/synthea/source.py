"""The CSV files of a Synthea export as columns of text, and their dates and instants as values."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from ...facts import INSTANT
from ...problem import Problem
from ..fault import shortened

#: The columns that are used of each file; one in brackets is empty where the layout lacks it.
COLUMNS = {
    "patients": "Id BIRTHDATE DEATHDATE FIRST LAST GENDER ADDRESS CITY STATE ZIP",
    "providers": "Id NAME SPECIALITY",
    "payers": "Id NAME",
    "payer_transitions": "PATIENT START_DATE END_DATE PAYER (MEMBERID) (SECONDARY_PAYER)",
    "conditions": "START STOP PATIENT CODE (SYSTEM)",
    "encounters": "Id START STOP PATIENT PROVIDER ENCOUNTERCLASS",
    "observations": "DATE PATIENT CODE VALUE",
}
OPTIONAL_FILES = ("observations",)
#: Headers of older exports and what they are called today.
RENAMED = {"START_YEAR": "START_DATE", "END_YEAR": "END_DATE"}
#: The length of a date without a time.
DAY_ONLY = 10
SUFFIXES = (".csv", ".csv.gz")
BROKEN = (OSError, EOFError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError)


class Folder:
    """The export in a folder. `read` has the files whose rows were looked at, by name."""

    def __init__(self, path: Path):
        if not path.is_dir():
            raise Problem(f"{path} is not a folder; name the folder that holds Synthea's CSV files.")
        self.path = path
        self.read: dict[str, pd.DataFrame] = {}

    @cached_property
    def names(self) -> list[str]:
        """The files that are there, without their endings, in order."""
        return sorted({path.name.split(".")[0] for path in self.path.iterdir() if path.name.endswith(SUFFIXES)})

    def rows(self, name: str) -> pd.DataFrame:
        """The columns named in ``COLUMNS`` of the file called `name`, all as text, "" where nothing stands."""
        if name not in self.read:
            self.read[name] = self._rows(name)
        return self.read[name]

    def count(self, name: str) -> int:
        """How many rows a file has that is not looked at."""
        return len(_csv(self._file(name), usecols=[0]))

    def _rows(self, name: str) -> pd.DataFrame:
        words = COLUMNS[name].split()
        columns = [word.strip("()") for word in words]
        if name in OPTIONAL_FILES and name not in self.names:
            return pd.DataFrame({column: [] for column in columns}, dtype="str")
        file = self._file(name)
        rows = _csv(file).rename(columns=RENAMED)
        missing = [word for word in words if not word.startswith("(") and word not in rows]
        if missing:
            raise Problem(f"{file.name} has no column {missing[0]}; a Synthea CSV export has it. Check the file.")
        return rows.reindex(columns=columns, fill_value="")

    def _file(self, name: str) -> Path:
        there = [path for suffix in SUFFIXES if (path := self.path / f"{name}{suffix}").is_file()]
        if not there:
            raise Problem(f"{self.path} has no {name}.csv or {name}.csv.gz; a Synthea CSV export has it. Export again.")
        if there[1:]:
            raise Problem(f"{self.path} has both {name}.csv and {name}.csv.gz; keep the one that is meant.")
        return there[0]


def _csv(file: Path, **which) -> pd.DataFrame:
    try:
        return pd.read_csv(file, dtype="str", keep_default_na=False, encoding="utf-8", **which)
    except BROKEN as error:
        raise Problem(f"{file.name} cannot be read as CSV in UTF-8 ({error}); export it again.") from error


def instants(text: pd.Series, file: str) -> pd.Series:
    """The instants of a column; NaT where nothing stands. Raises Problem for what is neither."""
    read = pd.to_datetime(text.where(text != ""), utc=True, format="ISO8601", errors="coerce")
    _refuse_unread(text, read, file)
    return read.astype(INSTANT)


def days(text: pd.Series, file: str, zone: str) -> pd.Series:
    """The dates of a column; of an instant, its day in `zone`. NaT where nothing stands."""
    read = instants(text, file)
    local = read.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
    return local.where(text.str.len() > DAY_ONLY, read.dt.tz_localize(None)).astype("datetime64[s]")


def beginnings(text: pd.Series, file: str, zone: str) -> pd.Series:
    """The instants of a column; a day without a time is its first second in `zone`."""
    read = instants(text, file)
    midnight = read.dt.tz_localize(None).dt.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
    return read.where(text.str.len() > DAY_ONLY, midnight.dt.tz_convert("UTC")).astype(INSTANT)


def _refuse_unread(text: pd.Series, read: pd.Series, file: str) -> None:
    unread = text[(text != "") & read.isna()]
    if len(unread):
        value, line = shortened(unread.iloc[0]), unread.index[0] + 2
        raise Problem(f"{file} line {line}, {text.name}: {value!r} is no date or instant in ISO 8601; export again.")

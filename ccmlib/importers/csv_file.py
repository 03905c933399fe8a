"""A CSV file as columns of text, with the line of each record, in bounded memory a line.

Records that cannot be columns (a wrong number of fields, bytes that are not UTF-8, a NUL) become faults; a
file in which records cannot be told apart is refused whole.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from ..problem import Problem
from .fault import Fault

#: Bytes of the longest line that is read; a longer one is refused before it fills the memory.
LONGEST_LINE = 1_000_000
RECORDS_AT_ONCE = 50_000
NOT_UTF8 = "is not UTF-8; save the file as UTF-8."
NUL = "holds a NUL byte; take it out."


@dataclass(frozen=True)
class CsvFile:
    """The well-formed records of a file: `text` has a string column for each header, "" where nothing stands.

    `lines[i]` is the line on which row i begins; `rows` counts all records, the malformed ones too.
    """

    path: Path
    text: pd.DataFrame
    lines: np.ndarray
    rows: int
    faults: list[Fault] = field(default_factory=list)


def read_csv(path: Path) -> CsvFile:
    """The records of the CSV file at `path`. Raises Problem when the file cannot be read as CSV at all."""
    try:
        with path.open("rb") as file:
            return _Reading(path, file).read()
    except OSError as error:
        raise Problem(
            f"{path.name} cannot be read: {error.strerror or error}. Check the file and its rights."
        ) from error


def original_text(path: Path, begins: set[int]) -> dict[int, str]:
    """The records that begin on the lines `begins`, as they stand in the file; what is not UTF-8 as ``\\xNN``."""
    with path.open("rb") as file:
        return dict(_Reading(path, file).originals(begins))


class _Reading:
    """One pass over a file; remembers the lines that need a second look."""

    def __init__(self, path: Path, file: BinaryIO):
        self.path, self.file, self.suspect = path, file, deque()
        self.reader = csv.reader(self._lines(), strict=True)
        self.begins, self.faults, self.rows = 1, [], 0
        self.raw = []  # the lines of the current record, as they stand in the file

    def read(self) -> CsvFile:
        header = self._header()
        batches, lines = [], []
        while records := list(islice(self._records(len(header)), RECORDS_AT_ONCE)):
            lines += [line for line, _ in records]
            fields = zip(*(fields for _, fields in records), strict=True)
            batches.append(pa.record_batch([pa.array(values, pa.string()) for values in fields], names=header))
        schema = pa.schema([(name, pa.string()) for name in header])
        text = pa.Table.from_batches(batches, schema).to_pandas()
        return CsvFile(self.path, text, np.array(lines, "int64"), self.rows, self.faults)

    def originals(self, begins: set[int]) -> Iterator[tuple[int, str]]:
        while self._next() is not None:
            if self.begins in begins:
                yield self.begins, b"".join(self.raw).decode("utf-8", "backslashreplace").rstrip("\r\n")

    def _header(self) -> list[str]:
        header = [name.strip() for name in self._next() or ()]
        if not any(header) or self.suspect:
            raise Problem(
                f"{self.path.name} does not begin with a header row in UTF-8; its first line must name the columns."
            )
        repeated = sorted({name for name in header if header.count(name) > 1})
        if repeated:
            raise Problem(
                f"{self.path.name} names the column {repeated[0]!r} twice in its header; name each column once."
            )
        return header

    def _records(self, width: int) -> Iterator[tuple[int, list[str]]]:
        while (fields := self._next()) is not None:
            if not fields:
                continue  # an empty line
            self.rows += 1
            expected = self._malformed(fields, width)
            if expected:
                self.faults.append(Fault(self.path.name, self.begins, "", "", expected))
            else:
                yield self.begins, fields

    def _next(self) -> list[str] | None:
        self.begins = self.reader.line_num + 1
        self.raw.clear()
        try:
            return next(self.reader, None)
        except csv.Error as error:
            raise Problem(
                f"{self.path.name} line {self.begins}: the record that begins here is not CSV ({error}); "
                "look for a quotation mark that is not closed or not doubled."
            ) from error

    def _malformed(self, fields: list[str], width: int) -> str:
        while self.suspect and self.suspect[0][0] < self.begins:
            self.suspect.popleft()
        if self.suspect and self.suspect[0][0] <= self.reader.line_num:
            return f"the record {self.suspect[0][1]}"
        if len(fields) != width:
            return f"{len(fields)} fields where the header has {width}; look for a missing or unquoted comma."
        return ""

    def _lines(self) -> Iterator[str]:
        number = 0
        while line := self.file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise Problem(
                    f"{self.path.name} line {number} is longer than {LONGEST_LINE:,} bytes; "
                    "look for missing line ends or a quotation mark that is not closed."
                )
            self.raw.append(line)
            yield self._decoded(line, number)

    def _decoded(self, line: bytes, number: int) -> str:
        if b"\0" in line:
            self.suspect.append((number, NUL))
        try:
            return line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            self.suspect.append((number, NOT_UTF8))
            return line.decode("utf-8", "surrogateescape")

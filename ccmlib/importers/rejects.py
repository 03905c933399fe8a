"""The reject file: each fault with the original text of its row, to be mended at the source."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from ..problem import Problem
from .csv_file import original_text
from .fault import Fault

NAME = "rejects.csv"
COLUMNS = ("file", "line", "column", "value", "expected", "text")


def write_rejects(folder: Path, faults: list[Fault], into: Path) -> Path:
    """Write ``rejects.csv`` in the folder `into`: one row a fault, with the record as it stands in `folder`."""
    texts = _texts(folder, faults)
    try:
        into.mkdir(parents=True, exist_ok=True)
        path = into / NAME
        path.touch(mode=0o600)  # it holds patient data
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(_row(fault, texts) for fault in faults)
    except OSError as error:
        raise Problem(f"The reject file cannot be written to {into}: {error.strerror}. Name another folder.") from error
    return path


def _texts(folder: Path, faults: list[Fault]) -> dict[str, dict[int, str]]:
    begins = defaultdict(set)
    for fault in faults:
        begins[fault.file].add(fault.line)
    return {name: original_text(folder / name, lines) for name, lines in begins.items()}


def _row(fault: Fault, texts: dict[str, dict[int, str]]) -> tuple:
    return fault.file, fault.line, fault.column, fault.value, fault.expected, texts[fault.file][fault.line]

"""A fault in a file: where it stands, what is there, and what was expected."""

from __future__ import annotations

from dataclasses import dataclass

#: Characters of a bad value that are shown.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad value of one row; `line` is where its record begins, `column` is "" when all of the record is bad."""

    file: str
    line: int
    column: str
    value: str
    expected: str

    def __str__(self):
        column = f", {self.column}" if self.column else ""
        value = f": {shortened(self.value)!r}" if self.value else ""
        return f"{self.file} line {self.line}{column}{value}: {self.expected}"


def shortened(value: str) -> str:
    """`value`, cut to what fits in a message."""
    return value if len(value) <= SHOWN else f"{value[:SHOWN]}..."

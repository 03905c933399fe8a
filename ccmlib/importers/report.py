"""What an import did, file by file."""

from __future__ import annotations

from dataclasses import dataclass, field

from .fault import Fault


@dataclass(frozen=True)
class FileCounts:
    """Rows of one file: read, and of those new, changed, same as known, rejected, exact copies left out."""

    read: int
    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0
    repeated: int = 0


@dataclass(frozen=True)
class ImportReport:
    """The counts of each file, what a person should know, and the faults of the rejected rows."""

    files: dict[str, FileCounts]
    warnings: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def written(self) -> int:
        """Rows written to the store: new ones and corrections."""
        return sum(counts.new + counts.changed for counts in self.files.values())

    def lines(self) -> list[str]:
        """The report as lines of text."""
        head = f"{'file':<24}" + "".join(f"{name:>12}" for name in COLUMNS)
        return [
            head,
            *(_line(name, counts) for name, counts in self.files.items()),
            *(f"note: {warning}" for warning in self.warnings),
            *(f"rejected: {fault}" for fault in self.faults),
        ]


COLUMNS = ("read", "new", "changed", "same", "rejected", "repeated")


def _line(name: str, counts: FileCounts) -> str:
    return f"{name:<24}" + "".join(f"{getattr(counts, column):>12,}" for column in COLUMNS)

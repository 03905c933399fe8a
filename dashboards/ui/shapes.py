"""What models hand to widgets: columns, rows, tiles and files. Free of widgets, so that models can be tested alone."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column: its title, and its CSS class (n: figure at the right, w: unbroken, half or wide: much room)."""

    title: str
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """A row: the `key` that is selected, a cell a column (text, or Html), small print under the first cell."""

    key: str
    cells: Sequence[object]
    small: object = ""


class Rows(Sequence[Row]):
    """Rows made only when they are shown: `make` turns one of `keys` into its row."""

    def __init__(self, keys: Sequence[str], make: Callable[[str], Row]):
        self.keys, self._make = list(keys), make

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        found = self.keys[at]
        return [self._make(key) for key in found] if isinstance(at, slice) else self._make(found)


@dataclass(frozen=True)
class Tile:
    """A tile: `name` above, the `number`, its `unit`, a smaller line `more`; `state` is ready, review, hold or none."""

    name: str
    number: str
    unit: str = ""
    more: str = ""
    state: str = ""


@dataclass(frozen=True)
class File:
    """A file to download: its name, its bytes and their media type."""

    name: str
    content: bytes
    kind: str = "text/csv"

    @property
    def url(self) -> str:
        """The file as a ``data:`` URL."""
        return f"data:{self.kind};base64,{base64.b64encode(self.content).decode('ascii')}"

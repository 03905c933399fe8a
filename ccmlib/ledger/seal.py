"""Seals: a hash over every batch of rows that is written, chained, so that no row changes, goes or moves unseen.

A row's line is ``id,supersedes,digest`` (the middle empty when it supersedes nothing). `rows_hash` is the
SHA-256 of the lines joined by ``\\n``; `seal_hash` that of the JSON list of the seal's own values and the hash
of the seal before it. `marks` has eight hexadecimal digits for each row, the CRC-32 of its line: they tell
which row of a batch is another one, and need not be safe since `rows_hash` is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from hashlib import sha256
from zlib import crc32

#: The hash before the first one.
NOTHING_BEFORE = "0" * 64
MARK = 8


@dataclass(frozen=True)
class Seal:
    """Rows `first_id` to `last_id` of a table, written at the UTC second `known_at` by `known_by`."""

    seal_id: int
    table_name: str
    first_id: int
    last_id: int
    known_at: int
    known_by: str
    rows_hash: str
    previous_hash: str
    seal_hash: str
    marks: str

    @property
    def true_hash(self) -> str:
        """The hash that the seal's values give."""
        return seal_hash(astuple(self)[:8])


def row_line(row_id: int, supersedes: int | None, digest: str) -> bytes:
    """The line that stands for one row."""
    return f"{row_id},{'' if supersedes is None else supersedes},{digest}".encode("utf-8", "backslashreplace")


def rows_hash(lines: Iterable[bytes]) -> str:
    """SHA-256 of the lines, joined by line feeds: 64 hexadecimal digits."""
    return sha256(b"\n".join(lines)).hexdigest()


def marks(lines: Iterable[bytes]) -> str:
    """The mark of each line, one after the other."""
    return b"".join(crc32(line).to_bytes(4, "big") for line in lines).hex()


def seal_hash(values: Iterable) -> str:
    """SHA-256 of the JSON list of a seal's values from `seal_id` to `previous_hash`."""
    return sha256(json.dumps(list(values), default=repr).encode()).hexdigest()


def next_seal(
    before: tuple[int, str] | None, table_name: str, first_id: int, lines: list[bytes], known_at: int, known_by: str
) -> Seal:
    """The seal over `lines`, rows from `first_id` on, after the seal with the id and hash `before`."""
    seal_id, previous = before or (0, NOTHING_BEFORE)
    last_id = first_id + len(lines) - 1
    values = (seal_id + 1, table_name, first_id, last_id, known_at, known_by, rows_hash(lines), previous)
    return Seal(*values, seal_hash(values), marks(lines))

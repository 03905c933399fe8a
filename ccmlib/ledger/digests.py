"""The digests a close records: of facts, decision, policies and code. Each is 64 hexadecimal digits of a SHA-256."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

from ..dated import files_digest
from ..rulebook import Rules


def facts_digest(row_digests: Mapping[str, Iterable[str]]) -> str:
    """Of the rows of every table of a month's facts, whatever order they come in; a table without rows adds nothing."""
    rows = {name: sorted(digests) for name, digests in sorted(row_digests.items())}
    lines = [f"{name} {rows_digest(digests)}" for name, digests in rows.items() if digests]
    return sha256("\n".join(lines).encode()).hexdigest()


def rows_digest(row_digests: Iterable[str]) -> str:
    """Of rows in their order."""
    return sha256("\n".join(row_digests).encode()).hexdigest()


def policies_text(rules: Rules) -> str:
    """The policies in force and their values, as JSON sorted by name."""
    return json.dumps({row["name"]: row["value"] for row in rules.rows("policies")}, sort_keys=True, default=str)


def text_digest(text: str) -> str:
    """Of a text, in UTF-8."""
    return sha256(text.encode()).hexdigest()


@cache  # what runs is what was read when the program began, whatever is written to the files meanwhile
def code_digest() -> str:
    """Of the name and content of every Python file of this program: equal digests mean equal code."""
    return files_digest(files("ccmlib"), (".py",))

"""Diagnoses are written without a dot; a chronic one has a disease group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..rulebook import Rulebook
from .row import called

CODE = re.compile(r"[A-Z][0-9A-Z]{2,6}")
GROUP = re.compile(r"[a-z][a-z0-9_]+")


def badly_written(book: Rulebook) -> Iterator[str]:
    """A code with a dot or in lower case, or a row that is neither of a code nor of a prefix."""
    for row in book.tables["conditions"]:
        if not CODE.fullmatch(row["icd10_code"]):
            yield f"{called('conditions', row)} is not a diagnosis code in upper case without a dot."
        if row["match"] not in ("code", "prefix") or row["chronic"] not in ("true", "false"):
            yield f"{called('conditions', row)} must match a code or a prefix and be chronic true or false."


def chronic_without_group(book: Rulebook) -> Iterator[str]:
    """A chronic disease that would not be counted with its own kind."""
    for table in ("conditions", "snomed_groups"):
        for row in book.tables[table]:
            if row["chronic"] == "true" and not GROUP.fullmatch(row["group"]):
                yield f"{called(table, row)} is chronic and needs a disease group in lower_case_words."

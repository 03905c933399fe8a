"""docs/rules.md: every rule with its dates, source and trust, for a biller. Written by this module, never by hand."""

from __future__ import annotations

from ..rulebook import Rulebook
from . import billing, patients, practice

#: The sections, each from the rulebook to lines.
ORDER = (
    billing.codes, billing.fees, patients.requirements, billing.exclusions, practice.people_and_work,
    practice.policies, practice.reasons, practice.undecided, practice.sources,
)  # fmt: skip


def rules_markdown(book: Rulebook) -> str:
    """The whole page as Markdown."""
    lines = [
        "# The rules", "",
        f"Medicare care management, service dates {book.span}. Made from `ccmlib/rules`; do not edit it by"
        " hand. Each row says from when to when it holds, what it rests on, and how far to trust it. Reference,"
        " not billing advice: a person signs every claim.", "",
    ]  # fmt: skip
    return "\n".join(lines + [line for section in ORDER for line in section(book)]).rstrip("\n") + "\n"

"""The page on what a patient must meet: requirements, visits, chronic conditions."""

from __future__ import annotations

from collections import Counter

from ..rulebook import Rulebook
from .words import RATE_COLUMNS, cited, listed, table


def requirements(book: Rulebook) -> list[str]:
    """What a patient must meet, and the visits and diagnoses that count."""
    rows = [
        (row["program"], row["says"], ", ".join(row["reasons"]), *cited(row)) for row in book.tables["requirements"]
    ]
    return [
        "## Requirements", "", *table(("Program", "What is asked", "Reasons when unmet", *RATE_COLUMNS), rows),
        "### Visits at which care management may start", "",
        *table(("Codes", *RATE_COLUMNS), listed(book.tables["visits"], "hcpcs_code")),
        *_conditions(book),
    ]  # fmt: skip


def _conditions(book: Rulebook) -> list[str]:
    chronic = [row for row in book.tables["conditions"] if row["chronic"] == "true"]
    counts = Counter(row["group"] for row in chronic)
    named = {group: count for group, count in counts.items() if len(group) > 3}
    trust = Counter(row["trust"] for row in chronic)
    snomed = Counter(row["chronic"] for row in book.tables["snomed_groups"])
    return [
        "### Chronic conditions", "", f"{len(chronic):,} ICD-10-CM codes are chronic ("
        + ", ".join(f"{count:,} graded {grade}" for grade, count in sorted(trust.items())) + "). Two conditions are two"
        f" codes in two disease groups. Besides the {len(named)} groups below, {len(counts) - len(named)} categories of"
        " ICD-10-CM are each a group of their own. A code that the rules do not know goes to review.", "",
        f"{snomed['true']} SNOMED CT codes count as chronic and {snomed['false']} do not; they show that a diagnosis is"
        " missing and never choose one. A clinician must review that list.", "",
        *table(("Disease group", "Codes"), sorted(named.items())),
    ]  # fmt: skip

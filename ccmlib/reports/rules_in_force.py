"""What the decision rests on: the policies with their values, the codes in force, and the digest of all rules."""

from __future__ import annotations

import pandas as pd

from .. import wording
from ..close import MonthClose
from ..rule_page.words import GRADES
from ..rulebook import Rules
from .markup import html_column, joined, muted
from .section import Section, card
from .table import FIGURE, WORD, table


def rules_in_force(close: MonthClose) -> Section:
    """Policies first, then the codes with the dates of their versions."""
    rules = close.rules
    says = (
        f"Rules digest {rules.digest}: equal digests mean equal rules. How far a row can be trusted stands beside its"
        " source; confirm what is recalled before you rely on it."
    )
    looks = {"Value": FIGURE, "In force": WORD, "Block": FIGURE, "Most a month": FIGURE}
    return Section(says, (
        card(table(policies_frame(rules), "Policies in force", looks)),
        card(table(codes_frame(rules), "Codes in force", looks)),
    ))  # fmt: skip


def policies_frame(rules: Rules) -> pd.DataFrame:
    """A row per policy: name in words, value, what it says, source and trust."""
    rows = rules.tables["policies"]
    return pd.DataFrame({
        "Policy": [wording.words(row["name"]) for row in rows],
        "Value": [wording.words(str(row["value"])) for row in rows],
        "What it says": [row["says"] for row in rows],
        "In force": [_dates(row) for row in rows],
        "Source and trust": html_column(_source(rules, row) for row in rows),
    })  # fmt: skip


def codes_frame(rules: Rules) -> pd.DataFrame:
    """A row per code in force: minutes of a block, most units a month, dates, source and trust."""
    rows = [row for row in rules.tables["codes"] if rules.codes[row["code"]].seconds]
    return pd.DataFrame({
        "Code": html_column(joined([row["code"], " ", muted(row["label"])]) for row in rows),
        "Block": [f"{row['minutes']} min" for row in rows],
        "Most a month": [str(row.get("max_units") or ("–" if row.get("add_on_to") else 1)) for row in rows],
        "In force": [_dates(row) for row in rows],
        "Source and trust": html_column(_source(rules, row) for row in rows),
    })  # fmt: skip


def _dates(row: dict) -> str:
    until = row.get("until")
    return f"{wording.date(row['from'])} to {wording.date(until)}" if until else f"since {wording.date(row['from'])}"


def _source(rules: Rules, row: dict):
    titles = {source["name"]: source["title"] for source in rules.tables["sources"]}
    return joined([titles[row["source"]], " ", muted(f"({row['trust']}: {GRADES[row['trust']]})")])

"""The five things every time entry records (requirements A5.2): each asked of all entries at once."""

from __future__ import annotations

import pandas as pd

from ..rulebook import Rules
from .criteria import criteria, criterion
from .logged import too_long
from .text import plain


def required_fields(rows: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """One column a required field, in the order of the data: whether each entry (as from ``logged``) has it."""
    return pd.DataFrame({row["name"]: FIELDS[row["name"]](rows, rules) for row in criteria(FILE, "field", rules.month)})


def vague(texts: pd.Series, rules: Rules) -> pd.Series:
    """Texts that tell nothing: absent, shorter than the policy, or one of the phrases that say nothing (bool)."""
    row = criterion(FILE, "vague", "vague", rules.month)
    text = _without_numbers(texts)
    return (texts.fillna("").str.strip().str.len() < rules.policy("shortest_note_characters")) | text.isin(
        row["phrases"]
    )


def _without_numbers(texts: pd.Series) -> pd.Series:
    """Plain words alone: a date or a count tells nothing of the work."""
    return plain(texts).str.replace(" #", "").str.strip()


def _date_and_time(rows: pd.DataFrame, rules: Rules) -> pd.Series:
    return rows.started_at.notna() & rows.ended_at.notna() & (rows.source != "imputed")


def _duration(rows: pd.DataFrame, rules: Rules) -> pd.Series:
    return ~too_long(rows, rules)


def _staff(rows: pd.DataFrame, rules: Rules) -> pd.Series:
    return rows.staff_name.notna() & rows.role.notna()


def _service(rows: pd.DataFrame, rules: Rules) -> pd.Series:
    row = criterion(FILE, "field", "service", rules.month)
    return ~rows.activity.isin(row["unspecific"]) & ~vague(rows.note, rules)


def _outcome(rows: pd.DataFrame, rules: Rules) -> pd.Series:
    """An outcome is short by nature ("Refill sent"): only phrases that say nothing are none."""
    phrases = criterion(FILE, "vague", "vague", rules.month)["phrases"]
    text = _without_numbers(rows.outcome)
    return (text != "") & ~text.isin(phrases)


FILE = "documentation"
FIELDS = {
    "date_and_time": _date_and_time, "duration": _duration, "staff": _staff, "service": _service, "outcome": _outcome,
}  # fmt: skip

"""Whether a note speaks of the patient's own conditions and plan: a match of words, which is a hint and no finding."""

from __future__ import annotations

import pandas as pd

from ..condition_map import classify, snomed_groups
from ..facts import MonthFacts
from ..rulebook import Rules
from .criteria import criteria, criterion
from .text import first_word, plain


def condition_tie(rows: pd.DataFrame, facts: MonthFacts, rules: Rules) -> pd.Series:
    """The word by which each entry's note or outcome names a condition of its patient, "" when none does."""
    return _tied(rows, condition_words(facts, rules))


def goal_tie(rows: pd.DataFrame, facts: MonthFacts, rules: Rules) -> pd.Series:
    """The word that each entry's note or outcome shares with a goal or step of the patient's care plans, or ""."""
    return _tied(rows, goal_words(facts, rules))


def condition_words(facts: MonthFacts, rules: Rules) -> dict[str, list[str]]:
    """By patient: the words of the disease groups on the record, whether chronic or not."""
    said = {row["group"]: row["words"] for row in criteria("condition_words", "condition", rules.month)}
    rows = facts.conditions
    icd, snomed = (
        classify(rows.icd10_code, rules).group.astype(str),
        snomed_groups(rows.snomed_code, rules).group.astype(str),
    )
    groups = icd.where(icd != "", snomed)
    found: dict[str, list[str]] = {}
    for patient, group in zip(rows.patient_id, groups, strict=True):
        found.setdefault(patient, []).extend(said.get(group, [group.replace("_", " ")] if group else []))
    return found


def goal_words(facts: MonthFacts, rules: Rules) -> dict[str, list[str]]:
    """By patient: the telling words of the items of plans that were not retired, whatever their version."""
    row = criterion("documentation", "tie", "goal", rules.month)
    plans = facts.care_plans[facts.care_plans.status != "retired"]
    items = facts.care_plan_items[facts.care_plan_items.element.isin(row["elements"])]
    items = items.merge(plans[["care_plan_id", "patient_id"]], on="care_plan_id")
    text = plain(items.text) + plain(items.target)
    found: dict[str, list[str]] = {}
    for patient, words in zip(items.patient_id, text, strict=True):
        found.setdefault(patient, []).extend(_telling(words, row))
    return found


def _telling(text: str, row: dict) -> list[str]:
    return [word for word in text.split() if len(word) >= row["shortest_word"] and word not in row["common"]]


def _tied(rows: pd.DataFrame, words: dict[str, list[str]]) -> pd.Series:
    text = plain(rows.note) + plain(rows.outcome)
    found = [first_word(each, words.get(patient, [])) for patient, each in zip(rows.patient_id, text, strict=True)]
    return pd.Series(found, rows.index, dtype="str")

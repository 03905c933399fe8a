"""Two or more chronic conditions, carried by two or more ICD-10-CM codes (rulebook E1 to E3, section 10)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..condition_map import classify, snomed_groups
from ..order import distinct
from ..panel import Panel, days
from ..requirement import HOLD, REVIEW, Question, Requirement, Unmet
from ..rulebook import Rules
from .diagnoses import diagnosis_codes


def conditions(question: Question) -> Requirement:
    """Unmet: fewer than two chronic codes (`conditions`), coded only in SNOMED (`diagnosis_not_coded`), or one
    disease under two codes (`same_condition`, a review). Codes that no table knows go to review, never to false."""
    size, found = question.panel.size, chronic_conditions(question.panel, question.rules)
    coded, chronic, unknown = (found[name].to_numpy() for name in ("coded", "chronic", "unknown"))
    codes, groups = _how_many(found, "code", coded & chronic, size), _how_many(found, "group", coded & chronic, size)
    maybe = _how_many(found, "code", coded & (chronic | unknown), size)
    any_groups = _how_many(found, "group", chronic, size)
    least = question.rule("conditions")["least"]
    few = codes < least
    uncoded = few & (any_groups >= least)
    return Requirement(
        "conditions",
        (
            Unmet("conditions", HOLD, few & ~uncoded & (maybe < least)),
            Unmet("diagnosis_not_coded", HOLD, uncoded),
            Unmet("conditions", REVIEW, few & ~uncoded & (maybe >= least)),
            Unmet("same_condition", REVIEW, ~few & (groups < least)),
        ),
        {"codes": codes, "groups": groups, "diagnosis_codes": diagnosis_codes(found, few, question)},
    )


def chronic_conditions(panel: Panel, rules: Rules) -> pd.DataFrame:
    """Conditions in force on the day asked: patient, code (dotted), group, coded, chronic, unknown.

    Code and group are categories in the order of their text.
    """
    rows, patient = panel.facts.conditions, panel.patient_of("conditions")
    asked = panel.day_asked[patient]
    onset = np.where(rows.onset_date.isna(), asked, days(rows.onset_date))
    on_day = np.flatnonzero((onset <= asked) & (days(rows.abated_date) > asked))
    icd, snomed = classify(rows.icd10_code.iloc[on_day], rules), snomed_groups(rows.snomed_code.iloc[on_day], rules)
    coded = (icd.code != "").to_numpy()
    return pd.DataFrame({
        "patient": patient[on_day], "code": icd.code.array, "coded": coded, "unknown": icd.unknown.to_numpy(),
        "group": _either(coded, icd.group, snomed.group),
        "chronic": np.where(coded, icd.chronic, snomed.chronic),
    })  # fmt: skip


def _either(first: np.ndarray, one: pd.Series, other: pd.Series) -> pd.Categorical:
    """The category of `one` where `first`, else that of `other`."""
    both = pd.api.types.union_categoricals([one, other], sort_categories=True)
    return pd.Categorical.from_codes(np.where(first, both.codes[: len(one)], both.codes[len(one) :]), both.categories)


def _how_many(found: pd.DataFrame, column: str, asked: np.ndarray, size: int) -> np.ndarray:
    """How many different values of a category each patient has among the rows `asked`."""
    many = max(len(found[column].cat.categories), 1)
    pairs = found.patient.to_numpy()[asked] * many + found[column].cat.codes.to_numpy()[asked]
    return np.bincount(distinct(pairs) // many, minlength=size)

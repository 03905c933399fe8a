"""Two or more chronic conditions, carried by two or more ICD-10-CM codes (rulebook E1 to E3, section 10)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..condition_map import classify, snomed_groups
from ..panel import Panel, days
from ..rulebook import Rules
from ..requirement import HOLD, REVIEW, Question, Requirement, Unmet


def conditions(question: Question) -> Requirement:
    """Unmet: fewer than two chronic codes (`conditions`), coded only in SNOMED (`diagnosis_not_coded`), or one
    disease under two codes (`same_condition`, a review). Codes that no table knows go to review, never to false."""
    panel = question.panel
    found = chronic_conditions(panel, question.rules)
    coded = found[found.coded & found.chronic]
    codes, groups = _distinct(coded, "code", panel), _distinct(coded, "group", panel)
    maybe = _distinct(found[found.coded & (found.chronic | found.unknown)], "code", panel)
    any_groups = _distinct(found[found.chronic], "group", panel)
    few = codes < 2
    uncoded = few & (any_groups >= 2)
    return Requirement(
        "conditions",
        (
            Unmet("conditions", HOLD, few & ~uncoded & (maybe < 2)),
            Unmet("diagnosis_not_coded", HOLD, uncoded),
            Unmet("conditions", REVIEW, few & ~uncoded & (maybe >= 2)),
            Unmet("same_condition", REVIEW, ~few & (groups < 2)),
        ),
        {"codes": codes, "groups": groups, "diagnosis_codes": diagnosis_codes(found, few, question)},
    )


def chronic_conditions(panel: Panel, rules: Rules) -> pd.DataFrame:
    """Conditions in force on the day asked: patient, code (dotted), group, coded, chronic, unknown."""
    rows = panel.facts.conditions
    patient = panel.number(rows)
    asked = panel.day_asked[patient]
    onset = np.where(rows.onset_date.isna(), asked, days(rows.onset_date))
    on_day = (onset <= asked) & (days(rows.abated_date) > asked)
    rows, patient = rows[on_day], patient[on_day]
    icd, snomed = classify(rows.icd10_code, rules), snomed_groups(rows.snomed_code, rules)
    coded = icd.code != ""
    return pd.DataFrame({
        "patient": patient, "code": icd.code.to_numpy(), "coded": coded.to_numpy(), "unknown": icd.unknown.to_numpy(),
        "group": icd.group.where(coded, snomed.group.to_numpy()).to_numpy(),
        "chronic": np.where(coded, icd.chronic, snomed.chronic.to_numpy()),
    })  # fmt: skip


def _distinct(found: pd.DataFrame, column: str, panel: Panel) -> np.ndarray:
    distinct = found[["patient", column]].drop_duplicates()
    return np.bincount(distinct.patient, minlength=panel.size)


def diagnosis_codes(found: pd.DataFrame, few: np.ndarray, question: Question) -> np.ndarray:
    """The claim's diagnoses per patient, ``;`` between: one of each disease first, then the rest, by code.

    Codes that no table knows are named only where there are too `few` others.
    """
    usable = found[found.coded & (found.chronic | (found.unknown & few[found.patient]))]
    usable = usable.drop_duplicates(["patient", "code"]).sort_values(["patient", "code"])
    again = usable.duplicated(["patient", "group"])
    usable = usable.assign(again=again).sort_values(["patient", "again", "code"])
    usable = usable[usable.groupby("patient").cumcount() < question.rules.policy("most_diagnoses")]
    count = np.bincount(usable.patient, minlength=question.panel.size)
    lists = pa.ListArray.from_arrays(np.append(0, np.cumsum(count)), pa.array(usable.code, pa.string()))
    return pc.binary_join(lists, ";").to_numpy(zero_copy_only=False)

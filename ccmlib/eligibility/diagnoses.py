"""The diagnoses that a claim names: one of each chronic disease first, so that the first two prove two diseases."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..order import distinct, first_of_run
from ..requirement import Question


def diagnosis_codes(found: pd.DataFrame, few: np.ndarray, question: Question) -> np.ndarray:
    """The claim's diagnoses per patient, ``;`` between: one of each disease first, then the rest, by code.

    `found` as from ``chronic_conditions``. Codes that no table knows are named only where there are too
    `few` others.
    """
    usable = found[found.coded & (found.chronic | (found.unknown & few[found.patient]))]
    codes = usable.code.cat.categories
    patient, code = _by_disease(usable, max(len(codes), 1))
    count = np.bincount(patient, minlength=question.panel.size)
    place = np.arange(len(patient)) - np.repeat(np.cumsum(count) - count, count)
    most = question.rules.policy("most_diagnoses")
    texts = pa.array(codes, pa.string()).take(pa.array(code[place < most]))
    edges = np.append(0, np.cumsum(np.minimum(count, most)))
    return pc.binary_join(pa.ListArray.from_arrays(edges, texts), ";").to_numpy(zero_copy_only=False)


def _by_disease(usable: pd.DataFrame, codes: int) -> tuple[np.ndarray, np.ndarray]:
    """Patient and number of each different code: a patient's first codes of a disease, then the others."""
    group_of = np.zeros(codes, np.int64)
    group_of[usable.code.cat.codes] = usable.group.cat.codes
    pairs = distinct(usable.patient.to_numpy() * codes + usable.code.cat.codes.to_numpy())
    patient, code = pairs // codes, pairs % codes
    disease = patient * (group_of.max(initial=0) + 1) + group_of[code]
    order = np.argsort(disease, kind="stable")  # stable: the first code of each disease stays before its others
    again = np.empty(len(pairs), bool)
    again[order] = ~first_of_run(disease[order])
    order = np.argsort(patient * 2 + again, kind="stable")
    return patient[order], code[order]

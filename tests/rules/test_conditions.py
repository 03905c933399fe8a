"""Which diagnoses are chronic, and which are one disease."""

from __future__ import annotations

import gzip

import pandas as pd
import pytest

from ccmlib.condition_map import classify, snomed_groups
from ccmlib.month import Month


@pytest.fixture(scope="module")
def rules(book):
    return book.on(Month("2026-03"))


def groups(rules, *codes):
    """The disease groups of the chronic ones among some diagnoses."""
    found = classify(pd.Series(codes), rules)
    return set(found.group[found.chronic])


ONE_DISEASE = {
    "two diabetes codes": ("E11.65", "E11.42"),
    "diabetes with kidney disease is one code": ("E11.22",),
    "hypertension with heart and kidney disease is hypertension": ("I13.0", "I10"),
    "the two depression codes": ("F32.9", "F32.A"),
    "depression and bipolar disorder": ("F33.1", "F31.9"),
    "Alzheimer's and other dementia": ("G30.9", "F03.90", "G31.83"),
    "the lipid disorders": ("E78.5", "E78.00"),
    "gout, acute and chronic": ("M10.9", "M1A.0110"),
}


@pytest.mark.parametrize("codes", ONE_DISEASE.values(), ids=ONE_DISEASE)
def test_one_disease(rules, codes):
    assert len(groups(rules, *codes)) == 1


TWO_DISEASES = (("I10", "E78.5"), ("E11.22", "N18.31"), ("I13.0", "I50.9"), ("J44.9", "J45.909"), ("F32.9", "F41.1"))


@pytest.mark.parametrize("codes", TWO_DISEASES, ids=" and ".join)
def test_two_diseases(rules, codes):
    assert len(groups(rules, *codes)) == 2


def test_a_lasting_disease_that_one_list_calls_not_chronic_is_chronic_and_graded_recalled(rules):
    assert groups(rules, "F32.A") == {"depression_bipolar"}
    assert rules.condition_rows[0]["F32A"]["trust"] == "R"


@pytest.mark.parametrize("code", ["J18.9", "S72.001A", "B15.9", "U07.1"])
def test_an_acute_disease_is_not_chronic(rules, code):
    found = classify(pd.Series([code]), rules).iloc[0]
    assert not found.chronic and not found.unknown


@pytest.mark.parametrize("code", ["E11.99999", "I1", "11I", "E11", "X"])
def test_what_is_no_diagnosis_code_is_unknown(rules, code):
    assert classify(pd.Series([code]), rules).unknown.iloc[0]


def test_every_billable_diagnosis_code_is_chronic_or_not(rules, shared):
    with gzip.open(shared / "reference" / "icd10cm_code-list-April-2026.txt.gz", "rt") as file:
        codes = sorted(code for line in file if len(code := line.strip()) > 2 and "-" not in code)
    billable = [code for code, after in zip(codes, [*codes[1:], ""], strict=True) if not after.startswith(code)]
    found = classify(pd.Series(billable), rules)
    assert len(billable) > 74_000
    assert not found.unknown.any(), found[found.unknown]


def test_a_snomed_disease_is_the_same_disease_as_its_diagnoses(rules):
    chronic = {row["group"] for row in rules.rows("snomed_groups", chronic="true")}
    assert chronic <= {row["group"] for row in rules.rows("conditions", chronic="true")}
    assert snomed_groups(pd.Series(["44054006"]), rules).group.iloc[0] == groups(rules, "E11.9").pop()

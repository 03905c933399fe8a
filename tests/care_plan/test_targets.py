"""A target is read as a number where it states one, and never guessed."""

from __future__ import annotations

import pytest

from ccmlib.care_plan.target import targets

READ = [
    ("blood pressure below 130/80", [("systolic", None, 130, False), ("diastolic", None, 80, False)]),
    ("BP under 140 / 90 at home", [("systolic", None, 140, False), ("diastolic", None, 90, False)]),
    ("A1c below 7.5%", [("hba1c", None, 7.5, False)]),
    ("hemoglobin A1c no more than 8", [("hba1c", None, 8, True)]),
    ("HbA1c not above 8", [("hba1c", None, 8, True)]),
    ("systolic not below 100", [("systolic", 100, None, True)]),
    ("systolic between 110 and 130", [("systolic", 110, 130, True)]),
    ("PDC at least 80%", [("pdc", 0.8, None, True)]),
    ("PDC ≥ 0.8", [("pdc", 0.8, None, True)]),
    ("LDL below 70 mg/dL", [("ldl", None, 70, False)]),
    ("PHQ-9 below 10", [("phq9", None, 10, False)]),
    ("PROMIS physical health above 45", [("promis_physical", 45, None, False)]),
]
NOT_READ = [
    "blood pressure 130/80", "TSH in range", "walk 20 minutes five days a week", "weight within 3 lb of dry weight",
    "no flare needing steroids for 6 months", "eGFR loss under 4 a year", "", "A1c better",
]  # fmt: skip


@pytest.mark.parametrize("text,expected", READ)
def test_a_target_with_a_comparison_and_a_number_is_read(text, expected):
    found = [(each.measure.name, each.low, each.high, each.closed) for each in targets(text, ["phq9"])]
    assert found == expected


@pytest.mark.parametrize("text", NOT_READ)
def test_a_target_without_a_comparison_is_left_to_a_person(text):
    assert targets(text) == []


@pytest.mark.parametrize("text,value,reached", [
    ("A1c below 7.5%", 7.5, False), ("A1c at most 7.5%", 7.5, True), ("systolic between 110 and 130", 109, False),
    ("systolic between 110 and 130", 130, True), ("PDC at least 80%", 0.8, True), ("PDC above 80%", 0.8, False),
])  # fmt: skip
def test_the_bound_belongs_to_the_target_only_when_it_says_so(text, value, reached):
    assert targets(text)[0].reached(value) is reached


@pytest.mark.parametrize("start,value,share", [(9, 8.25, 0.5), (9, 9.5, 0), (9, 7, 1), (7, 8, 0)])
def test_the_share_of_the_way_runs_from_the_start_to_the_bound(start, value, share):
    assert targets("A1c below 7.5%")[0].share(start, value) == pytest.approx(share)

"""What a plan lacks, how its goals stand, and what changed between two versions."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from ccmlib.care_plan.differences import differences, word_changes
from ccmlib.care_plan.elements import covered, elements
from ccmlib.care_plan.goals import goals
from ccmlib.care_plan.item import PlanItem, items_of
from ccmlib.facts import CARE_PLAN_ELEMENTS, TABLES, typed

NOW = dt.datetime(2026, 11, 24, 15, tzinfo=dt.UTC)
TODAY, SINCE = NOW.date(), dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def goal(**changes):
    said = {"target": "A1c below 7.5%", "due_date": dt.date(2026, 12, 31), "mark": "1"} | changes
    return PlanItem("treatment_goals", "Sugar under control", **said)


def measures(*rows):
    made = [
        {"measure_id": f"M{n}", "patient_id": "p1", "measure": name, "value": value, "measured_at": at}
        for n, (name, value, at) in enumerate(rows)
    ]
    return typed(pd.DataFrame(made, columns=TABLES["measures"].names), TABLES["measures"])


def stand(item, *rows):
    return goals([item], measures(*rows), SINCE, NOW, TODAY)[0]


def lacks(*items):
    return {each.name: each.lacks for each in elements(items)}


def test_every_element_that_a_plan_does_not_speak_of_is_said_in_words():
    found = elements([])
    assert [each.name for each in found] == list(CARE_PLAN_ELEMENTS)
    assert all(each.missing and len(each.lacks) == 1 and each.lacks[0].endswith(".") for each in found)


def test_a_goal_needs_a_target_and_a_date():
    said = lacks(goal(target="", due_date=None), goal())["treatment_goals"]
    assert said == ("1 goal has no target that can be measured.", "1 goal has no date.")


def test_an_intervention_names_who_does_it_and_a_review_has_a_date():
    said = lacks(PlanItem("planned_interventions", "Calls"), PlanItem("periodic_review", "Twice a year"))
    assert said["planned_interventions"] == ("1 intervention names nobody responsible.",)
    assert said["periodic_review"] == ("No date for the next review is set.",)


def test_elements_are_counted_once():
    assert covered([goal(), goal(), PlanItem("problem_list", "Diabetes")]) == 2


@pytest.mark.parametrize("item,rows,status", [
    (goal(), [], "open"),
    (goal(due_date=None), [], "open"),
    (goal(due_date=dt.date(2026, 11, 24)), [], "open"),
    (goal(due_date=dt.date(2026, 11, 23)), [], "overdue"),
    (goal(due_date=dt.date(2026, 11, 23)), [("hba1c", 8.1, "2026-10-01T12:00:00Z")], "overdue"),
    (goal(due_date=dt.date(2026, 11, 23)), [("hba1c", 7.1, "2026-10-01T12:00:00Z")], "reached"),
    (goal(due_date=dt.date(2026, 11, 23), met_at=NOW), [], "met"),
])  # fmt: skip
def test_a_goal_is_met_reached_overdue_or_open(item, rows, status):
    assert stand(item, *rows).status == status


def test_blood_pressure_is_reached_only_with_both_values():
    item = goal(target="blood pressure below 130/80")
    upper = ("systolic", 120, "2026-10-01T12:00:00Z")
    assert stand(item, upper).status == "open"
    assert stand(item, upper, ("diastolic", 85, "2026-10-01T12:00:00Z")).status == "open"
    assert stand(item, upper, ("diastolic", 75, "2026-10-01T12:00:00Z")).status == "reached"


def test_progress_starts_with_the_last_value_before_the_plan_and_ignores_the_future():
    rows = [("hba1c", 9.9, "2025-01-01T12:00:00Z"), ("hba1c", 9.0, "2026-02-01T12:00:00Z"),
            ("hba1c", 8.25, "2026-10-01T12:00:00Z"), ("hba1c", 7.0, "2026-12-01T12:00:00Z")]  # fmt: skip
    progress = stand(goal(), *rows).progress[0]
    assert (progress.start.value, progress.latest.value) == (9.0, 8.25)
    assert progress.share == pytest.approx(0.5) and not progress.reached


def kinds(before, after):
    return [each.kind for each in differences(before, after)]


def test_items_belong_together_by_mark_then_text_then_likeness():
    old = [PlanItem("medication_management", "Lisinopril in the morning", mark="1"),
           PlanItem("medication_management", "Metformin with meals", mark="2"),
           PlanItem("medication_management", "Aspirin", mark="3")]  # fmt: skip
    new = [PlanItem("medication_management", "Amlodipine", mark="1"),
           PlanItem("medication_management", "Metformin with every meal"),
           PlanItem("medication_management", "Aspirin"),
           PlanItem("medication_management", "Pill box")]  # fmt: skip
    found = {(each.kind, each.after.text) for each in differences(old, new)}
    assert found == {("changed", "Amlodipine"), ("changed", "Metformin with every meal"), ("kept", "Aspirin"),
                     ("added", "Pill box")}  # fmt: skip


def test_an_item_of_another_element_is_another_item():
    old, new = (PlanItem(name, "Falls", mark="1") for name in ("problem_list", "symptom_management"))
    assert kinds([old], [new]) == ["removed", "added"]


@pytest.mark.parametrize("change", [
    {"target": "A1c below 7%"}, {"due_date": dt.date(2027, 1, 31)}, {"responsible": "patient"},
])  # fmt: skip
def test_a_new_target_date_or_person_is_a_change(change):
    found = differences([goal()], [goal(**change)])[0]
    assert found.kind == "changed" and found.fields == tuple(change)


def test_a_goal_met_meanwhile_is_no_difference():
    assert kinds([goal()], [goal(met_at=NOW)]) == ["kept"]


def test_the_words_that_changed_are_found():
    assert word_changes("walk 20 minutes daily", "walk 30 minutes twice") == [
        ("kept", "walk"), ("removed", "20"), ("added", "30"), ("kept", "minutes"), ("removed", "daily"),
        ("added", "twice"),
    ]  # fmt: skip


def test_items_come_in_the_order_of_the_elements():
    rows = [{"item_id": f"P-{n}", "care_plan_id": "P", "element": name, "text": name}
            for n, name in enumerate(reversed(CARE_PLAN_ELEMENTS))]  # fmt: skip
    frame = typed(pd.DataFrame(rows), TABLES["care_plan_items"])
    assert [each.element for each in items_of(frame, "P")] == list(CARE_PLAN_ELEMENTS)

"""Plans are written, approved, reviewed and handed over by appending facts, by whom the permission table allows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ccmlib.access.permissions import permissions
from ccmlib.access.session import Refused
from ccmlib.acts.care_plan import approve_plan, record_copy_given, record_goal_met, record_review, save_draft
from ccmlib.care_plan.item import PlanItem, items_of
from ccmlib.care_plan.versions import counting, judged_plans, waiting
from ccmlib.close import close_month
from ccmlib.problem import Problem
from ccmlib.rulebook import Rulebook
from ccmlib.store import engine, read

from ..care_plan.sample_store import (
    DRAFT,
    IN_ORDER,
    LEARNED,
    NOW,
    NURSE,
    NURSE_PRACTITIONER,
    OVERDUE,
    PHYSICIAN,
    UNAPPROVED,
    facts_of,
    sample_database,
    signed_in,
)  # fmt: skip

LATER = NOW + dt.timedelta(minutes=5)


@pytest.fixture
def database(tmp_path):
    return sample_database(tmp_path)


@pytest.fixture
def store(database):
    made = engine.open(database)
    yield made
    made.dispose()


@pytest.fixture
def practitioner(database):
    return signed_in(database)


@pytest.fixture
def care_manager(database):
    return signed_in(database, "care_manager")


def versions(database, patient):
    plans = facts_of(database).care_plans
    return plans[plans.patient_id == patient].sort_values("version")


def items(database, care_plan_id):
    return items_of(facts_of(database).care_plan_items, care_plan_id)


def edited(database, patient):
    """The patient's newest version with one item changed, one removed and one added."""
    plan = versions(database, patient).care_plan_id.iloc[-1]
    first, _, *rest = items(database, plan)
    added = PlanItem("community_services", "Meals on wheels three times a week")
    return plan, [replace(first, text="Problem list: heart failure now leads"), *rest, added]


def test_a_draft_is_a_new_version_beside_the_active_one(database, store, care_manager):
    plan, items_ = edited(database, IN_ORDER)
    says = save_draft(store, care_manager, IN_ORDER, items_, plan, NURSE, NOW)
    found = versions(database, IN_ORDER)
    assert found.status.tolist() == ["active", "draft"] and found.version.tolist() == [1, 2]
    assert found.written_by.iloc[1] == NURSE and found.approved_at.isna().iloc[1]
    assert {each.text for each in items(database, found.care_plan_id.iloc[1])} == {each.text for each in items_}
    assert says == f"Version 2 saved as a draft with {len(items_)} items, written by Calvin Kestrel."


def test_saving_a_draft_leaves_the_active_version_and_its_items_alone(database, store, care_manager):
    plan, items_ = edited(database, IN_ORDER)
    before = items(database, plan)
    save_draft(store, care_manager, IN_ORDER, items_, plan, NURSE, NOW)
    assert items(database, plan) == before


def test_saving_again_retires_the_draft_before(database, store, care_manager):
    plan, items_ = edited(database, IN_ORDER)
    save_draft(store, care_manager, IN_ORDER, items_, plan, NURSE, NOW)
    draft = versions(database, IN_ORDER).care_plan_id.iloc[-1]
    says = save_draft(store, care_manager, IN_ORDER, items_[:-1], draft, NURSE, LATER)
    assert versions(database, IN_ORDER).status.tolist() == ["active", "retired", "draft"]
    assert says.endswith("Version 2 retired.")


def test_an_item_of_a_new_version_never_gets_the_mark_of_a_removed_one(database, store, care_manager):
    plan, items_ = edited(database, IN_ORDER)
    used = {each.mark for each in items(database, plan)}
    save_draft(store, care_manager, IN_ORDER, items_, plan, NURSE, NOW)
    draft = versions(database, IN_ORDER).care_plan_id.iloc[-1]
    added = next(
        each for each in items(database, draft) if each.element == "community_services" and "wheels" in each.text
    )
    assert added.mark not in used


def test_a_first_plan_is_version_one(database, store, care_manager):
    facts = facts_of(database)
    patient = next(each for each in facts.patients.patient_id if each not in set(facts.care_plans.patient_id))
    save_draft(store, care_manager, patient, [PlanItem("problem_list", "Hypertension")], "", NURSE, NOW)
    assert versions(database, patient).version.tolist() == [1]


def test_approving_retires_the_version_before(database, store, care_manager, practitioner):
    plan, items_ = edited(database, IN_ORDER)
    save_draft(store, care_manager, IN_ORDER, items_, plan, NURSE, NOW)
    draft = versions(database, IN_ORDER).care_plan_id.iloc[-1]
    says = approve_plan(store, practitioner, IN_ORDER, draft, PHYSICIAN, LATER)
    found = versions(database, IN_ORDER)
    assert found.status.tolist() == ["retired", "active"] and found.approved_by.iloc[1] == PHYSICIAN
    assert found.approved_at.iloc[1] == LATER
    assert says == "Version 2 approved by Desmond Foxglove on 24 Nov 2026 10:35. Version 1 retired."


def test_nothing_is_overwritten_by_an_approval(database, store, practitioner):
    plan = versions(database, UNAPPROVED).care_plan_id.iloc[0]
    approve_plan(store, practitioner, UNAPPROVED, plan, PHYSICIAN, NOW)
    with store.connect() as connection:
        then = read.table_now(connection, "care_plans", LEARNED + dt.timedelta(days=1))
        rows = connection.exec_driver_sql(
            f"SELECT known_by, approved_by FROM care_plans WHERE care_plan_id = '{plan}' ORDER BY fact_id"
        ).all()
    assert then.approved_at[then.care_plan_id == plan].isna().all()
    assert [tuple(row) for row in rows] == [("sample", None), ("demo.practitioner", PHYSICIAN)]


def held(database, patient, month="2026-10"):
    facts = facts_of(database, month)
    holds = close_month(facts, Rulebook.load().on(facts.month)).holds
    return set(holds.reason[(holds.patient_id == patient) & (holds.severity == "hold")])


@pytest.mark.parametrize("patient,reason", [(UNAPPROVED, "care_plan_unapproved"), (DRAFT, "care_plan_missing")])
def test_the_close_counts_a_plan_once_it_is_approved(database, store, practitioner, patient, reason):
    assert reason in held(database, patient)
    plan = versions(database, patient).care_plan_id.iloc[0]
    approve_plan(store, practitioner, patient, plan, PHYSICIAN, LEARNED + dt.timedelta(hours=2))
    assert reason not in held(database, patient)


def test_an_approval_after_the_month_does_not_count_for_it(database, store, practitioner):
    plan = versions(database, UNAPPROVED).care_plan_id.iloc[0]
    approve_plan(store, practitioner, UNAPPROVED, plan, PHYSICIAN, NOW)
    assert "care_plan_unapproved" in held(database, UNAPPROVED)


@pytest.mark.parametrize("role", permissions().roles)
def test_only_who_the_permission_table_names_may_approve(database, store, role):
    plan = versions(database, UNAPPROVED).care_plan_id.iloc[0]
    session = signed_in(database, role)
    if permissions().allows(role, "approve_care_plan"):
        approve_plan(store, session, UNAPPROVED, plan, PHYSICIAN, NOW)
        return
    with pytest.raises(Refused, match="Who may: practitioner"):
        approve_plan(store, session, UNAPPROVED, plan, PHYSICIAN, NOW)
    assert versions(database, UNAPPROVED).approved_at.isna().all()


@pytest.mark.parametrize("role", permissions().roles)
def test_only_who_the_permission_table_names_may_edit_review_and_hand_over(database, store, role):
    plan, items_ = edited(database, OVERDUE)
    session, writer = signed_in(database, role), PHYSICIAN if role == "practitioner" else NURSE
    acts = {
        "edit_care_plan": [
            lambda: record_review(store, session, OVERDUE, plan, NOW),
            lambda: record_goal_met(store, session, OVERDUE, plan, "03", NOW),
            lambda: save_draft(store, session, OVERDUE, items_, plan, writer, NOW),
        ],
        "record_copy_given": [lambda: record_copy_given(store, session, OVERDUE, plan, NOW)],
    }  # fmt: skip
    for action, calls in acts.items():
        for call in calls:
            if permissions().allows(role, action):
                call()
            else:
                with pytest.raises(Refused):
                    call()


def test_nobody_writes_for_a_practice_they_do_not_work_for(database, store):
    plan, items_ = edited(database, UNAPPROVED)
    stranger = signed_in(database, practices=("PR99",))
    for call in (
        lambda: approve_plan(store, stranger, UNAPPROVED, plan, PHYSICIAN, NOW),
        lambda: save_draft(store, stranger, UNAPPROVED, items_, plan, NURSE, NOW),
    ):
        with pytest.raises(Refused, match="do not work for it"):
            call()


@pytest.mark.parametrize("signer", [NURSE, "S99", ""])
def test_only_a_practitioner_of_the_practice_can_sign(database, store, practitioner, signer):
    plan = versions(database, UNAPPROVED).care_plan_id.iloc[0]
    with pytest.raises(Problem, match="not a practitioner of practice PR01"):
        approve_plan(store, practitioner, UNAPPROVED, plan, signer, NOW)


def test_a_user_named_after_a_practitioner_signs_only_as_oneself(database, store):
    plan = versions(database, UNAPPROVED).care_plan_id.iloc[0]
    session = signed_in(database, user=NURSE_PRACTITIONER.lower())
    with pytest.raises(Problem, match="cannot sign for S01"):
        approve_plan(store, session, UNAPPROVED, plan, PHYSICIAN, NOW)
    approve_plan(store, session, UNAPPROVED, plan, NURSE_PRACTITIONER, NOW)


def test_a_plan_cannot_be_approved_twice(database, store, practitioner):
    plan = versions(database, IN_ORDER).care_plan_id.iloc[0]
    with pytest.raises(Problem, match="does not wait for an approval"):
        approve_plan(store, practitioner, IN_ORDER, plan, PHYSICIAN, NOW)


def test_an_older_version_than_the_newest_cannot_be_approved(database, store, care_manager, practitioner):
    plan, items_ = edited(database, UNAPPROVED)
    save_draft(store, care_manager, UNAPPROVED, items_, plan, NURSE, NOW)
    with pytest.raises(Problem, match="not the newest version"):
        approve_plan(store, practitioner, UNAPPROVED, plan, PHYSICIAN, LATER)


def test_an_edit_of_a_version_that_is_not_the_newest_any_more_is_refused(database, store, care_manager):
    plan, items_ = edited(database, IN_ORDER)
    save_draft(store, care_manager, IN_ORDER, items_, plan, NURSE, NOW)
    with pytest.raises(Problem, match="written meanwhile"):
        save_draft(store, care_manager, IN_ORDER, items_[1:], plan, NURSE, LATER)


@pytest.mark.parametrize("change,sentence", [
    (lambda items_: items_, "Nothing was changed"),
    (lambda items_: [], "without any item"),
    (lambda items_: [replace(items_[0], text="  "), *items_[1:]], "says nothing"),
    (lambda items_: [replace(items_[0], element="mood"), *items_[1:]], "no element"),
])  # fmt: skip
def test_an_empty_or_unchanged_draft_is_refused(database, store, care_manager, change, sentence):
    plan = versions(database, IN_ORDER).care_plan_id.iloc[-1]
    with pytest.raises(Problem, match=sentence):
        save_draft(store, care_manager, IN_ORDER, change(items(database, plan)), plan, NURSE, NOW)
    assert len(versions(database, IN_ORDER)) == 1


def test_administrative_staff_write_no_plan(database, store, care_manager):
    staff = facts_of(database).staff
    clerk = staff.staff_id[staff.role == "administrative"].iloc[0]
    plan, items_ = edited(database, IN_ORDER)
    with pytest.raises(Problem, match="not on the clinical staff"):
        save_draft(store, care_manager, IN_ORDER, items_, plan, clerk, NOW)


@pytest.mark.parametrize("role,writer", [("care_manager", PHYSICIAN), ("practitioner", NURSE)])
def test_nobody_writes_in_the_name_of_another_profession(database, store, role, writer):
    plan, items_ = edited(database, IN_ORDER)
    with pytest.raises(Problem, match=f"{writer} is not"):
        save_draft(store, signed_in(database, role), IN_ORDER, items_, plan, writer, NOW)


def test_a_review_and_a_copy_are_recorded_once_on_the_approved_plan(database, store, care_manager):
    plan = versions(database, OVERDUE).care_plan_id.iloc[0]
    record_review(store, care_manager, OVERDUE, plan, NOW)
    record_copy_given(store, care_manager, OVERDUE, plan, LATER)
    found = versions(database, OVERDUE).iloc[0]
    assert found.reviewed_at == NOW and found.copy_given_at == LATER
    with pytest.raises(Problem, match="recorded already"):
        record_copy_given(store, care_manager, OVERDUE, plan, LATER)


def test_a_draft_is_neither_reviewed_nor_handed_over(database, store, care_manager):
    plan = versions(database, DRAFT).care_plan_id.iloc[0]
    for act in (record_review, record_copy_given):
        with pytest.raises(Problem, match="not an approved plan"):
            act(store, care_manager, DRAFT, plan, NOW)


def test_a_goal_is_met_once(database, store, care_manager):
    plan = versions(database, OVERDUE).care_plan_id.iloc[0]
    goal = next(each for each in items(database, plan) if each.element == "treatment_goals")
    record_goal_met(store, care_manager, OVERDUE, plan, goal.mark, NOW)
    assert next(each for each in items(database, plan) if each.mark == goal.mark).met_at == NOW
    with pytest.raises(Problem, match="not open"):
        record_goal_met(store, care_manager, OVERDUE, plan, goal.mark, LATER)


def test_only_the_waiting_version_waits_after_a_draft(database, store, care_manager):
    plan, items_ = edited(database, IN_ORDER)
    save_draft(store, care_manager, IN_ORDER, items_, plan, NURSE, NOW)
    plans = judged_plans(facts_of(database))
    assert counting(plans).version[IN_ORDER] == 1 and waiting(plans).version[IN_ORDER] == 2

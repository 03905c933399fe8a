"""Writing, approving, reviewing and handing over a care plan: nothing is overwritten, every act appends facts.

A version's items are never changed or removed once written: an edit is a new version, and the one before is
retired when the new one takes its place. So a practitioner approves exactly what was read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd

from .. import wording
from ..access.session import Session
from ..care_plan.differences import differences
from ..care_plan.item import PlanItem
from ..care_plan.people import approvers, writers
from ..problem import Problem
from ..store import Engine
from .plan_store import PlanDesk, plan_desk

EDIT, APPROVE, COPY = "edit_care_plan", "approve_care_plan", "record_copy_given"


def save_draft(
    store: Engine, session: Session, patient_id: str, items: Iterable[PlanItem], based_on: str, written_by: str,
    now: dt.datetime,
) -> str:  # fmt: skip
    """Append `items` as the patient's next version, a draft; a draft before it is retired. Says what was written.

    `based_on` is the care_plan_id of the version that was edited, "" when there was none; raises Problem when it is
    no longer the newest, when nothing was changed, when an item says nothing, or when `written_by` is not of the
    user's kind: a practitioner writes as one, everybody else as one of the clinical staff.
    """
    items = [each.checked() for each in items]
    with plan_desk(store, session, EDIT, patient_id, now) as desk:
        plans = desk.plans
        name = desk.signer(writers(desk.staff, session.may(APPROVE)), written_by, _team(session))
        _refuse_older(desk, based_on)
        _refuse_unchanged(desk, based_on, items)
        version = int(plans.version.max()) + 1 if len(plans) else 1
        made = desk.unused("care_plans", f"CP-{patient_id}-{version}")
        drafts = [row for _, row in plans[plans.status == "draft"].iterrows()]
        for draft in drafts:
            desk.correct_plan(draft, status="retired")
        plan = {"care_plan_id": made, "patient_id": patient_id, "version": version, "status": "draft",
                "written_by": written_by}  # fmt: skip
        desk.append("care_plans", [plan])
        desk.add_items(made, items)
    return (
        f"Version {version} saved as a draft with {wording.times(len(items), 'item')}, written by {name}."
        + _retired(drafts)
    )


def approve_plan(
    store: Engine, session: Session, patient_id: str, care_plan_id: str, approved_by: str, now: dt.datetime
) -> str:
    """Approve a version that waits, as the practitioner `approved_by` of the patient's practice; retire others.

    Says what was written. Raises Problem when the version does not wait, is not the newest, or is empty, and when
    `approved_by` is no practitioner of the practice, or another one than the signed-in user.
    """
    with plan_desk(store, session, APPROVE, patient_id, now) as desk:
        plan = desk.plan(care_plan_id)
        name = desk.signer(approvers(desk.staff), approved_by, "a practitioner")
        _refuse_unfit_to_approve(desk, plan)
        others = desk.plans[(desk.plans.care_plan_id != care_plan_id) & (desk.plans.status != "retired")]
        earlier = [row for _, row in others.iterrows()]
        for other in earlier:
            desk.correct_plan(other, status="retired")
        desk.correct_plan(plan, status="active", approved_by=approved_by, approved_at=pd.Timestamp(desk.now))
        when = desk.told(desk.now)
    return f"Version {plan.version:.0f} approved by {name} on {when}." + _retired(earlier)


def record_review(store: Engine, session: Session, patient_id: str, care_plan_id: str, now: dt.datetime) -> str:
    """Record that the counting version was reviewed at `now`. Says what was written."""
    with plan_desk(store, session, EDIT, patient_id, now) as desk:
        plan = _approved(desk, care_plan_id)
        desk.correct_plan(plan, reviewed_at=pd.Timestamp(desk.now))
        return f"Review of version {plan.version:.0f} recorded on {desk.told(desk.now)}."


def record_copy_given(store: Engine, session: Session, patient_id: str, care_plan_id: str, now: dt.datetime) -> str:
    """Record that the patient or caregiver got a copy of the counting version at `now`. Says what was written."""
    with plan_desk(store, session, COPY, patient_id, now) as desk:
        plan = _approved(desk, care_plan_id)
        if pd.notna(plan.copy_given_at):
            raise Problem(f"The copy of version {plan.version:.0f} is recorded already; nothing was written.")
        desk.correct_plan(plan, copy_given_at=pd.Timestamp(desk.now))
        return f"Copy of version {plan.version:.0f} recorded as given on {desk.told(desk.now)}."


def record_goal_met(
    store: Engine, session: Session, patient_id: str, care_plan_id: str, mark: str, now: dt.datetime
) -> str:
    """Record that the goal `mark` of the counting version was met at `now`. Says what was written."""
    with plan_desk(store, session, EDIT, patient_id, now) as desk:
        _approved(desk, care_plan_id)
        rows = desk.item_rows(care_plan_id)
        rows = rows[(rows.item_id.str.removeprefix(f"{care_plan_id}-") == mark) & rows.met_at.isna()]
        if rows.empty:
            raise Problem("This goal is not open in the plan any more; read the plan again.")
        desk.append("care_plan_items", [rows.iloc[0].to_dict() | {"met_at": pd.Timestamp(desk.now)}])
        return f"Goal “{rows.text.iloc[0]}” recorded as met on {desk.told(desk.now)}."


def _team(session: Session) -> str:
    return "a practitioner" if session.may(APPROVE) else "on the clinical staff"


def _refuse_older(desk: PlanDesk, based_on: str) -> None:
    if desk.basis != based_on:
        raise Problem("Another version of this plan was written meanwhile; read the plan again and repeat your change.")


def _refuse_unchanged(desk: PlanDesk, based_on: str, items: list[PlanItem]) -> None:
    if not items:
        raise Problem("A plan without any item cannot be saved; write at least one.")
    before = desk.items(based_on) if based_on else []
    retired = bool(based_on) and desk.plan(based_on).status == "retired"
    if not retired and all(each.kind == "kept" for each in differences(before, items)):
        raise Problem("Nothing was changed, so nothing was written.")


def _refuse_unfit_to_approve(desk: PlanDesk, plan: pd.Series) -> None:
    version = f"Version {plan.version:.0f}"
    if not plan.waits:
        raise Problem(f"{version} does not wait for an approval; read the plan again.")
    if desk.basis != plan.care_plan_id:
        raise Problem(f"{version} is not the newest version of this plan; read the plan again and approve that one.")
    if desk.item_rows(plan.care_plan_id).empty:
        raise Problem(f"{version} has no items; write the plan first.")


def _approved(desk: PlanDesk, care_plan_id: str) -> pd.Series:
    plan = desk.plan(care_plan_id)
    if not plan.counts:
        raise Problem(f"Version {plan.version:.0f} is not an approved plan; have a practitioner approve it first.")
    return plan


def _retired(plans: list[pd.Series]) -> str:
    if not plans:
        return ""
    versions = wording.listed([f"{plan.version:.0f}" for plan in plans])
    return f" Version {versions} retired." if len(plans) == 1 else f" Versions {versions} retired."

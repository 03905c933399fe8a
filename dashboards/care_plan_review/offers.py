"""What the page offers: the buttons a role may use and a plan is ready for, and the people who can sign."""

from __future__ import annotations

import pandas as pd

from ccmlib.access.permissions import permissions
from ccmlib.access.session import Session
from ccmlib.acts.care_plan import APPROVE, EDIT
from ccmlib.reports.markup import Html, element

from .patient import PatientPlan
from .questions import QUESTIONS
from .words import who_may


def offered(session: Session, plan: PatientPlan, goals: bool) -> dict[str, str]:
    """The words of each button; `goals`: whether a goal can be chosen. The acts ask again who may."""
    ready = {"edit": _edit(plan), "approve": _approve(plan), **_after_approval(plan, goals)}
    actions = {name: question.action for name, question in QUESTIONS.items()} | {"edit": EDIT}
    return {name: words for name, words in ready.items() if words and session.may(actions[name])}


def who_approves(session: Session, plan: PatientPlan) -> Html:
    """Who may approve the version that waits, for a user who may not."""
    if plan.waits is None or session.may(APPROVE):
        return Html("")
    table = permissions()
    return element("p", who_may(table.roles_of(APPROVE), table.actions[APPROVE].says), "muted")


def people(staff: pd.DataFrame) -> list[tuple[str, str]]:
    """Members of staff as choices: (name and credentials, staff_id)."""
    return [(_named(row["name"], row["credentials"]), row["staff_id"]) for row in staff.to_dict("records")]


def kept(chosen: str, options: list[tuple[str, str]]) -> str:
    """The value chosen as long as it is among the options, else the first of them."""
    values = [value for _, value in options]
    return chosen if chosen in values else next(iter(values), "")


def _named(name: str, credentials: object) -> str:
    return f"{name}, {credentials}" if isinstance(credentials, str) else name


def _edit(plan: PatientPlan) -> str:
    if not plan.enrolled:
        return ""
    return "Write the plan…" if plan.basis is None else "Edit…"


def _approve(plan: PatientPlan) -> str:
    return f"Approve version {plan.waits.version:.0f}…" if plan.waits is not None else ""


def _after_approval(plan: PatientPlan, goals: bool) -> dict[str, str]:
    if plan.counts is None:
        return {}
    copy = "Record copy given…" if pd.isna(plan.counts.copy_given_at) else ""
    return {"review": "Record review…", "copy": copy, "goal": "Record goal met…" if goals else ""}

"""The contractor's checklist, item by item: whether the file holds it, and what shows it in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ... import wording
from ...panel import NEVER
from ..criteria import criteria
from .subject import Asked, Subject, day, name_of, text

PRESENT, MISSING, LOOK = "present", "missing", "look"


@dataclass(frozen=True)
class Item:
    """One item: its number and words, its state (PRESENT, MISSING, LOOK), what shows it, the section that has it."""

    number: int
    says: str
    state: str
    shown: str
    section: str


def checklist(subject: Subject) -> list[Item]:
    """The items of the program's checklist in its order; none when no contractor's checklist is known for it."""
    rows = [
        row
        for row in criteria("binder", "item", subject.rules.month)
        if row["program"] == subject.program.question.program
    ]
    judged = [
        _told(subject, row["statements"]) if "statements" in row else CHECKS[row["name"]](subject) for row in rows
    ]
    return [
        Item(n, row["says"], *state, row["section"]) for n, (row, state) in enumerate(zip(rows, judged, strict=True), 1)
    ]


def _state(asked: Asked) -> str:
    return MISSING if asked.holds() else LOOK if asked.failed else PRESENT


def _beneficiary(subject: Subject) -> tuple[str, str]:
    person = subject.person
    lacks = [words for words, value in (
        ("name", person.family_name), ("date of birth", person.birth_date), ("Medicare number", person.mbi),
    ) if text(value) == ""]  # fmt: skip
    if lacks:
        return MISSING, f"Not on file: {wording.listed(lacks)}."
    return PRESENT, f"{name_of(person)}, born {day(person.birth_date)}, Medicare number {person.mbi}."


def _signature(subject: Subject) -> tuple[str, str]:
    plan = plan_in_force(subject)
    if plan is None or not subject.staff(plan.approved_by) or pd.isna(plan.approved_at):
        return MISSING, "No named approval of the care plan is on file."
    return (
        PRESENT,
        f"Plan approved electronically by {subject.staff(plan.approved_by)}, {subject.at(plan.approved_at)}.",
    )


def _care_plan(subject: Subject) -> tuple[str, str]:
    asked, plan = subject.asked("care_plan"), plan_in_force(subject)
    if plan is None:
        return MISSING, "No care plan is on file."
    worked_on = subject.at(max((at for at in (plan.approved_at, plan.reviewed_at) if not pd.isna(at)), default=pd.NaT))
    state = _state(asked)
    why = {MISSING: " It does not count: no practitioner approved an active version before the month's end.",
           LOOK: " It was not looked at within the year.", PRESENT: ""}[state]  # fmt: skip
    return (
        state,
        f"Version {plan.version:.0f}, {plan.status}{f', last worked on {worked_on}' if worked_on else ''}.{why}",
    )


def _conditions(subject: Subject) -> tuple[str, str]:
    asked = subject.asked("conditions")
    codes = asked.evidence["diagnosis_codes"].replace(";", ", ") or "no codes"
    return _state(asked), f"{wording.times(int(asked.evidence['groups']), 'chronic disease')}: {codes}."


def _risk(subject: Subject) -> tuple[str, str]:
    if subject.asked("risk").failed:
        return MISSING, "No practitioner recorded the risk before the month's end."
    said = subject.rows("attestations").query("kind == 'risk'").sort_values("attested_at").iloc[0]
    return PRESENT, f"Attested by {subject.staff(said.staff_id)}, {subject.at(said.attested_at)}."


def _time(subject: Subject) -> tuple[str, str]:
    asked = subject.asked("time")
    rows = subject.program.seconds[subject.program.seconds.patient == subject.patient]
    shown = f"{wording.clock(asked.evidence['counted_seconds'])} counted of {wording.clock(rows.logged.sum())} logged."
    return _state(asked), shown + (
        f" {wording.clock(asked.evidence['needed_seconds'])} are needed." if asked.failed else ""
    )


def _initiating_visit(subject: Subject) -> tuple[str, str]:
    asked = subject.asked("initiating_visit")
    visit, start = (asked.evidence[name] for name in ("visit_day", "start_day"))
    if start == NEVER:
        return MISSING, "It cannot be judged without a consent."
    if visit == NEVER:
        return MISSING, f"No qualifying visit before the consent of {wording.day(start)} is on file."
    return _state(asked), f"Visit of {wording.day(visit)}, consent of {wording.day(start)}."


def _consent(subject: Subject) -> tuple[str, str]:
    given = consent_judged(subject)
    if given is None:
        return MISSING, "No consent is on file."
    held = [reason for reason in subject.asked("consent").failed if reason != "consent_incomplete"]
    says = subject.rules.by_name("reasons")
    why = "".join(f" {says[reason]['says']}" for reason in held)
    return (
        MISSING if held else PRESENT,
        f"{given.method.capitalize()}, {subject.at(given.given_at)}; no time before it counts.{why}",
    )


def _told(subject: Subject, statements: list[str]) -> tuple[str, str]:
    given = consent_judged(subject)
    if given is None:
        return MISSING, "No consent is on file."
    lacks = [name for name in statements if not given[name]]
    if not lacks:
        return PRESENT, f"Recorded with the consent of {subject.at(given.given_at)}."
    what = "it" if len(lacks) == len(statements) else wording.listed([wording.words(name) for name in lacks])
    return MISSING, f"The consent of {subject.at(given.given_at)} does not record {what}."


def consent_judged(subject: Subject) -> pd.Series | None:
    """The consent that the close judged, None without one."""
    return _named(subject.rows("consents"), "consent_id", subject.asked("consent").evidence["consent_id"])


def plan_in_force(subject: Subject) -> pd.Series | None:
    """The care plan that the close judged: the counting one, else the newest; None without any."""
    return _named(subject.rows("care_plans"), "care_plan_id", subject.asked("care_plan").evidence["care_plan_id"])


def _named(rows: pd.DataFrame, column: str, wanted: str) -> pd.Series | None:
    at = np.flatnonzero(rows[column] == wanted)
    return rows.iloc[at[0]] if len(at) else None


CHECKS = {
    "beneficiary": _beneficiary, "signature": _signature, "care_plan": _care_plan, "conditions": _conditions,
    "risk": _risk, "time": _time, "initiating_visit": _initiating_visit, "consent": _consent,
}  # fmt: skip

"""A patient's plan on the page: the elements, the goals, the contacts, what happened. HTML, no widgets."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ccmlib import wording
from ccmlib.care_plan.elements import Element
from ccmlib.care_plan.goals import Goal, Progress
from ccmlib.care_plan.history import Event
from ccmlib.care_plan.item import PlanItem
from ccmlib.month import zone
from ccmlib.reports.chip import MARKS, chip, who
from ccmlib.reports.markup import Html, element, joined, muted, paragraphs

from . import words
from .chart import progress_chart
from .patient import PatientPlan
from .worklist import finding_lines


def heading(plan: PatientPlan) -> str:
    """The panel's title."""
    return f"{plan.patient_id} · {plan.small_print}" if plan.small_print else plan.patient_id


def next_step(plan: PatientPlan) -> Html:
    """What is open, and what comes next."""
    lines = finding_lines(plan)
    if not plan.findings:
        return element("div", paragraphs(lines), "fix")
    mend = [words.MEND[each.kind] for each in plan.findings]
    pairs = [joined([line, " ", what, " ", who({"who": by})]) for line, (what, by) in zip(lines, mend, strict=True)]
    return element("div", paragraphs(pairs), "fix")


def facts(plan: PatientPlan, care_plan_id: str) -> Html:
    """Who wrote, approved and reviewed a version, and whether the copy was given."""
    version = plan.version(care_plan_id)
    if version is None:
        return Html("")
    told = [
        ("Written by", plan.staff_name(version.written_by) or "not recorded"),
        ("Approved", _when(plan, version.approved_at, plan.staff_name(version.approved_by))),
        ("Reviewed", _when(plan, version.reviewed_at)), ("Copy given", _when(plan, version.copy_given_at)),
    ]  # fmt: skip
    return element(
        "dl", joined(element("div", [element("dt", name), element("dd", text)]) for name, text in told), "told"
    )


def plan_page(plan: PatientPlan, care_plan_id: str) -> Html:
    """The twelve elements, each with its items, and in words what is missing."""
    if not care_plan_id:
        return element("p", "No plan is written yet.", "empty")
    found = plan.elements(care_plan_id)
    there = sum(not each.missing for each in found)
    lead = element(
        "p", f"{there} of {len(found)} elements are in the plan. What is missing is said; none is refused.", "muted"
    )
    return joined([lead, element("ol", joined(map(_element, found)), "elements")])


def goals_page(plan: PatientPlan, care_plan_id: str) -> Html:
    """The measurable goals with their targets, dates and progress."""
    found = plan.goals(care_plan_id) if care_plan_id else []
    if not found:
        return element("p", "No goal is written in this version.", "empty")
    return joined(_goal(each) for each in found)


def history_page(events: Iterable[Event], time_zone: str) -> Html:
    """What was recorded of the plan, newest first, with author and time."""
    rows = [_event(each, time_zone) for each in reversed(list(events))]
    return element("ul", joined(rows), "events") if rows else element("p", "Nothing is recorded yet.", "empty")


def contacts(plan: PatientPlan) -> Html:
    """The contacts of the month that name neither a condition nor the plan."""
    rows = list(plan.unlinked().itertuples())
    if not rows:
        month = words.month_words(str(plan.practice.facts.month))
        return element("p", f"Every contact of {month} ties back to a condition or the plan.", "empty")
    return element("ul", joined(_contact(row, plan) for row in rows), "events")


def item_words(item: PlanItem) -> Html:
    """One item: its text, smaller its target, date and who is responsible."""
    small = [part for part in (
        f"target: {item.target}" if item.target and item.target not in item.text else "",
        f"by {wording.date(item.due_date)}" if item.due_date else "", item.responsible,
    ) if part]  # fmt: skip
    return joined([item.text, *([Html("<br>"), muted(" · ".join(small))] if small else [])])


def _element(each: Element) -> Html:
    state = "hold" if each.missing else "review" if each.lacks else "ready"
    word = "missing" if each.missing else "incomplete" if each.lacks else "there"
    mark = element("span", [MARKS[state], element("span", f" {word}", "unseen")], f"mark {state}")
    lacks = [element("p", text, "lacks") for text in each.lacks]
    items = [element("p", item_words(item)) for item in each.items]
    return element("li", [mark, element("div", [element("b", each.label), *items, *lacks])])


def _goal(goal: Goal) -> Html:
    item = goal.item
    due = f"by {wording.date(item.due_date)}" if item.due_date else "no date"
    head = element("p", [chip(words.STATES[goal.status], words.STATUS[goal.status]), " ", element("b", item.text)])
    about = element(
        "p",
        " · ".join(
            part for part in (f"target: {item.target}" if item.target else "no target", due, item.responsible) if part
        ),
        "muted",
    )
    charts = [_chart(each) for each in goal.progress if each.readings]
    return element("div", [head, about, element("p", words.goal_words(goal)), *charts], "goal")


def _chart(progress: Progress) -> Html:
    return joined([element("p", progress.target.measure.label, "muted"), progress_chart(progress)])


def _event(event: Event, time_zone: str) -> Html:
    when = wording.moment(event.at.astimezone(zone(time_zone)))
    return element("li", [event.says, ". ", muted(f"Recorded {when} by {event.by}")])


def _contact(row: object, plan: PatientPlan) -> Html:
    when = wording.moment(row.started_at.to_pydatetime().astimezone(zone(plan.practice.time_zone)))
    note = row.note if isinstance(row.note, str) else "no note"
    return element(
        "li", [note, Html("<br>"), muted(f"{when} · {wording.words(row.activity)} · {plan.staff_name(row.staff_id)}")]
    )


def _when(plan: PatientPlan, instant: pd.Timestamp, by: str = "") -> str:
    if pd.isna(instant):
        return "not recorded"
    day = wording.date(instant.to_pydatetime().astimezone(zone(plan.practice.time_zone)).date())
    return f"{day} by {by}" if by else day

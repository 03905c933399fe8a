"""The care plan in force in the month: its version, who approved it, its elements with their goals."""

from __future__ import annotations

import pandas as pd

from ... import wording
from ...facts import CARE_PLAN_ELEMENTS
from ...reports.table import WORD
from .checklist import plan_in_force
from .parts import Section, heading, pairs, whole_table
from .subject import Subject, day, first_upper, text


def care_plan(subject: Subject) -> Section:
    """The plan that the close judged, its items by element, and the other versions on file."""
    plan = plan_in_force(subject)
    body = () if plan is None else (_record(subject, plan), heading("Elements"), _items(subject, plan))
    return Section(
        "care_plan",
        "Care plan in force",
        "The version that was in force in the month, with its measurable goals.",
        (*body, heading("All versions on file"), _versions(subject)),
    )


def _record(subject: Subject, plan: pd.Series):
    return pairs(
        {
            "Plan": f"{plan.care_plan_id}, version {plan.version:.0f}, {plan.status}",
            "Written by": subject.staff(plan.written_by),
            "Approved by": subject.staff(plan.approved_by),
            "Approved": subject.at(plan.approved_at),
            "Last reviewed": subject.at(plan.reviewed_at),
            "Copy to patient": subject.at(plan.copy_given_at),
        }
    )


def _items(subject: Subject, plan: pd.Series):
    rows = subject.facts.care_plan_items
    rows = rows[(rows.care_plan_id == plan.care_plan_id).to_numpy(bool)]
    place = rows.element.map({name: number for number, name in enumerate(CARE_PLAN_ELEMENTS)})
    rows = rows.assign(place=place).sort_values(["place", "item_id"])
    shown = [
        {
            "Element": first_upper(wording.words(row.element)),
            "What is planned": row.text,
            "Target": text(row.target) or "–",
            "Due": day(row.due_date) or "–",
            "Responsible": text(row.responsible) or "–",
            "Met": subject.at(row.met_at) or "–",
        }
        for row in rows.itertuples()
    ]
    return whole_table(shown, "Elements of the care plan", {"Due": WORD, "Met": WORD}, none="The plan has no items.")


def _versions(subject: Subject):
    rows = subject.rows("care_plans").sort_values(["version", "care_plan_id"])
    shown = [
        {
            "Version": f"{row.version:.0f}",
            "Status": row.status,
            "Approved by": subject.staff(row.approved_by) or "–",
            "Approved": subject.at(row.approved_at) or "–",
            "Reviewed": subject.at(row.reviewed_at) or "–",
            "Id": row.care_plan_id,
        }
        for row in rows.itertuples()
    ]
    return whole_table(
        shown, "All versions on file", {"Approved": WORD, "Reviewed": WORD, "Id": WORD}, none="No care plan is on file."
    )

"""A patient's page as HTML: the month so far, conditions, goals, last contacts, open tasks."""

from __future__ import annotations

from ccmlib import wording
from ccmlib.care_plan.goals import Goal
from ccmlib.care_plan.item import text_of
from ccmlib.desk.counted import month_words
from ccmlib.desk.day import Day
from ccmlib.desk.patient_page import Contact, PatientPage
from ccmlib.desk.tasks import words_of
from ccmlib.reports.chip import chip
from ccmlib.reports.markup import Html, element, escaped, joined, muted

GOAL_STATES = {"met": "ready", "reached": "ready", "overdue": "hold", "open": "quiet"}


def patient_html(page: PatientPage, day: Day, staff_names: dict[str, str]) -> Html:
    """Everything a call needs, in the order in which it is needed."""
    tasks = [_task(row, day, staff_names) for row in page.tasks.itertuples()]
    parts = [
        muted(about(page)), _month(page), _part("Open tasks", tasks, "No task is open."),
        _part("Conditions", [_condition(*each) for each in page.conditions], "No chronic condition is on file."),
        _part("Goals of the care plan", [_goal(each) for each in page.goals], "No approved plan with goals."),
        _part("Last contacts", [_contact(each) for each in page.contacts], "Nothing was logged yet."),
    ]  # fmt: skip
    return element("div", parts, "detail desk-detail")


def about(page: PatientPage) -> str:
    """Age, sex, telephone, practitioner, consent, in one line."""
    patient = page.patient
    parts = [
        patient.patient_id, text_of(patient.medical_record_number), f"age {page.age}" if page.age is not None else "",
        text_of(patient.sex), text_of(patient.phone), f"billed by {page.practitioner}" if page.practitioner else "",
        f"consent since {wording.date(page.consented_at.date())}" if page.consented_at else "no consent in force",
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)


def _month(page: PatientPage) -> Html:
    held = joined(
        element("p", [element("b", f"Would be held: {row['says']}"), " ", row["mend"], " ", muted(f"({row['who']})")])
        for row in page.blocking
    )
    return element("div", [element("p", element("b", month_words(page.counted))), held], "fix")


def _part(title: str, lines: list[Html], empty: str) -> Html:
    body = element("ul", joined(lines), "desk-list") if lines else element("p", empty, "muted")
    return joined([element("h3", title), body])


def _condition(words: str, codes: str) -> Html:
    return element("li", [words.capitalize(), " ", muted(codes or "not coded in ICD-10-CM")])


def _goal(goal: Goal) -> Html:
    due = f"until {wording.date(goal.item.due_date)}" if goal.item.due_date else ""
    latest = [
        f"{wording.words(each.target.measure.name)} {each.latest.value:g}" for each in goal.progress if each.readings
    ]
    small = " · ".join(part for part in (due, f"last: {wording.listed(latest)}" if latest else "") if part)
    return element("li", [chip(GOAL_STATES[goal.status], goal.status), " ", goal.item.text, " ", muted(small)])


def _task(row, day: Day, names: dict[str, str]) -> Html:
    state = "hold" if row.urgent or row.late else "review" if row.due else "quiet"
    words = (
        "urgent"
        if row.urgent
        else "overdue"
        if row.late
        else "due today"
        if row.due
        else text_of(row.urgency) or "open"
    )
    due = f"due {wording.moment(day.local(row.due_at))}" if row.due_at == row.due_at else "no due time"
    whose = names.get(text_of(row.assigned_to), text_of(row.assigned_to) or "nobody")
    return element("li", [chip(state, words), " ", words_of(row.kind), " ", muted(f"{due} · for {whose}")])


def _contact(each: Contact) -> Html:
    how = "spoke" if each.live else "no conversation"
    head = f"{wording.moment(each.when)} · {wording.clock(each.seconds)} · {each.staff}"
    small = f"{each.program.upper()}, {each.activity}, {how}, {each.source or 'source unknown'}"
    outcome = [Html("<br>"), element("b", "Outcome: "), each.outcome] if each.outcome else []
    return element(
        "li", [element("span", head), Html("<br>"), muted(small), Html("<br>"), escaped(each.note), *outcome]
    )

"""The list of work: which patients are shown, in which order, and what their rows say."""

from __future__ import annotations

import pandas as pd

from ccmlib import wording
from ccmlib.care_plan.queue import KINDS
from ccmlib.facts import CARE_PLAN_ELEMENTS
from ccmlib.reports.chip import chip
from ccmlib.reports.markup import Html, joined, muted, paragraphs
from ccmlib.requirement import HOLD

from ..ui.shapes import Column, Row, Rows, Tile
from .patient import PatientPlan, small_print
from .practice import Practice
from .words import finding_words, month_words, plan_words

OPEN, IN_ORDER = "open", "in_order"
FILTERS = {OPEN: "Needs somebody"} | KINDS | {IN_ORDER: "In order"}
COLUMNS = (Column("Patient"), Column("What is open", "wide"), Column("Plan"), Column("Elements", "n"))


def tiles(practice: Practice) -> list[Tile]:
    """The state of the practice's plans at one glance."""
    queue = practice.queue
    held = queue.findings[queue.findings.severity == HOLD].patient_id.nunique()
    due = len(queue.patients("review_due", "copy_not_given"))
    late = queue.findings[queue.findings.kind == "goals_overdue"]
    enrolled, month = wording.times(len(queue.enrolled), "enrolled patient"), month_words(str(practice.facts.month))
    return [
        Tile("In order", f"{len(in_order(practice)):,}", "plans", f"of {enrolled}", "ready"),
        _tile("Hold the bill", held, "patients", "no plan, or nobody approved it", "hold"),
        _tile("Review or copy due", due, "patients", "billed, to be put right"),
        _tile("Goals past their date", late["count"].sum(), "goals", f"of {wording.times(len(late), 'patient')}"),
        _tile("Contacts not linked", len(queue.unlinked), "contacts", f"of {month}"),
    ]


def filters(practice: Practice) -> list[tuple[str, str]]:
    """The filters as (name, words with the number of patients)."""
    counts = {OPEN: len(practice.queue.patients()), IN_ORDER: len(in_order(practice))}
    counts |= {kind: practice.queue.count(kind) for kind in KINDS}
    return [(name, f"{words} {counts[name]:,}") for name, words in FILTERS.items()]


def listed(practice: Practice, shown: str, query: str) -> list[str]:
    """patient_id of the patients on the list, the most urgent first; a query looks among all patients instead."""
    if query.strip():
        return [each for each in practice.patients if _matches(practice.patients[each], query.strip().casefold())]
    if shown == IN_ORDER:
        return sorted(in_order(practice))
    found = practice.queue.findings
    chosen = practice.queue.patients() if shown == OPEN else practice.queue.patients(shown)
    found = found[found.patient_id.isin(chosen)]
    ranked = found.assign(review=found.severity != HOLD).groupby("patient_id").agg(
        review=("review", "min"), count=("kind", "size"))  # fmt: skip
    return ranked.sort_values(["review", "count"], ascending=[True, False], kind="stable").index.tolist()


def in_order(practice: Practice) -> set[str]:
    """The enrolled patients in whose plans nothing is open."""
    return set(practice.queue.enrolled) - practice.queue.patients()


def rows(practice: Practice, patients: list[str]) -> Rows:
    """The rows of these patients, made when they are shown."""
    return Rows(patients, lambda patient_id: _row(PatientPlan(practice, patient_id)))


def empty_words(shown: str, query: str) -> str:
    """What an empty list says."""
    if query.strip():
        return f"No patient of this practice has “{query.strip()}” in the name or record number."
    if shown == IN_ORDER:
        return "No plan is wholly in order yet."
    return "Nothing is open here." if shown != OPEN else "Every plan is in order."


def finding_lines(plan: PatientPlan) -> list[Html]:
    """Each finding with its chip and its sentence; one line that says so when there is none."""
    month = str(plan.practice.facts.month)
    lines = [
        joined([chip("hold" if each.severity == HOLD else "review", KINDS[each.kind].lower()), " ",
                finding_words(each, plan.waits, plan.counts, month)])
        for each in plan.findings
    ]  # fmt: skip
    return lines or [_nothing(plan)]


def _nothing(plan: PatientPlan) -> Html:
    if not plan.enrolled:
        return joined([chip("quiet", "not enrolled"), " No consent to the program is in force."])
    counts = plan.counts
    looked_at = counts.approved_at if pd.isna(counts.reviewed_at) else max(counts.approved_at, counts.reviewed_at)
    return joined(
        [chip("ready", "in order"), f" Last looked at {wording.date(plan.practice.local(looked_at).date())}."]
    )


def _row(plan: PatientPlan) -> Row:
    version = plan.version(plan.newest)
    count = plan.practice.elements.get(plan.newest, 0)
    cells = [plan.patient_id, paragraphs(finding_lines(plan)), _plan_cell(version)]
    return Row(
        plan.patient_id, [*cells, f"{count} of {len(CARE_PLAN_ELEMENTS)}"], small_print(plan.row, plan.practice.today)
    )


def _plan_cell(version: object | None) -> Html:
    return joined([plan_words(version)]) if version is not None else muted("none")


def _matches(row: object, query: str) -> bool:
    names = (row.patient_id, row.medical_record_number, row.given_name, row.family_name)
    whole = " ".join(each for each in names if isinstance(each, str)).casefold()
    return all(word in whole for word in query.split())


def _tile(name: str, count: int, unit: str, more: str, state: str = "review") -> Tile:
    return Tile(name, f"{count:,}", unit, more, state if count else "")

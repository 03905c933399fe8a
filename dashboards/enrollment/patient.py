"""A patient's enrollment as HTML: why eligible or not, what it would cost, and every consent with its end."""

from __future__ import annotations

import pandas as pd

from ccmlib import wording
from ccmlib.care_plan.item import text_of
from ccmlib.enrollment.cost import Cost
from ccmlib.enrollment.history import Given
from ccmlib.reports.chip import chip
from ccmlib.reports.markup import Html, element, joined, muted

from .lists import sentences, state_chip


def patient_html(person: pd.Series, row: pd.Series, practitioner: str, given: list[Given], cost: Cost | str) -> Html:
    """The panel: state, what is lacking and what to do, cost, consents."""
    return element("div", [
        muted(_about(person, row, practitioner)), _state(row),
        element("h3", "Expected cost"), element("p", cost if isinstance(cost, str) else _cost(cost)),
        element("h3", "Consents on file"), _history(given),
    ], "detail desk-detail")  # fmt: skip


def _about(person: pd.Series, row: pd.Series, practitioner: str) -> str:
    age = "" if pd.isna(row.age) else f"age {row.age}"
    parts = [person.patient_id, text_of(person.medical_record_number), age, text_of(person.phone),
             f"billed by {practitioner}" if practitioner else ""]  # fmt: skip
    return " · ".join(part for part in parts if part)


def _state(row: pd.Series) -> Html:
    next_step = element("p", [element("b", "Next: "), row.next_step])
    return element("div", [element("p", state_chip(row)), sentences(row.lacks), next_step], "fix")


def _cost(cost: Cost) -> str:
    if cost.nothing:
        return cost.other_insurance
    return (
        f"The patient's {cost.percent}% of a {cost.minutes}-minute month is {wording.money(cost.share)} of "
        f"{wording.money(cost.allowed)}; {wording.money(cost.most_share)} of {wording.money(cost.most_allowed)} "
        f"at {cost.most_minutes} minutes. " + cost.other_insurance
    )


def _history(given: list[Given]) -> Html:
    if not given:
        return element("p", "None.", "muted")
    return element("ul", joined(map(_given, given)), "desk-list")


def _given(each: Given) -> Html:
    if not each.stands:
        state = chip("quiet", "withdrawn")
    else:
        state = chip("hold", "incomplete") if each.missing else chip("ready", "in force")
    missing = [Html("<br>"), "Not explained: ", "; ".join(each.missing)] if each.missing else []
    ends = [Html("<br>"), each.ends] if each.ends else []
    return element("li", [state, f" {each.program.upper()} ", each.words, *missing, *ends])

"""The consent letter of a patient, and the cost it states."""

from __future__ import annotations

from ccmlib import wording
from ccmlib.enrollment.cost import Cost, expected_cost
from ccmlib.enrollment.letter import Letter, letter_html
from ccmlib.problem import NotInForce
from ccmlib.reports.markup import Html

from .reading import Enrolling


def letter_of(known: Enrolling, patient_id: str) -> Html:
    """The letter as a page. Raises NotInForce when the rules have no price for the month."""
    person = known.people.loc[patient_id]
    names = [str(name) for name in (person.given_name, person.family_name) if name == name]
    groups = known.screened.loc[patient_id].condition_groups.split(";")
    letter = Letter(
        known.facts.practices["name"].iloc[0], known.biller(patient_id) or "Your practitioner",
        " ".join(names) or patient_id, known.day.today, [wording.words(each) for each in groups if each],
    )  # fmt: skip
    return letter_html(letter, expected_cost(known.facts, known.rules, patient_id))


def cost_or_why(known: Enrolling, patient_id: str) -> Cost | str:
    """The expected cost, or the sentence why there is none."""
    try:
        return expected_cost(known.facts, known.rules, patient_id)
    except NotInForce as problem:
        return str(problem)

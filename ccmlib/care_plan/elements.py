"""The twelve elements of a comprehensive care plan (rulebook 5.1), and what a plan still lacks, in words.

They are typical, not each mandatory: what is missing is said, and nothing is refused for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .. import wording
from ..facts import CARE_PLAN_ELEMENTS
from .item import PlanItem

#: What each element is called on a page, and the sentence when the plan says nothing of it.
WORDS = {
    "problem_list": ("Problem list", "The problems that are managed are not listed."),
    "expected_outcome": ("Expected outcome and prognosis", "How the illness is expected to go is not written."),
    "treatment_goals": ("Measurable treatment goals", "No goal is written that progress could be measured by."),
    "cognitive_functional_assessment": ("Cognitive and functional assessment",
                                        "Memory and daily abilities were not assessed."),
    "symptom_management": ("Symptom management", "What to do about symptoms is not written."),
    "planned_interventions": ("Planned interventions", "Who does what is not planned."),
    "medication_management": ("Medication management", "Medicines and how they are taken are not written."),
    "environmental_evaluation": ("Home and environment", "The home was not looked at."),
    "caregiver_assessment": ("Caregiver assessment", "Who helps at home, and how they bear it, was not asked."),
    "community_services": ("Community and social services", "No community service was ordered or ruled out."),
    "outside_coordination": ("Coordination with others", "Who outside the practice shares the plan is not written."),
    "periodic_review": ("Periodic review", "No date for the next review is set."),
}  # fmt: skip


@dataclass(frozen=True)
class Element:
    """One element of one plan: its `label`, the items that speak of it, and what it `lacks`, in sentences."""

    name: str
    label: str
    items: tuple[PlanItem, ...]
    lacks: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """Whether the plan says nothing of it."""
        return not self.items


def label(name: str) -> str:
    """What an element is called on a page."""
    return WORDS[name][0]


def elements(items: Iterable[PlanItem]) -> list[Element]:
    """The twelve elements of a plan, in order, each with its items and what it lacks."""
    items = list(items)
    return [_element(name, tuple(each for each in items if each.element == name)) for name in CARE_PLAN_ELEMENTS]


def covered(items: Iterable[PlanItem]) -> int:
    """How many of the twelve elements a plan speaks of."""
    return len({each.element for each in items})


def _element(name: str, items: tuple[PlanItem, ...]) -> Element:
    lacks = CHECKS.get(name, _nothing)(items) if items else [WORDS[name][1]]
    return Element(name, label(name), items, tuple(lacks))


def _nothing(items: tuple[PlanItem, ...]) -> list[str]:
    return []


def _goals(items: tuple[PlanItem, ...]) -> list[str]:
    untold, undated = _without(items, "target"), _without(items, "due_date")
    return [
        *([f"{wording.times(untold, 'goal has', 'goals have')} no target that can be measured."] if untold else []),
        *([f"{wording.times(undated, 'goal has', 'goals have')} no date."] if undated else []),
    ]


def _interventions(items: tuple[PlanItem, ...]) -> list[str]:
    count = _without(items, "responsible")
    return [f"{wording.times(count, 'intervention names', 'interventions name')} nobody responsible."] if count else []


def _review(items: tuple[PlanItem, ...]) -> list[str]:
    return [] if any(each.due_date for each in items) else [WORDS["periodic_review"][1]]


def _without(items: tuple[PlanItem, ...], name: str) -> int:
    return sum(not getattr(each, name) for each in items)


CHECKS: dict[str, Callable[[tuple[PlanItem, ...]], list[str]]] = {
    "treatment_goals": _goals,
    "planned_interventions": _interventions,
    "periodic_review": _review,
}

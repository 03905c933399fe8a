"""Entries that tie back to nothing: neither to the patient's conditions nor to the plan (requirement A3.11).

An entry ties back when its note or outcome shares a telling word with the plan or with the name of a chronic
condition, or when the plan has an item of the element that the activity serves or the note speaks of. This finds
entries to read again; it denies nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from ..condition_map import classify
from ..facts import COUNTED_ACTIVITIES, MonthFacts
from ..rulebook import Rules

#: Which elements of a plan an activity works on; writing the plan ties back to any plan.
SERVES = {
    "assessment": ("problem_list", "cognitive_functional_assessment", "environmental_evaluation",
                   "caregiver_assessment"),
    "medication_management": ("medication_management",),
    "prior_authorization": ("medication_management",),
    "care_coordination": ("outside_coordination",),
    "transition_support": ("outside_coordination",),
    "patient_education": ("symptom_management",),
    "symptom_check": ("symptom_management",),
    "results_review": ("treatment_goals",),
    "community_resources": ("community_services",),
}  # fmt: skip
#: Words of a note that speak of an element, whatever the activity.
SPEAK_OF = {
    "medication_management": "medicine medicines medication medications pharmacy pharmacist refill refills dose doses",
    "symptom_management": "symptom symptoms",
    "caregiver_assessment": "caregiver daughter wife husband",
    "community_services": "meal meals transport",
    "outside_coordination": "specialist referral hospital",
}
#: What people call a disease group whose own name is rarely said.
SAID_FOR = {
    "hyperlipidemia": "cholesterol lipid lipids statin", "hypertension": "blood pressure", "diabetes": "sugar glucose",
    "chronic_kidney_disease": "kidney kidneys renal egfr", "ischemic_heart_disease": "coronary angina",
    "depression_bipolar": "depression mood", "asthma": "inhaler", "copd": "copd inhaler",
    "arthritis": "osteoarthritis joint joints", "hypothyroidism": "thyroid",
}  # fmt: skip
#: Words that stand in any note and tie it to nothing.
COMMON = frozenset(
    "about after again also asked been before below call called calls care changed check contact daily doctor does "
    "done each family feels from goal goals good have help home into list made manager medicine medicines month "
    "monthly morning need needed next none note nurse office over patient phone plan practitioner review reviewed "
    "same says section seen since some spoke still taken takes than that their them then they this time today told "
    "twice very visit week weekly well were whole will with year years".split()
)
SHORTEST = 4
#: Patients and, beside each, a text about them.
Pairs = tuple[pd.Series, pd.Series]


def unlinked_entries(facts: MonthFacts, rules: Rules) -> pd.DataFrame:
    """The entries of the month that tie back to nothing, with the columns of ``time_entries``.

    Asked of counted activities in the programs that need a care plan. Every version of the patient's plan is asked,
    so that a new one does not untie what was done under the one before.
    """
    programs = {row["program"] for row in rules.rows("requirements", name="care_plan")}
    entries = facts.time_entries
    entries = entries[entries.program.isin(programs) & entries.activity.isin(COUNTED_ACTIVITIES)]
    items = facts.care_plan_items.merge(facts.care_plans[["care_plan_id", "patient_id"]], on="care_plan_id")
    elements = items.groupby("patient_id").element.agg(frozenset).to_dict()
    known = _words_by_patient([(items.patient_id, items.text), (items.patient_id, items.target),
                               _spoken_of(items), _condition_words(facts, rules)])  # fmt: skip
    rows = zip(entries.patient_id, entries.activity, entries.note, entries.outcome, strict=True)
    linked = [
        _serves(activity, elements.get(patient, frozenset())) or _names(note, outcome, known.get(patient, set()))
        for patient, activity, note, outcome in rows
    ]
    return entries[~pd.Series(linked, index=entries.index, dtype=bool)]


def telling_words(text: object) -> frozenset[str]:
    """The words of a text that tie it to something, in lower case."""
    return _telling(text) if isinstance(text, str) else frozenset()


@lru_cache(maxsize=65_536)
def _telling(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z][a-z0-9]+", text.lower())
    return frozenset(word for word in words if len(word) >= SHORTEST and word not in COMMON)


def _spoken_of(items: pd.DataFrame) -> Pairs:
    """The words that speak of the elements a plan has."""
    return items.patient_id, items.element.map(SPEAK_OF)


def _condition_words(facts: MonthFacts, rules: Rules) -> Pairs:
    """The words of the disease group of each chronic condition."""
    kinds = classify(facts.conditions.icd10_code, rules)
    groups = kinds.group.astype("str")[kinds.chronic]
    said = groups.str.replace("_", " ") + " " + groups.map(SAID_FOR).fillna("")
    return facts.conditions.patient_id[kinds.chronic], said


def _words_by_patient(texts: list[Pairs]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for patients, said in texts:
        for patient, text in zip(patients, said, strict=True):
            known.setdefault(patient, set()).update(telling_words(text))
    return known


def _serves(activity: str, elements: frozenset[str]) -> bool:
    if activity == "care_planning":
        return bool(elements)
    return any(element in elements for element in SERVES[activity])


def _names(note: object, outcome: object, known: set[str]) -> bool:
    return not known.isdisjoint(telling_words(note)) or not known.isdisjoint(telling_words(outcome))

"""What a time entry says: activity, contact, note and outcome that fit the patient and the staff member."""

from __future__ import annotations

import numpy as np

from .activities import ACTIVITIES
from .illness import Illness
from .practice import ADMINISTRATIVE
from .table import words
from .words import DISEASES, about

RPM, TCM = "rpm", "tcm"
NAMES = [one[0] for one in ACTIVITIES]
ADMIN_ACTIVITIES = np.array([NAMES.index("scheduling"), NAMES.index("voicemail")])
RESULTS, TRANSITION = NAMES.index("results_review"), NAMES.index("transition_support")
TEMPLATES = 3
#: Share of entries with a note that says nothing.
VAGUE, VAGUE_NOTES = 0.005, ("call", "f/u", "done")


def entry_texts(illness: Illness, patient: np.ndarray, program: np.ndarray, role: np.ndarray, draws) -> dict:
    """Patient, program, activity, contact, note and outcome of each entry, as columns."""
    count = len(role)
    activity = draws.pick([one[1] for one in ACTIVITIES], count)
    activity = np.where(role == ADMINISTRATIVE, ADMIN_ACTIVITIES[draws.whole(0, 2, count)], activity)
    activity = np.where(program == RPM, RESULTS, np.where(program == TCM, TRANSITION, activity))
    disease = illness.one_of(patient, draws.share(count))
    return {
        "patient_id": illness.people.ids.take(patient),
        "program": program,
        "activity": words(NAMES, activity),
        "live_contact": draws.share(count) < np.array([one[2] for one in ACTIVITIES])[activity],
        "note": words([*_notes(), *VAGUE_NOTES], _note(activity, disease, draws)),
        "outcome": words(_outcomes(), _outcome(activity, draws)),
    }


def _notes() -> list[str]:
    """Every template of every activity for every disease and either of its drugs."""
    return [
        about(template, disease, drug)
        for one in ACTIVITIES for disease in DISEASES for drug in (0, 1) for template in one[4]
    ]  # fmt: skip


def _note(activity: np.ndarray, disease: np.ndarray, draws) -> np.ndarray:
    count = len(activity)
    variant = draws.whole(0, 2 * TEMPLATES, count)
    note = (activity * len(DISEASES) + disease) * 2 * TEMPLATES + variant
    vague = len(ACTIVITIES) * len(DISEASES) * 2 * TEMPLATES + draws.whole(0, len(VAGUE_NOTES), count)
    return np.where(draws.chance(VAGUE, count), vague, note)


def _outcomes() -> list[str]:
    return [outcome for one in ACTIVITIES for outcome in one[3]]


def _outcome(activity: np.ndarray, draws) -> np.ndarray:
    sizes = np.array([len(one[3]) for one in ACTIVITIES])
    first = np.cumsum(sizes) - sizes
    return first[activity] + draws.whole(0, sizes[activity], len(activity))

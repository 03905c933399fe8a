"""Care plans of the enrolled, with elements and measurable goals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..facts import CARE_PLAN_ELEMENTS
from .clock import DAY, dates, instants
from .enrollment import Enrollment
from .illness import Illness
from .table import frame, words
from .words import DISEASES, PLAN_TEXTS, RESPONSIBLE, about

#: Approved; active and not approved; a draft.
STATES = (0.94, 0.03, 0.03)
#: Elements that every plan has; each other one is there with a chance.
CORE = (0, 2, 4, 5, 6, 11)
OTHERS = 0.55
GOALS = CARE_PLAN_ELEMENTS.index("treatment_goals")


def plan_tables(illness: Illness, enrollment: Enrollment) -> dict[str, pd.DataFrame]:
    """`care_plans.csv` and `care_plan_items.csv` of the ordinary patients."""
    rows = np.flatnonzero(enrollment.consented)
    return {"care_plans": _plans(enrollment, rows), "care_plan_items": _items(illness, enrollment, rows)}


def plan_ids(patient_ids):
    """The id of each patient's first plan."""
    return pd.array([f"CP-{patient}-1" for patient in patient_ids], dtype="str")


def _plans(enrollment: Enrollment, rows: np.ndarray) -> pd.DataFrame:
    people, draws = enrollment.people, enrollment.people.scale.draws("plans")
    state = draws.pick(STATES, len(rows))
    approved_at = enrollment.given_at[rows] + draws.whole(1, 9, len(rows)) * DAY
    reviewed_at = approved_at + draws.whole(150, 330, len(rows)) * DAY
    end = people.practices.clock.at(people.zone[rows], people.scale.last_day, 17 * 3600)
    approved = (state == 0) & (approved_at < end)
    team = people.practices.team_of_patient[rows]
    return frame(
        "care_plans",
        care_plan_id=plan_ids(people.ids.take(rows)),
        patient_id=people.ids.take(rows),
        version=1,
        status=words(("active", "draft"), state == 2),
        written_by=people.practices.staff_ids.take(people.practices.staff(team, draws.whole(2, 4, len(rows)))),
        approved_by=people.practices.staff_ids.take(np.where(approved, people.billing[rows], -1), allow_fill=True),
        approved_at=instants(approved_at, approved),
        reviewed_at=instants(reviewed_at, approved & (reviewed_at < end)),
        copy_given_at=instants(approved_at + 3600, approved & draws.chance(0.9, len(rows))),
    )


def _items(illness: Illness, enrollment: Enrollment, rows: np.ndarray) -> pd.DataFrame:
    people, draws = enrollment.people, enrollment.people.scale.draws("items")
    shape = (len(rows), len(CARE_PLAN_ELEMENTS))
    plan, element = np.nonzero(np.isin(np.arange(shape[1]), CORE) | draws.chance(OTHERS, shape))
    disease = illness.one_of(rows, np.zeros(len(rows)))[plan]
    goal, met = element == GOALS, draws.chance(0.3, len(plan))
    began = enrollment.given_at[rows][plan]
    met_at = began + draws.whole(40, 200, len(plan)) * DAY
    end = people.practices.clock.at(people.zone[rows][plan], people.scale.last_day, 0)
    return frame(
        "care_plan_items",
        item_id=item_ids(plan_ids(people.ids.take(rows)).take(plan), element),
        care_plan_id=plan_ids(people.ids.take(rows)).take(plan),
        element=words(CARE_PLAN_ELEMENTS, element),
        text=words(_texts(), disease * len(PLAN_TEXTS) + element),
        target=words([one.goal for one in DISEASES], np.where(goal, disease, -1)),
        due_date=dates(began // DAY + draws.whole(90, 400, len(plan)), goal | (element == len(PLAN_TEXTS) - 1)),
        responsible=words(RESPONSIBLE, draws.whole(0, len(RESPONSIBLE), len(plan))),
        met_at=instants(met_at, goal & met & (met_at < end)),
    )


def item_ids(plans, elements: np.ndarray):
    """The id of each plan's item for an element."""
    pairs = zip(plans, elements.tolist(), strict=True)
    return pd.array([f"{plan}-{element + 1:02d}" for plan, element in pairs], dtype="str")


def _texts() -> list[str]:
    """Every element's text for every disease, diseases first."""
    return [about(text, disease) for disease in DISEASES for text in PLAN_TEXTS]

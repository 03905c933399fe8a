"""An active care plan that a practitioner approved, reviewed within the year (rulebook 5.1, contract defaults)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..minutes import CLOCKS
from ..panel import NEVER, Panel, day_number, instants, positions
from ..month import a_year_before
from ..rulebook import Rules
from ..requirement import HOLD, REVIEW, Question, Requirement, Unmet


def care_plan(question: Question) -> Requirement:
    """Unmet: no active plan, none approved before the month's end (holds), not reviewed for a year (review)."""
    panel = question.panel
    plans = _plans(panel, question.rules)
    active = panel.has(plans.patient[plans.active])
    counting = plans[plans.active & plans.approved].sort_values(["patient", "version", "care_plan_id"])
    counting = counting.assign(reviewed=counting.groupby("patient").reviewed.transform("max"))
    counting = counting.drop_duplicates("patient", keep="last")
    patient = counting.patient.to_numpy()
    approved = panel.has(patient)
    reviewed_day = np.full(panel.size, NEVER)
    reviewed_day[patient] = panel.local_day(counting.reviewed.to_numpy(), patient)
    stale = approved & (reviewed_day < day_number(a_year_before(panel.month.last)))
    return Requirement(
        "care_plan",
        (
            Unmet("care_plan_missing", HOLD, ~active),
            Unmet("care_plan_unapproved", HOLD, active & ~approved),
            Unmet("care_plan_stale", REVIEW, stale),
        ),
        _evidence(plans, counting, panel) | {"reviewed_day": reviewed_day},
    )


def _plans(panel: Panel, rules: Rules) -> pd.DataFrame:
    rows = panel.facts.care_plans
    patient = panel.number(rows)
    last = panel.bounds[1][patient]
    approved, reviewed = instants(rows.approved_at), instants(rows.reviewed_at)
    return pd.DataFrame({
        "patient": patient, "care_plan_id": rows.care_plan_id.to_numpy(), "version": rows.version.to_numpy(),
        "active": (rows.status == "active").to_numpy(),
        "approved": (approved < last) & _may_approve(rows.approved_by, panel, rules),
        "reviewed": np.maximum(np.where(reviewed < last, reviewed, 0), approved),
    })  # fmt: skip


def _may_approve(approved_by: pd.Series, panel: Panel, rules: Rules) -> np.ndarray:
    """Signed by a practitioner, or by nobody named."""
    roles = [name for name, row in rules.by_name("roles").items() if row["clock"] == CLOCKS[1]]
    practitioner = np.append(panel.facts.staff.role.isin(roles).to_numpy(), True)
    return practitioner[positions(approved_by, panel.facts.staff.staff_id)]


def _evidence(plans: pd.DataFrame, counting: pd.DataFrame, panel: Panel) -> dict[str, np.ndarray]:
    """The counting plan, or the newest one where none counts."""
    evidence = {"care_plan_id": np.full(panel.size, "", object), "version": np.zeros(panel.size)}
    for some in (plans.sort_values(["active", "version", "care_plan_id"]), counting):
        evidence["care_plan_id"][some.patient], evidence["version"][some.patient] = some.care_plan_id, some.version
    return evidence

"""An active care plan that a practitioner approved, reviewed within the year (rulebook 5.1, contract defaults)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..ids import positions, texts
from ..minutes import CLOCKS
from ..month import months_before
from ..order import in_order
from ..panel import NEVER, Panel, day_number, instants
from ..requirement import HOLD, REVIEW, Question, Requirement, Unmet
from ..rulebook import Rules


def care_plan(question: Question) -> Requirement:
    """Unmet: no active plan, none approved before the month's end (holds), not reviewed for a year (review)."""
    panel = question.panel
    plans = _plans(panel, question.rules)
    counting = plans[plans.active & plans.approved]
    active, approved = panel.has(plans.patient[plans.active]), panel.has(counting.patient)
    reviewed_day = _reviewed_day(counting, panel)
    limit = months_before(panel.month.last, question.rule("care_plan")["review_months"])
    stale = approved & (reviewed_day < day_number(limit))
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
    """The plans, in order of patient, active (last), version and care_plan_id: the last one is the patient's."""
    rows, patient = panel.facts.care_plans, panel.patient_of("care_plans")
    last = panel.bounds[1][patient]
    approved, reviewed = instants(rows.approved_at), instants(rows.reviewed_at)
    version, active = rows.version.to_numpy(np.int64), (rows.status == "active").to_numpy()
    plans = pd.DataFrame({
        "row": np.arange(len(rows)), "patient": patient, "version": version, "active": active,
        "approved": (approved < last) & _may_approve(rows.approved_by, panel, rules),
        "reviewed": np.maximum(np.where(reviewed < last, reviewed, 0), approved),
    })  # fmt: skip
    return plans.take(in_order(2 * patient + active, version, plans.row.to_numpy(), rows.care_plan_id))


def _may_approve(approved_by: pd.Series, panel: Panel, rules: Rules) -> np.ndarray:
    """Signed by a practitioner, or by nobody named."""
    roles = [name for name, row in rules.by_name("roles").items() if row["clock"] == CLOCKS[1]]
    practitioner = np.append(panel.facts.staff.role.isin(roles).to_numpy(), True)
    return practitioner[positions(approved_by, panel.facts.staff.staff_id)]


def _reviewed_day(counting: pd.DataFrame, panel: Panel) -> np.ndarray:
    """The local day of the latest approval or review of each patient's counting plans, NEVER without one."""
    reviewed = np.full(panel.size, np.iinfo(np.int64).min)
    np.maximum.at(reviewed, counting.patient.to_numpy(), counting.reviewed.to_numpy())
    reviewed[~panel.has(counting.patient)] = NEVER
    return panel.local_day(reviewed, np.arange(panel.size))


def _evidence(plans: pd.DataFrame, counting: pd.DataFrame, panel: Panel) -> dict[str, np.ndarray]:
    """The counting plan, or the newest one where none counts."""
    row, version = np.full(panel.size, -1), np.zeros(panel.size)
    for some in (plans, counting):
        row[some.patient], version[some.patient] = some.row, some.version
    ids = np.full(panel.size, "", object)
    ids[row >= 0] = texts(panel.facts.care_plans.care_plan_id, row[row >= 0])
    return {"care_plan_id": ids, "version": version}

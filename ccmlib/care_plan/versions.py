"""Which version of each patient's plan counts, and which one waits for a practitioner's approval.

The same reading as the close's requirement ``care_plan``: a version counts when it is active and was approved
by a practitioner, or by nobody named (rulebook 5.1, contract defaults).
"""

from __future__ import annotations

import pandas as pd

from ..facts import PRACTITIONER_ROLES, MonthFacts

ORDER = ["patient_id", "version", "care_plan_id"]


def judged_plans(facts: MonthFacts) -> pd.DataFrame:
    """``care_plans`` in order of patient, version and id, with `counts` and `waits` (for an approval)."""
    return judged(facts.care_plans, facts.staff)


def judged(plans: pd.DataFrame, staff: pd.DataFrame) -> pd.DataFrame:
    """The same for any rows of ``care_plans``, approved by members of `staff`."""
    plans = plans.sort_values(ORDER, kind="stable", ignore_index=True)
    counts = (plans.status == "active") & _approved(plans, staff)
    newest = plans.version.where(counts).groupby(plans.patient_id).transform("max")
    waits = (plans.status != "retired") & ~counts & ~(plans.version < newest)
    return plans.assign(counts=counts, waits=waits)


def counting(plans: pd.DataFrame) -> pd.DataFrame:
    """The counting version of each patient who has one, by patient_id."""
    return _last(plans[plans.counts])


def waiting(plans: pd.DataFrame) -> pd.DataFrame:
    """The version of each patient that waits for an approval, by patient_id: the newest one."""
    return _last(plans[plans.waits])


def basis(plans: pd.DataFrame) -> pd.DataFrame:
    """The version of each patient that an edit starts from, by patient_id: the newest one, a retired one last."""
    return _last(plans.assign(stands=plans.status != "retired").sort_values("stands", kind="stable"))


def practitioner_ids(staff: pd.DataFrame) -> set[str]:
    """The ids of staff members who are practitioners."""
    return set(staff.staff_id[staff.role.isin(PRACTITIONER_ROLES)])


def _approved(plans: pd.DataFrame, staff: pd.DataFrame) -> pd.Series:
    by = plans.approved_by
    return plans.approved_at.notna() & (by.isna() | by.isin(practitioner_ids(staff)))


def _last(plans: pd.DataFrame) -> pd.DataFrame:
    return plans.drop_duplicates("patient_id", keep="last").set_index("patient_id")

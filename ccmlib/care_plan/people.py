"""Who may stand in a plan: its writer, its approver; and which of them the signed-in user is."""

from __future__ import annotations

import pandas as pd

from ..facts import CLINICAL_STAFF_ROLES, PRACTITIONER_ROLES


def writers(staff: pd.DataFrame, practitioner: bool) -> pd.DataFrame:
    """Those of `staff` in whose name a user may write a plan: `practitioner` users as one, others as clinical staff.

    Administrative staff write no plan (denial DN16).
    """
    return approvers(staff) if practitioner else staff[staff.role.isin(CLINICAL_STAFF_ROLES)]


def approvers(staff: pd.DataFrame) -> pd.DataFrame:
    """Those of `staff` who may approve a plan: the practitioners."""
    return staff[staff.role.isin(PRACTITIONER_ROLES)]


def only_oneself(people: pd.DataFrame, user: str) -> pd.DataFrame:
    """Whom a user may sign for: themselves when the user name is one of these staff ids, else any of them."""
    own = people[people.staff_id.str.casefold() == user.casefold()]
    return own if len(own) else people

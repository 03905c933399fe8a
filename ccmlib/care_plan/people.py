"""Who may stand in a plan: its writer, its approver; and which of them the signed-in user is."""

from __future__ import annotations

import pandas as pd

from ..facts import CLINICAL_STAFF_ROLES, PRACTITIONER_ROLES

#: Who may write a plan: practitioners and clinical staff, not administrative staff (denial DN16).
WRITER_ROLES = PRACTITIONER_ROLES + CLINICAL_STAFF_ROLES


def writers(staff: pd.DataFrame) -> pd.DataFrame:
    """Those of `staff` who may write a plan."""
    return staff[staff.role.isin(WRITER_ROLES)]


def approvers(staff: pd.DataFrame) -> pd.DataFrame:
    """Those of `staff` who may approve a plan: the practitioners."""
    return staff[staff.role.isin(PRACTITIONER_ROLES)]


def only_oneself(people: pd.DataFrame, user: str) -> pd.DataFrame:
    """Whom a user may sign for: themselves when the user name is one of these staff ids, else any of them."""
    own = people[people.staff_id.str.casefold() == user.casefold()]
    return own if len(own) else people

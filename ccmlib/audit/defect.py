"""A defect found by an audit, as a condition on the facts and what is left of them when it is taken seriously."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

import pandas as pd

from .. import wording
from ..facts import TABLES, MonthFacts
from ..problem import Problem

STATEMENT = "_explained"
INSTANT = "%Y-%m-%d %H:%M %Z"


@dataclass(frozen=True)
class Defect:
    """`where` says which rows of `table` are affected (bool per row); they then have the values `become`.

    Without `become` the rows are taken away. `says` is the defect in words, `table` a name of ``ccmlib.facts.TABLES``.
    """

    says: str
    table: str
    where: Callable[[pd.DataFrame], pd.Series]
    become: dict[str, object] = field(default_factory=dict)

    def affected(self, facts: MonthFacts) -> pd.DataFrame:
        """The affected rows."""
        rows = getattr(facts, self.table)
        return rows[self.where(rows).to_numpy(bool)]

    def applied(self, facts: MonthFacts) -> MonthFacts:
        """The facts as they are when the defect is taken seriously."""
        rows = getattr(facts, self.table)
        some = self.where(rows).to_numpy(bool)
        left = rows.assign(**{name: rows[name].mask(some, value) for name, value in self.become.items()})
        left = left if self.become else rows[~some].reset_index(drop=True)
        return replace(facts, **{self.table: left.astype(rows.dtypes)})


def consent_lacks(
    statement: str, given_from: pd.Timestamp, given_before: pd.Timestamp, recorded_by: Collection[str] = ()
) -> Defect:
    """Consents given from one instant until before another (by `recorded_by`, where given) lack a statement.

    `statement` is a column such as ``single_practitioner_explained``. Raises Problem for one that is none, or for
    instants the wrong way round.
    """
    statements = [column.name for column in TABLES["consents"].columns if column.name.endswith(STATEMENT)]
    if statement not in statements:
        raise Problem(f"{statement!r} is no statement of a consent; it is one of {', '.join(statements)}.")
    if not given_from < given_before:
        raise Problem(
            f"No consent is given from {given_from} until before {given_before}; put the earlier instant first."
        )

    def where(rows: pd.DataFrame) -> pd.Series:
        some = (rows.given_at >= given_from) & (rows.given_at < given_before)
        return some & rows.recorded_by.isin(list(recorded_by)) if recorded_by else some

    who = f" recorded by {', '.join(sorted(recorded_by))}" if recorded_by else ""
    when = f"from {given_from:{INSTANT}} until before {given_before:{INSTANT}}"
    says = f"Consents given {when}{who} lack: {wording.words(statement)}."
    return Defect(says, "consents", where, {statement: False})


def listed(says: str, ids: pd.DataFrame) -> Defect:
    """The rows that `ids` names do not count.

    `ids` has one of the columns ``consent_id``, ``care_plan_id``, ``entry_id``, ``staff_id`` (no time by these
    people), ``attestation_id``, ``encounter_id``. Raises Problem when it has none of them.
    """
    column = next((name for name in ids if name in TABLE_OF), None)
    if column is None:
        raise Problem(
            f"A defect needs a column {', '.join(TABLE_OF)}; the list has {', '.join(map(str, ids)) or 'none'}."
        )
    named = set(ids[column].astype(str))
    return Defect(says, TABLE_OF[column], lambda rows: rows[column].isin(named))


TABLE_OF = {
    "consent_id": "consents", "care_plan_id": "care_plans", "entry_id": "time_entries", "staff_id": "time_entries",
    "attestation_id": "attestations", "encounter_id": "encounters",
}  # fmt: skip

"""A patient's chart as a place to write plans: the versions as they stand, and the rows that change them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pandas as pd

from ..access.session import Session
from ..care_plan.item import PlanItem, item_id, items_of
from ..care_plan.people import only_oneself
from ..care_plan.versions import basis, judged
from ..problem import Problem
from ..store import Engine, read
from ..store.schema import FACTS
from .chart import Chart, chart


class PlanDesk(Chart):
    """The plans of one patient within a transaction that is alone in writing."""

    @property
    def plans(self) -> pd.DataFrame:
        """Every version of the patient's plan, oldest first, with `counts` and `waits`."""
        everybody = read.table_now(self.connection, "staff")
        return judged(self.rows("care_plans"), everybody)

    @property
    def basis(self) -> str:
        """The care_plan_id that an edit starts from, "" when there is no plan."""
        found = basis(self.plans)
        return found.care_plan_id.iloc[0] if len(found) else ""

    def plan(self, care_plan_id: str) -> pd.Series:
        """One version of the patient's plan. Raises Problem when it is not theirs."""
        found = self.plans[self.plans.care_plan_id == care_plan_id]
        if found.empty:
            raise Problem(f"Patient {self.patient_id} has no plan {care_plan_id!r}; read the plans again.")
        return found.iloc[0]

    def items(self, care_plan_id: str) -> list[PlanItem]:
        """The items of one version."""
        return items_of(self.item_rows(care_plan_id), care_plan_id)

    def item_rows(self, care_plan_id: str) -> pd.DataFrame:
        """The rows of ``care_plan_items`` of one version."""
        own = FACTS["care_plan_items"].c.care_plan_id == care_plan_id
        return read.table_now(self.connection, "care_plan_items", None, own)

    def correct_plan(self, plan: pd.Series, **changes: object) -> None:
        """Append a correction of one version."""
        self.append("care_plans", [plan.to_dict() | changes])

    def add_items(self, care_plan_id: str, items: list[PlanItem]) -> None:
        """Append the items of a new version; one without a mark gets a number that no version used before."""
        numbers = count(1 + max(self._numbers(), default=0))
        self.append("care_plan_items", [_row(each, care_plan_id, numbers) for each in items])

    def signer(self, people: pd.DataFrame, staff_id: str, what: str) -> str:
        """The name of the one of `people` who is named. Raises Problem for nobody of them, and for somebody else.

        A user whose name is the staff id of one of these people may name only themselves.
        """
        found = people[people.staff_id == staff_id]
        if found.empty:
            who = staff_id or "Nobody"
            raise Problem(f"{who} is not {what} of practice {self.practice_id} today; choose one of them.")
        if staff_id not in set(only_oneself(people, self.session.user).staff_id):
            raise Problem(f"You are signed in as {self.session.user} and cannot sign for {staff_id}.")
        return str(found["name"].iloc[0])

    def _numbers(self) -> list[int]:
        marks = [each.mark for plan in self.plans.care_plan_id for each in self.items(plan)]
        return [int(mark) for mark in marks if mark.isdigit()]


@contextmanager
def plan_desk(store: Engine, session: Session, action: str, patient_id: str, now: dt.datetime) -> Iterator[PlanDesk]:
    """The plans of one patient for one act. Raises Refused when the user may not do `action` in the practice."""
    with chart(store, session, action, patient_id, now) as found:
        yield PlanDesk(found.connection, found.session, found.patient_id, found.practice_id, found.now)


def _row(each: PlanItem, care_plan_id: str, numbers: Iterator[int]) -> dict:
    mark = each.mark or f"{next(numbers):02d}"
    return {
        "item_id": item_id(care_plan_id, mark), "care_plan_id": care_plan_id, "element": each.element,
        "text": each.text, "target": each.target or None, "due_date": each.due_date,
        "responsible": each.responsible or None, "met_at": each.met_at,
    }  # fmt: skip

"""One item of a care plan, apart from the version it stands in: what an editor changes and what is compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from ..facts import CARE_PLAN_ELEMENTS
from ..problem import Problem


@dataclass(frozen=True)
class PlanItem:
    """An item: `mark` is its name inside the plan, kept from version to version ("" for a new one)."""

    element: str
    text: str
    target: str = ""
    due_date: dt.date | None = None
    responsible: str = ""
    met_at: dt.datetime | None = None
    mark: str = ""

    def checked(self) -> PlanItem:
        """The item with its texts stripped. Raises Problem when it says nothing or belongs to no element."""
        if self.element not in CARE_PLAN_ELEMENTS:
            raise Problem(f"{self.element!r} is no element of a care plan; choose one of the twelve.")
        if not self.text.strip():
            raise Problem("An item of the plan says nothing; write its text or remove it.")
        return PlanItem(
            self.element, self.text.strip(), self.target.strip(), self.due_date, self.responsible.strip(),
            self.met_at, self.mark,
        )  # fmt: skip


def items_of(items: pd.DataFrame, care_plan_id: str) -> list[PlanItem]:
    """The items of one version from ``care_plan_items``, in the order of the twelve elements, then of their ids."""
    rows = items[items.care_plan_id == care_plan_id]
    order = rows.element.map({name: at for at, name in enumerate(CARE_PLAN_ELEMENTS)})
    rows = rows.assign(order=order).sort_values(["order", "item_id"], kind="stable")
    return [_item(row, care_plan_id) for row in rows.itertuples()]


def item_id(care_plan_id: str, mark: str) -> str:
    """The id of the item `mark` in one version."""
    return f"{care_plan_id}-{mark}"


def _item(row, care_plan_id: str) -> PlanItem:
    return PlanItem(
        row.element, row.text, text_of(row.target), None if pd.isna(row.due_date) else row.due_date.date(),
        text_of(row.responsible), None if pd.isna(row.met_at) else row.met_at.to_pydatetime(),
        row.item_id.removeprefix(f"{care_plan_id}-"),
    )  # fmt: skip


def text_of(value: object) -> str:
    """A text of a frame, "" when it is absent."""
    return "" if pd.isna(value) else str(value)

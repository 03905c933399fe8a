"""The draft that is being edited: items added, changed and removed in memory until it is saved as the next version."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import traitlets

from ccmlib import wording
from ccmlib.care_plan.differences import differences
from ccmlib.care_plan.elements import label
from ccmlib.care_plan.item import PlanItem
from ccmlib.facts import CARE_PLAN_ELEMENTS
from ccmlib.problem import Problem

from ..ui.shapes import Column, Row
from .patient import PatientPlan
from .sheet import item_words

#: The elements as (words, name), in order.
ELEMENTS = [(label(name), name) for name in CARE_PLAN_ELEMENTS]
COLUMNS = (Column("Element"), Column("Item", "item"))
KINDS = ("added", "changed", "removed")


class Draft(traitlets.HasTraits):
    """The items by key while `open`; `chosen` is the key of the item in the fields below, "" for a new one."""

    open = traitlets.Bool(False)
    items = traitlets.Dict()
    chosen = traitlets.Unicode()
    element = traitlets.Unicode(CARE_PLAN_ELEMENTS[0])
    text = traitlets.Unicode()
    target = traitlets.Unicode()
    due = traitlets.Any()
    responsible = traitlets.Unicode()

    def __init__(self):
        super().__init__()
        self.based_on, self.before, self._made = "", [], 0
        self.observe(self._fill, "chosen")

    def start(self, plan: PatientPlan) -> None:
        """Begin with the items of the version that an edit starts from."""
        self.based_on = plan.basis.care_plan_id if plan.basis is not None else ""
        self.before = plan.items(self.based_on) if self.based_on else []
        self.items = {each.mark: each for each in self.before}
        self.new()
        self.open = True

    def stop(self) -> None:
        """Forget the draft."""
        self.open, self.items, self.before = False, {}, []
        self.new()

    def new(self) -> None:
        """Empty the fields for a new item."""
        self.chosen = ""
        self._fill()

    def apply(self) -> None:
        """Take the fields over: the chosen item is changed, or a new one added. Raises Problem when it says nothing."""
        old = self.items.get(self.chosen, PlanItem(self.element, ""))
        item = replace(old, element=self.element, text=self.text, target=self.target, due_date=self.due,
                       responsible=self.responsible).checked()  # fmt: skip
        self.items = self.items | {self.chosen or self._key(): item}
        self.new()

    def remove(self) -> None:
        """Take the chosen item out. Raises Problem when none is chosen."""
        if self.chosen not in self.items:
            raise Problem("Choose the item to remove in the list first.")
        self.items = {key: item for key, item in self.items.items() if key != self.chosen}
        self.new()

    @property
    def changes(self) -> dict[str, int]:
        """How many items were added, changed and removed."""
        counts = Counter(each.kind for each in differences(self.before, self.items.values()))
        return {kind: counts[kind] for kind in KINDS}

    @property
    def dirty(self) -> bool:
        """Whether there is something to save or to lose."""
        return self.open and any(self.changes.values())

    def change_words(self) -> str:
        """What was changed, in words."""
        parts = [f"{count} {kind}" for kind, count in self.changes.items() if count]
        return wording.listed(parts) if parts else "nothing changed yet"

    def about(self) -> str:
        """What is being edited, and what was changed."""
        return f"Draft of the next version: {self.change_words()}. It is kept on this page until you save it."

    def apply_words(self) -> str:
        """What the button says that takes the fields over."""
        return "Change item" if self.chosen in self.items else "Add item"

    def rows(self) -> list[Row]:
        """The items in the order of the elements; the element is the button that chooses one."""
        order = {name: at for at, name in enumerate(CARE_PLAN_ELEMENTS)}
        ordered = sorted(self.items.items(), key=lambda pair: order[pair[1].element])
        return [Row(key, [label(item.element), item_words(item)]) for key, item in ordered]

    def _key(self) -> str:
        self._made += 1
        return f"new {self._made}"

    def _fill(self, _=None) -> None:
        item = self.items.get(self.chosen)
        if item is None:
            self.text, self.target, self.due, self.responsible = "", "", None, ""
            return
        self.element, self.text, self.target = item.element, item.text, item.target
        self.due, self.responsible = item.due_date, item.responsible

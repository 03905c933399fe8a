"""What changed between two versions of a plan: items added, removed, changed and kept, side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..facts import CARE_PLAN_ELEMENTS
from .item import PlanItem

#: Two texts that share less than this are two items, not one that was changed.
ALIKE = 0.5
SAID = ("text", "target", "due_date", "responsible")


@dataclass(frozen=True)
class Difference:
    """One item in two versions. `kind`: added, removed, changed or kept; `before` or `after` is None where absent."""

    kind: str
    element: str
    before: PlanItem | None
    after: PlanItem | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The parts of the item that changed: text, target, due_date, responsible."""
        if self.kind != "changed":
            return ()
        return tuple(name for name in SAID if getattr(self.before, name) != getattr(self.after, name))


def differences(before: Iterable[PlanItem], after: Iterable[PlanItem]) -> list[Difference]:
    """Every item of either version, in the order of the elements; met goals are no difference.

    Items of one element belong together when they have the same mark, else the same text, else when their
    texts are most alike.
    """
    before, after = list(before), list(after)
    found = []
    for element in CARE_PLAN_ELEMENTS:
        old, new = ([each for each in some if each.element == element] for some in (before, after))
        found += _of_element(element, old, new)
    return found


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """The words of two texts as (kept | removed | added, words), in reading order."""
    old, new = (re.findall(r"\S+", text) for text in (before, after))
    changes = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(("kept", " ".join(old[a:b])))
            continue
        changes += [(name, " ".join(words)) for name, words in (("removed", old[a:b]), ("added", new[c:d])) if words]
    return changes


def _of_element(element: str, old: list[PlanItem], new: list[PlanItem]) -> list[Difference]:
    pairs = _paired(old, new)
    became = {id(one): other for one, other in pairs}
    found = [_difference(element, one, became.get(id(one))) for one in old]
    known = {id(other) for _, other in pairs}
    return found + [_difference(element, None, other) for other in new if id(other) not in known]


def _difference(element: str, before: PlanItem | None, after: PlanItem | None) -> Difference:
    if before is None or after is None:
        return Difference("added" if before is None else "removed", element, before, after)
    same = all(getattr(before, name) == getattr(after, name) for name in SAID)
    return Difference("kept" if same else "changed", element, before, after)


def _paired(old: list[PlanItem], new: list[PlanItem]) -> list[tuple[PlanItem, PlanItem]]:
    pairs = []
    for alike in (_same_mark, _same_text, _similar):
        for one in list(old):
            best = _best(one, new, alike)
            if best:
                pairs.append((one, best))
                old, new = ([each for each in some if each is not gone] for some, gone in ((old, one), (new, best)))
    return pairs


def _best(one: PlanItem, others: list[PlanItem], alike: Callable[[PlanItem, PlanItem], float]) -> PlanItem | None:
    best = max(others, key=lambda other: alike(one, other), default=None)
    return best if best and alike(one, best) >= ALIKE else None


def _same_mark(one: PlanItem, other: PlanItem) -> float:
    return float(bool(one.mark) and one.mark == other.mark)


def _same_text(one: PlanItem, other: PlanItem) -> float:
    return float(one.text == other.text)


def _similar(one: PlanItem, other: PlanItem) -> float:
    return SequenceMatcher(None, one.text, other.text, autojunk=False).ratio()

"""Two versions of a plan side by side; what was added, removed or changed is marked in words and color."""

from __future__ import annotations

from ccmlib import wording
from ccmlib.care_plan.differences import Difference, differences, word_changes
from ccmlib.care_plan.elements import label
from ccmlib.care_plan.item import PlanItem
from ccmlib.reports.chip import chip
from ccmlib.reports.markup import Html, element, joined, muted

from . import words
from .patient import PatientPlan

KINDS = {"added": "ready", "removed": "hold", "changed": "review", "kept": "quiet"}
#: The mark before a word that was added or removed, so that it does not rest on color.
WORD_MARKS = {"added": ("ins", "added: "), "removed": ("del", "removed: ")}


def changes_page(plan: PatientPlan, before: str, after: str) -> Html:
    """Two versions side by side; what was added, removed or changed is marked in words and color."""
    old, new = plan.version(before), plan.version(after)
    if old is None or new is None:
        return element("p", "There is no other version to compare with.", "empty")
    found = [each for each in differences(plan.items(before), plan.items(after)) if each.kind != "kept"]
    kept = len(plan.items(after)) - sum(each.kind in ("added", "changed") for each in found)
    if not found:
        return element("p", "The two versions say the same.", "empty")
    head = element("tr", joined(element("th", text, scope="col") for text in _titles(old, new)))
    table = element("table", [element("thead", head), element("tbody", joined(map(_difference, found)))],
                    "changes", aria_label="What changed between the versions")  # fmt: skip
    return joined([table, element("p", f"{wording.times(kept, 'item')} unchanged.", "muted rest")])


def _titles(old: object, new: object) -> tuple[str, str, str]:
    return "Change", words.plan_words(old), words.plan_words(new)


def _difference(each: Difference) -> Html:
    name = element("td", [chip(KINDS[each.kind], each.kind), Html("<br>"), muted(label(each.element))])
    if each.kind != "changed":
        cells = [_whole(each.before, "removed"), _whole(each.after, "added")]
    else:
        changes = word_changes(_flat(each.before), _flat(each.after))
        cells = [_marked(changes, "removed"), _marked(changes, "added")]
    return element("tr", [name, *(element("td", cell) for cell in cells)])


def _whole(item: PlanItem | None, kind: str) -> Html:
    return muted("–") if item is None else _marked([(kind, _flat(item))], kind)


def _marked(changes: list[tuple[str, str]], kind: str) -> Html:
    tag, says = WORD_MARKS[kind]
    parts = [
        element(tag, [element("span", says, "unseen"), text]) if each == kind else text
        for each, text in changes if each in (kind, "kept")
    ]  # fmt: skip
    return joined(parts, " ")


def _flat(item: PlanItem) -> str:
    """An item in one line, for comparing every part of it."""
    due = f"by {wording.date(item.due_date)}" if item.due_date else ""
    parts = (item.text, f"target {item.target}" if item.target else "", due, item.responsible)
    return " · ".join(part for part in parts if part)

"""What each act would write, stated before it is written; the answer does exactly what was stated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ccmlib import wording
from ccmlib.acts import care_plan as acts
from ccmlib.care_plan.elements import elements
from ccmlib.problem import Problem
from ccmlib.reports.markup import Html, element, joined, paragraphs

from .words import month_words

COPY_AGAIN = "A new version needs a new copy."
EDIT_AGAIN = "To correct it, edit the plan: that writes the next version."


@dataclass(frozen=True)
class Question:
    """A statement of what will be written, the words of the button that writes it, and what the button does."""

    statement: Html
    yes: str
    act: Callable[[], bool]


@dataclass(frozen=True)
class Asked:
    """An act that is asked about first: the action it needs, and how its question is made from the page's state."""

    action: str
    of: Callable[[object], Question]


def _approve(page) -> Question:
    plan, waits, signer = page.plan, page.plan.waits, page.signer
    name = {value: words for words, value in page.signers}.get(signer, "nobody")
    retired = [each for each in plan.plans if each.status != "retired" and each.care_plan_id != waits.care_plan_id]
    says = [
        f"Version {waits.version:.0f} of the plan of {_who(page)} becomes the active plan, approved by {name} "
        f"on {wording.date(plan.practice.today)}.{_retires(retired)} It counts for the close of "
        f"{month_words(f'{plan.practice.today:%Y-%m}')} and later months.",
        _lacks(plan.items(waits.care_plan_id)),
    ]  # fmt: skip
    return _question(page, says, f"Approve version {waits.version:.0f}", EDIT_AGAIN, lambda now: acts.approve_plan(
        page.store, page.session, plan.patient_id, waits.care_plan_id, signer, now))  # fmt: skip


def _save(page) -> Question:
    plan, draft, writer = page.plan, page.draft, page.writer
    if not draft.dirty:
        raise Problem("Nothing was changed, so there is nothing to save.")
    items, based_on = list(draft.items.values()), draft.based_on
    name = {value: words for words, value in page.writers}.get(writer, "nobody")
    version = 1 + int(max((each.version for each in plan.plans), default=0))
    drafts = [each for each in plan.plans if each.status == "draft"]
    stays = (
        f" Version {plan.counts.version:.0f} counts until a practitioner approves this one."
        if plan.counts is not None
        else ""
    )
    says = [f"Version {version} of the plan of {_who(page)} is written as a draft by {name}: "
            f"{wording.times(len(items), 'item')}, {draft.change_words()}.{_retires(drafts)}{stays}"]  # fmt: skip
    return _question(page, says, f"Save version {version}", EDIT_AGAIN, lambda now: acts.save_draft(
        page.store, page.session, plan.patient_id, items, based_on, writer, now))  # fmt: skip


def _review(page) -> Question:
    plan, counts = page.plan, page.plan.counts
    says = [f"Version {counts.version:.0f} of the plan of {_who(page)} was gone through with the patient on "
            f"{wording.date(plan.practice.today)} and stays as it is."]  # fmt: skip
    return _question(page, says, "Record the review", "If the plan changed, edit it.", lambda now: acts.record_review(
        page.store, page.session, plan.patient_id, counts.care_plan_id, now))  # fmt: skip


def _copy(page) -> Question:
    plan, counts = page.plan, page.plan.counts
    approved = wording.date(plan.practice.local(counts.approved_at).date())
    says = [f"{_who(page)}, or the caregiver, got a copy of version {counts.version:.0f}, approved {approved}, "
            f"on {wording.date(plan.practice.today)}."]  # fmt: skip
    return _question(page, says, "Record the copy", COPY_AGAIN, lambda now: acts.record_copy_given(
        page.store, page.session, plan.patient_id, counts.care_plan_id, now))  # fmt: skip


def _goal(page) -> Question:
    plan, counts, mark = page.plan, page.plan.counts, page.goal
    text = {value: words for words, value in page.open_goals}.get(mark)
    if text is None:
        raise Problem("Choose a goal that is open first.")
    says = [f"The goal “{text}” of {_who(page)} is recorded as met on {wording.date(plan.practice.today)}."]
    return _question(page, says, "Record the goal", EDIT_AGAIN, lambda now: acts.record_goal_met(
        page.store, page.session, plan.patient_id, counts.care_plan_id, mark, now))  # fmt: skip


QUESTIONS = {
    "approve": Asked(acts.APPROVE, _approve), "save": Asked(acts.EDIT, _save), "review": Asked(acts.EDIT, _review),
    "copy": Asked(acts.COPY, _copy), "goal": Asked(acts.EDIT, _goal),
}  # fmt: skip


def _question(page, says: list[str], yes: str, correction: str, act: Callable) -> Question:
    signed = f"Written as a new fact in the name of {page.session.user}; nothing is overwritten."
    lines = [element("b", says[0]), *(text for text in says[1:] if text), element("span", signed, "muted")]
    return Question(paragraphs(joined([line]) for line in lines), yes, lambda: page.write(act, correction))


def _who(page) -> str:
    return f"{page.plan.patient_id} ({page.plan.small_print})" if page.plan.small_print else page.plan.patient_id


def _retires(plans: list) -> str:
    if not plans:
        return ""
    versions = wording.listed([f"{each.version:.0f}" for each in plans])
    return f" Version {versions} is retired." if len(plans) == 1 else f" Versions {versions} are retired."


def _lacks(items: list) -> str:
    lacks = [text for each in elements(items) for text in each.lacks]
    if not lacks:
        return "All twelve elements are in it."
    return f"What the plan does not say: {' '.join(lacks)}"

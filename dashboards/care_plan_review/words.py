"""The sentences of the page: what is open in a plan, what comes next and who can do it."""

from __future__ import annotations

import pandas as pd

from ccmlib import wording
from ccmlib.care_plan.goals import Goal, Progress
from ccmlib.care_plan.queue import KINDS
from ccmlib.month import Month

#: What would mend each finding, and who can.
MEND = {
    "no_plan": ("Write the plan with the patient; a practitioner approves it.", "care manager"),
    "unapproved": ("Read the version and approve it, or send it back with a change.", "practitioner"),
    "review_due": ("Go through the plan with the patient and record the review.", "care manager"),
    "copy_not_given": ("Give the patient or caregiver a copy and record it.", "care manager"),
    "goals_overdue": ("Record the goal as met, or set a new date in a new version.", "care manager"),
    "unlinked_entries": ("Read the notes again; name the condition or goal, or add it to the plan.", "care manager"),
}
STATUS = {"met": "met", "reached": "reached, not recorded", "overdue": "overdue", "open": "open"}
STATES = {"met": "ready", "reached": "ready", "overdue": "hold", "open": "quiet"}


def month_words(month: str) -> str:
    """A month as ``October 2026``."""
    return f"{Month(month).first:%B %Y}"


def day_words(day: object) -> str:
    """A date of a frame as ``9 Oct 2026``."""
    return wording.date(pd.Timestamp(day).date())


def plan_words(plan: object) -> str:
    """``Version 2, draft`` or ``Version 1, active``; a plan in use that nobody signed says so."""
    status = "retired" if plan.status == "retired" else "draft" if plan.status == "draft" else "active"
    unsigned = ", not approved" if status == "active" and not plan.counts else ""
    return f"Version {plan.version:.0f}, {status}{unsigned}"


def finding_words(finding: object, waits: object, counts: object, month: str) -> str:
    """What is open, in one sentence. `waits` and `counts` are the patient's versions, None where there is none."""
    return SENTENCES[finding.kind](finding, waits, counts, month)


def _no_plan(finding, waits, counts, month) -> str:
    return "No care plan is written; nothing can be billed without one."


def _unapproved(finding, waits, counts, month) -> str:
    version = f"Version {waits.version:.0f}"
    if counts is not None:
        return f"{version} waits for approval; version {counts.version:.0f} counts meanwhile."
    if waits.status == "draft":
        return f"{version} is a draft and waits for a practitioner's approval."
    return f"{version} is in use, and no practitioner approved it."


def _review_due(finding, waits, counts, month) -> str:
    return f"Last looked at {day_words(finding.day)}, more than a year ago."


def _copy_not_given(finding, waits, counts, month) -> str:
    return f"Approved {day_words(finding.day)}; no copy to the patient is recorded."


def _goals_overdue(finding, waits, counts, month) -> str:
    oldest = f"since {day_words(finding.day)}" if finding.count == 1 else f"the oldest since {day_words(finding.day)}"
    return f"{wording.times(finding.count, 'goal')} past {'its' if finding.count == 1 else 'their'} date, {oldest}."


def _unlinked(finding, waits, counts, month) -> str:
    names = "names" if finding.count == 1 else "name"
    return (
        f"{wording.times(finding.count, 'contact')} of {month_words(month)} {names} neither a condition nor the plan."
    )


SENTENCES = dict(
    zip(KINDS, (_no_plan, _unapproved, _review_due, _copy_not_given, _goals_overdue, _unlinked), strict=True)
)


def goal_words(goal: Goal) -> str:
    """How far a goal has come, from its measures."""
    if not goal.progress:
        return "The target cannot be read as a number; judge it with the patient."
    return " ".join(map(progress_words, goal.progress))


def progress_words(progress: Progress) -> str:
    """Where one measure stands against its target, and how far it has come."""
    measure, latest = progress.target.measure, progress.latest
    label = measure.label[0].upper() + measure.label[1:]
    if latest is None:
        return f"{label}: not measured since the plan began."
    now = f"{label} {measure.shown(latest.value)} on {wording.date(latest.at.date())}"
    if progress.reached:
        return f"{now}, in the target."
    off = measure.shown(abs(latest.value - progress.target.bound(latest.value)))
    return f"{now}, {off} off the target{_since(progress)}."


def _since(progress: Progress) -> str:
    measure, start = progress.target.measure, progress.start
    if len(progress.readings) == 1:
        return ""
    return f"; {measure.shown(start.value)} at the start, {progress.share:.0%} of the way"


def who_may(roles: list[str], says: str) -> str:
    """The sentence for a user who may only look."""
    return f"Who may {says}: {wording.listed(roles)}."

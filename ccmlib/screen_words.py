"""What a patient lacks for care management in words, and what to do next and who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from . import wording
from .panel import NEVER

if TYPE_CHECKING:
    from .screen_day import ScreenDay

#: What shuts a patient out, and how the summary calls it.
SHUT_OUT = {
    "deceased": "died",
    "enrolled_elsewhere": "enrolled with another practice",
    "no_part_b": "no Medicare Part B, or a Medicare Advantage plan",
    "conditions": "too few chronic conditions",
}
#: What the eligible may still lack, and how the summary calls it.
STILL_LACKING = {
    "initiating_visit": "need an initiating visit, or its code confirmed",
    "diagnosis_not_coded": "need ICD-10-CM codes before a claim",
}
NOTHING, GO_ON = "Nothing to do now (nobody)", "Nothing is missing; go on with the care (care manager)"
NOT_CODED = "diagnosis not coded in ICD-10-CM: a claim needs the code"
OTHER_NAME = "the consent names another practitioner"

#: The sentence of one patient, by its number in the panel.
Words = Callable[[int], str]


def lacks_of(day: ScreenDay) -> pd.DataFrame:
    """A row per patient and thing lacking, in the order in which to mend them: patient, reason, words."""
    parts = [(n, reason, say(n)) for reason, who, say in _lacking(day) for n in np.flatnonzero(who)]
    rows = pd.DataFrame(parts, columns=["patient", "reason", "words"])
    rows = rows.astype({"patient": np.int64, "reason": object, "words": object})
    return rows.sort_values("patient", kind="stable", ignore_index=True)


def _lacking(day: ScreenDay) -> list[tuple[str, np.ndarray, Words]]:
    alive, wanted = ~day.dead, day.eligible | day.enrolled
    defects = {each.reason: each.patients & day.enrolled for each in day.consent.unmet}
    asked_before = day.consent.judged
    return [
        ("deceased", day.dead, lambda n: f"died {wording.day(day.died[n])}"),
        ("enrolled_elsewhere", alive & day.elsewhere.unmet[0].patients, lambda n: _elsewhere(day, n)),
        ("no_part_b", alive & ~day.part_b, lambda n: _no_part_b(day, n)),
        ("conditions", alive & (day.groups < day.enough), lambda n: _conditions(day, n)),
        ("initiating_visit", alive & day.unseen, lambda n: _visit(day, n)),
        ("not_consented", day.eligible & ~day.enrolled & ~asked_before, lambda n: "no consent yet"),
        ("consent_revoked", day.eligible & ~day.enrolled & asked_before, lambda n: _withdrawn(day, n)),
        ("consent_other_practitioner", defects["consent_other_practitioner"], lambda n: OTHER_NAME),
        ("consent_incomplete", defects["consent_incomplete"], lambda n: _incomplete(day, n)),
        ("diagnosis_not_coded", wanted & (day.groups >= day.enough) & ~day.coded, lambda n: NOT_CODED),
    ]  # fmt: skip


def _elsewhere(day: ScreenDay, patient: int) -> str:
    code, when = (day.elsewhere.evidence[name][patient] for name in ("other_code", "other_day"))
    return f"{code} of {wording.day(when)} billed by another practitioner" if code else "enrolled with another practice"


def _no_part_b(day: ScreenDay, patient: int) -> str:
    asked = wording.date(day.on)
    advantage = day.coverage.evidence["advantage"][patient]
    return f"in a Medicare Advantage plan on {asked}" if advantage else f"no Medicare Part B on {asked}"


def _conditions(day: ScreenDay, patient: int) -> str:
    names = wording.words(day.group_names[patient])
    unknown = day.unknown_codes[patient]
    look = f" (to look at, in no table of diseases: {unknown})" if unknown else ""
    return (f"only one chronic condition: {names}" if names else "no chronic condition on file") + look


def _visit(day: ScreenDay, patient: int) -> str:
    if day.start[patient] != day.today:
        return f"no qualifying visit on file in the year before the consent of {wording.day(day.start[patient])}"
    if day.seen[patient] != NEVER:
        return f"seen {wording.day(day.seen[patient])}: the code of the visit is to be confirmed"
    last = day.last_visit[patient]
    since = f"not seen since {wording.day(last)}" if last != NEVER else "no visit on file"
    return f"{since}: an initiating visit is needed first"


def _withdrawn(day: ScreenDay, patient: int) -> str:
    return f"consent withdrawn {wording.day(day.withdrawn[patient])}"


def _incomplete(day: ScreenDay, patient: int) -> str:
    missing = [wording.words(name) for name in day.consent.evidence["missing"][patient].split(";")]
    return f"the consent lacks: {wording.listed(missing)}"


def next_steps(day: ScreenDay, lacks: pd.DataFrame) -> np.ndarray:
    """What mends the first thing lacking, and who can; nothing for a patient whom more than one thing shuts out."""
    reasons = day.question.rules.by_name("reasons")
    steps = np.where(day.enrolled, GO_ON, NOTHING).astype(object)
    first = lacks.drop_duplicates("patient")
    steps[first.patient] = [f"{reasons[name]['mend']} ({reasons[name]['who']})" for name in first.reason]
    shut = np.bincount(lacks.patient[lacks.reason.isin(SHUT_OUT)], minlength=day.panel.size)
    steps[(shut > 1) | day.dead] = NOTHING
    return steps


def screen_lines(frame: pd.DataFrame, on: dt.date) -> list[str]:
    """The screen in a few lines for a terminal: how many, and what keeps the others back."""
    to_ask, shut = frame[frame.eligible & ~frame.enrolled], frame[~frame.eligible & ~frame.enrolled]
    lost = int((frame.enrolled & ~frame.eligible).sum())
    return [
        f"{wording.times(len(frame), 'patient')} screened on {wording.date(on)}",
        _line(0, len(to_ask), "eligible and not enrolled"),
        *_counted(to_ask.reasons.str.split(";"), STILL_LACKING),
        _line(0, int(frame.enrolled.sum()), "enrolled"),
        *([_line(1, lost, "no longer eligible")] if lost else []),
        _line(0, len(shut), "not eligible"),
        *_counted(shut.reasons.str.split(";").str[:1], SHUT_OUT),
    ]


def _counted(reasons: pd.Series, names: dict[str, str]) -> list[str]:
    counts = reasons.explode().value_counts()
    return [_line(1, int(counts[reason]), words) for reason, words in names.items() if reason in counts]


def _line(depth: int, count: int, words: str) -> str:
    return f"{'  ' * depth}{count:>6,} {words}"

"""A qualifying visit within the year before the care management began (rulebook E5 to E7)."""

from __future__ import annotations

import numpy as np

from ..ids import texts
from ..panel import NEVER, earlier_days
from ..requirement import HOLD, Question, Requirement, Unmet
from .consent import consent
from .visits import qualifying_visits


def initiating_visit(question: Question) -> Requirement:
    """Unmet (`initiating_visit`) without a qualifying code from so many months before the consent to its day."""
    panel, given = question.panel, question.once(consent)
    start = panel.local_day(given.evidence["given_at"], np.arange(panel.size))
    return visited(question, start, given.judged)


def visited(question: Question, start: np.ndarray, judged: np.ndarray) -> Requirement:
    """The same for care management that begins on the day numbers `start`, asked of the patients `judged`."""
    size, visits = question.panel.size, question.once(qualifying_visits)
    before = visits[visits.day.to_numpy() <= start[visits.patient]]
    row, day = np.full(size, -1), np.full(size, NEVER)
    row[before.patient], day[before.patient] = before.row, before.day  # of several the last one stays
    earliest = earlier_days(np.where(judged, start, 0), question.rule("initiating_visit")["months"])
    unmet = Unmet("initiating_visit", HOLD, judged & ((row < 0) | (day < earliest)))
    evidence = {"encounter_id": _ids(question, row), "visit_day": day, "start_day": start}
    return Requirement("initiating_visit", (unmet,), evidence, judged=judged)


def _ids(question: Question, row: np.ndarray) -> np.ndarray:
    ids = np.full(len(row), "", object)
    ids[row >= 0] = texts(question.panel.facts.encounters.encounter_id, row[row >= 0])
    return ids

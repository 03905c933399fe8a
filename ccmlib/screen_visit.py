"""When each patient was last seen: at any visit, and at one whose code is known to qualify."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .eligibility.initiating_visit import qualifying_visits
from .panel import NEVER, earlier_days, instants
from .requirement import Question, spread


def last_qualifying(question: Question, today: int) -> np.ndarray:
    """The day of each patient's last visit with a qualifying code until `today`, NEVER without one."""
    return _latest(qualifying_visits(question), question, today)


def last_visit(question: Question, today: int) -> np.ndarray:
    """The day of each patient's last visit until `today`, whatever its code; NEVER without one."""
    panel, rows = question.panel, question.panel.facts.encounters
    rows = rows[rows.kind == "visit"]
    patient = panel.number(rows)
    visits = pd.DataFrame({"patient": patient, "day": panel.local_day(instants(rows.started_at), patient)})
    return _latest(pd.concat([visits, qualifying_visits(question)[["patient", "day"]]]), question, today)


def recent(day: np.ndarray, question: Question, today: int) -> np.ndarray:
    """The days near enough to `today` for an initiating visit; NEVER instead of earlier ones."""
    earliest = earlier_days(np.array([today]), question.rule("initiating_visit")["months"])[0]
    return np.where(day >= earliest, day, NEVER)


def _latest(visits: pd.DataFrame, question: Question, today: int) -> np.ndarray:
    last = visits[visits.day <= today].groupby("patient").day.max()
    return spread(question.panel.size, last.index.to_numpy(np.int64), last.to_numpy(), NEVER)

"""Where every patient's month stands: counted seconds, and the seconds to the nearest next unit."""

from __future__ import annotations

import pandas as pd

from ..close import MonthClose
from ..facts import MonthFacts
from ..panel import NEVER
from ..rulebook import Rules
from .counted import next_units
from .one_patient import decided, one_patient

COLUMNS = ["counted", "goal", "short"]


def standing(close: MonthClose) -> pd.DataFrame:
    """counted, goal, short (seconds, the last two NaN where no unit is left), by patient_id."""
    program = close.programs[0]
    goal, short, _ = next_units(program)
    index = pd.Index(close.panel.patients.patient_id.array, name="patient_id")
    frame = pd.DataFrame({"counted": program.timelines["pool"].total, "goal": goal, "short": short}, index=index)
    return frame.astype("float64").where(frame < NEVER)


def restanding(before: pd.DataFrame, facts: MonthFacts, rules: Rules, patient_id: str) -> pd.DataFrame:
    """The same after an entry of one patient was written: theirs and those of patients who share a minute with them."""
    after = before.copy()
    for each in one_patient(facts, patient_id).patients.patient_id:
        after.loc[each] = standing(decided(facts, rules, each)).loc[each]
    return after

"""What a person should look at although it is billed: signs of weak documentation in the counted entries.

None of these holds a claim (rulebook T14, T15, T10; all are named policies of grade D or R).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .panel import DAY, NEVER, instants
from .requirement import Question

MINUTE = 60


def entry_reviews(entries: pd.DataFrame, counted: np.ndarray, question: Question) -> dict[str, np.ndarray]:
    """Review reasons, each with the rows of `entries` concerned; only rows with `counted` seconds are asked."""
    rows = np.flatnonzero(counted)
    asked = entries.iloc[rows]
    log = question.panel.facts.time_entries.iloc[asked.row]
    signs = (late_entry, imputed_time, heaping, vague_note, day_of_visit, debated_activity)
    return {REASONS[sign]: rows[sign(log, asked, question)] for sign in signs}


def late_entry(log: pd.DataFrame, entries: pd.DataFrame, question: Question) -> np.ndarray:
    """Written more than the policy's days after the work."""
    recorded = instants(log.recorded_at)
    return (recorded < NEVER) & (recorded - instants(log.ended_at) > question.rules.policy("late_entry_days") * DAY)


def imputed_time(log: pd.DataFrame, entries: pd.DataFrame, question: Question) -> np.ndarray:
    """Filled in by rule, not observed."""
    return (log.source == "imputed").to_numpy()


def heaping(log: pd.DataFrame, entries: pd.DataFrame, question: Question) -> np.ndarray:
    """Typed or imported, and exactly as long as a round number of minutes."""
    block = question.rules.policy("heaping_minutes") * MINUTE
    return log.source.isin(["manual", "imported"]).to_numpy() & (entries.length % block == 0).to_numpy()


def vague_note(log: pd.DataFrame, entries: pd.DataFrame, question: Question) -> np.ndarray:
    """No note, or one too short to say what was done."""
    length = pc.utf8_length(pc.utf8_trim_whitespace(pa.array(log.note, pa.string()))).fill_null(0)
    return length.to_numpy(zero_copy_only=False) < question.rules.policy("shortest_note_characters")


def day_of_visit(log: pd.DataFrame, entries: pd.DataFrame, question: Question) -> np.ndarray:
    """On the local day of a coded visit: countable only when outside the visit."""
    panel, visits = question.panel, question.panel.facts.encounters
    visits = visits[(visits.kind == "visit") & visits.hcpcs_code.notna()]
    patient = panel.number(visits)
    visit_days = patient * NEXT + panel.local_day(instants(visits.started_at), patient)
    entry_patient = entries.patient.to_numpy()
    near = panel.has(patient)[entry_patient]
    days = np.full(len(entries), -1)
    days[near] = entry_patient[near] * NEXT + panel.local_day(entries.start.to_numpy()[near], entry_patient[near])
    return np.isin(days, visit_days)


def debated_activity(log: pd.DataFrame, entries: pd.DataFrame, question: Question) -> np.ndarray:
    """Work of which it is debated whether it counts."""
    debated = np.array([row["review"] for row in question.rules.tables["activities"]])
    return debated[entries.activity]


#: More days than any day number: keeps a patient and a day apart in one number.
NEXT = 1 << 20
REASONS = {
    late_entry: "late_entry", imputed_time: "imputed_time", heaping: "heaping", vague_note: "vague_note",
    day_of_visit: "day_of_visit", debated_activity: "activity_not_counted",
}  # fmt: skip

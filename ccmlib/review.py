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
#: What the signs read of the log: to take more columns of text would cost more than the signs themselves.
LOG_COLUMNS = ["source", "note", "ended_at", "recorded_at"]


def entry_reviews(entries: pd.DataFrame, counted: np.ndarray, question: Question) -> dict[str, np.ndarray]:
    """Review reasons, each with the rows of `entries` concerned; only rows with `counted` seconds are asked."""
    rows = np.flatnonzero(counted)
    asked = entries.iloc[rows]
    log = question.panel.facts.time_entries[LOG_COLUMNS].iloc[asked.row]
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
    typed = (log.source == "manual") | (log.source == "imported")
    return typed.to_numpy() & (entries.length % block == 0).to_numpy()


def vague_note(log: pd.DataFrame, entries: pd.DataFrame, question: Question) -> np.ndarray:
    """No note, or one too short to say what was done."""
    length = pc.utf8_length(pc.utf8_trim_whitespace(pa.array(log.note, pa.string()))).fill_null(0)
    return length.to_numpy(zero_copy_only=False) < question.rules.policy("shortest_note_characters")


def day_of_visit(log: pd.DataFrame, entries: pd.DataFrame, question: Question) -> np.ndarray:
    """On the local day of a coded visit: countable only when outside the visit."""
    panel, visits, patient = question.panel, question.panel.facts.encounters, question.panel.patient_of("encounters")
    started = instants(visits.started_at)
    coded = (visits.kind == "visit").to_numpy() & visits.hcpcs_code.notna().to_numpy()
    row = np.flatnonzero(coded & panel.in_month(started, patient))
    visit_days = patient[row] * NEXT + panel.local_day(started[row], patient[row])
    near = np.flatnonzero(panel.has(patient[row])[entries.patient])
    own = entries.patient.to_numpy()[near]
    found = np.zeros(len(entries), bool)
    found[near] = np.isin(own * NEXT + panel.local_day(entries.start.to_numpy()[near], own), visit_days)
    return found


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

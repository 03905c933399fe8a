"""The log's entries that touch the month, as numbers, each with the fate that befalls it as a whole."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .facts import PROGRAMS
from .ids import positions
from .minutes import CLOCKS, COUNTED, FATE
from .order import in_order
from .panel import Panel
from .rulebook import Rules

HOUR = 3600


def month_entries(panel: Panel, rules: Rules) -> pd.DataFrame:
    """The entries that touch the month, in order of patient and time, whatever their program.

    Columns: row (in ``facts.time_entries``), patient, staff, program, activity, clock (numbers), start and
    end (UTC seconds, cut to the month), length (seconds of the whole entry), fate (of the whole entry).
    Ties go by the entry's own times and its id: the order of rows in the facts must not matter.
    """
    log, patient = panel.facts.time_entries, panel.patient_of("time_entries")
    start, end = log.started_at.array.asi8, log.ended_at.array.asi8
    first, last = (edge[patient] for edge in panel.bounds)
    row = np.flatnonzero((start < last) & ((end > first) | ((end == start) & (start >= first))))
    cut = np.maximum(start, first)
    row = row[in_order(patient[row], cut[row], row, log.started_at, log.ended_at, log.entry_id)]
    entries = pd.DataFrame({
        "row": row, "patient": patient[row], "start": cut[row], "end": np.minimum(end, last)[row],
        "length": (end - start)[row],
    })  # fmt: skip
    return _described(entries, panel, rules)


def _described(entries: pd.DataFrame, panel: Panel, rules: Rules) -> pd.DataFrame:
    log, activities = panel.facts.time_entries, rules.by_name("activities")
    staff = positions(log.staff_id, panel.facts.staff.staff_id)[entries.row]
    activity = positions(log.activity, list(activities)).astype(np.int8)[entries.row]
    program = positions(log.program, list(PROGRAMS)).astype(np.int8)[entries.row]
    clock = _clock_of_staff(panel, rules)[staff]
    counts = np.array([row["counted"] for row in activities.values()])[activity]
    fate = np.where(counts, COUNTED, FATE["activity_not_counted"])
    fate[clock == CLOCKS.index("none")] = FATE["not_clinical"]
    length = entries.length.to_numpy()
    fate[(length == 0) | (length > rules.policy("longest_entry_hours") * HOUR)] = FATE["invalid_time"]
    return entries.assign(staff=staff, program=program, activity=activity, clock=clock, fate=fate)


def _clock_of_staff(panel: Panel, rules: Rules) -> np.ndarray:
    clocks = {name: CLOCKS.index(row["clock"]) for name, row in rules.by_name("roles").items()}
    return panel.facts.staff.role.map(clocks).to_numpy(np.int8)

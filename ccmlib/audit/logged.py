"""The entries of a month as a reviewer reads them: the facts' own rows, with the local day and who worked."""

from __future__ import annotations

import pandas as pd

from ..facts import MonthFacts
from ..panel import DAY, Panel, instants
from ..rulebook import Rules


def logged(facts: MonthFacts, rules: Rules) -> pd.DataFrame:
    """Entries of any program that touch the month, in order of entry_id: the columns of time_entries, and

    `number` (row of the patient in the panel), `day` (local day number of the start), `recorded_day` (of the
    recording, NEVER when absent), `seconds` (of the whole entry), `staff_name` and `role`. Indexed by entry_id.
    """
    panel = Panel(facts, facts.month)
    rows = facts.time_entries
    number, start, end = panel.number(rows), instants(rows.started_at), instants(rows.ended_at)
    first, last = (edge[number] for edge in panel.bounds)
    touches = (start < last) & ((end > first) | ((end == start) & (start >= first)))
    return _described(rows[touches].sort_values("entry_id"), panel)


def _described(rows: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    number = panel.number(rows)
    who = panel.facts.staff.set_index("staff_id")
    return rows.assign(
        number=number,
        day=panel.local_day(instants(rows.started_at), number),
        recorded_day=panel.local_day(instants(rows.recorded_at), number),
        seconds=instants(rows.ended_at) - instants(rows.started_at),
        staff_name=rows.staff_id.map(who.name).to_numpy(),
        role=rows.staff_id.map(who.role).to_numpy(),
    ).set_index("entry_id", drop=False).rename_axis(None)  # fmt: skip


def too_long(rows: pd.DataFrame, rules: Rules) -> pd.Series:
    """Entries of no length, or longer than a timer can run by policy (bool)."""
    most = rules.policy("longest_entry_hours") * DAY // 24
    return (rows.seconds <= 0) | (rows.seconds > most)

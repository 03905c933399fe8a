"""What the forensics look at: one row an entry with its yes-or-no signs, and one row a staff member and day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..facts import MonthFacts
from ..intervals import union
from ..month import zone
from ..panel import DAY, NEVER, day_number, instants
from ..rulebook import Rules
from .criteria import policy
from .fields import vague
from .logged import logged, too_long
from .similar import others

HOUR = 3600


@dataclass(frozen=True)
class Log:
    """`entries`: staff_id, staff_name, role, seconds, lag_seconds (NaN when not recorded), last_day_batch, late,
    imputed, cloned (bool), shared_seconds (with own entries for other patients). `days`: staff_id, day, seconds (own,
    overlaps once)."""

    entries: pd.DataFrame
    days: pd.DataFrame

    @classmethod
    def together(cls, logs: list[Log]) -> Log:
        """Several months as one log."""
        return cls(
            pd.concat([log.entries for log in logs], ignore_index=True),
            pd.concat([log.days for log in logs], ignore_index=True),
        )


def log_of(facts: MonthFacts, rules: Rules) -> Log:
    """The log of a month; entries of no length, or longer than a timer can run, are left out: the close holds them."""
    rows = logged(facts, rules)
    rows = rows[~too_long(rows, rules)]
    return Log(_entries(rows, rules), _days(rows, facts))


def _entries(rows: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    recorded, ended = instants(rows.recorded_at), instants(rows.ended_at)
    lag = np.where(recorded == NEVER, np.nan, recorded.astype("float64") - ended)
    same = others(
        rows.note.where(~vague(rows.note, rules)), rows.patient_id, rows.day,
        policy("documentation", "alike_percent", rules.month),
    )  # fmt: skip
    last = day_number(rules.month.last)
    return rows[["staff_id", "staff_name", "role", "seconds"]].assign(
        lag_seconds=lag,
        last_day_batch=(rows.recorded_day >= last) & (rows.recorded_day != NEVER) & (rows.day < rows.recorded_day),
        late=lag > rules.policy("late_entry_days") * DAY,
        imputed=rows.source == "imputed",
        cloned=same >= policy("documentation", "cloned_from", rules.month),
        shared_seconds=_shared(rows),
    )


def _shared(rows: pd.DataFrame) -> pd.Series:
    """Seconds of each entry that also lie in an entry of the same staff member for another patient."""
    found = [_shared_by_one(own) for _, own in rows.groupby("staff_id")]
    return pd.concat(found).reindex(rows.index) if found else pd.Series(0, rows.index)


def _shared_by_one(own: pd.DataFrame) -> pd.Series:
    start, end, patient = instants(own.started_at), instants(own.ended_at), own.patient_id.to_numpy(object)
    order = np.argsort(start, kind="stable")
    reach = np.maximum.accumulate(end[order])
    seconds = np.zeros(len(own), np.int64)
    for place in np.flatnonzero(_near_another(start[order], reach, end[order])):
        row = order[place]
        rival = (patient != patient[row]) & (start < end[row]) & (end > start[row])
        from_, until = union(np.maximum(start[rival], start[row]), np.minimum(end[rival], end[row]))
        seconds[row] = (until - from_).sum()
    return pd.Series(seconds, own.index)


def _near_another(start: np.ndarray, reach: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Entries, in order of their start, that touch an earlier or a later one: only these are looked at one by one."""
    earlier = np.append(False, start[1:] < reach[:-1])[: len(start)]
    later = np.append(start[1:] < end[:-1], False)[: len(start)]
    return earlier | later


def _days(rows: pd.DataFrame, facts: MonthFacts) -> pd.DataFrame:
    """Own seconds, overlaps counted once, of each staff member on each local day; an entry over midnight is parted."""
    zones = facts.staff.set_index("staff_id").practice_id.map(facts.practices.set_index("practice_id").time_zone)
    found = [_days_of(own, staff, zones[staff]) for staff, own in rows.groupby("staff_id")]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["staff_id", "day", "seconds"])


def _days_of(own: pd.DataFrame, staff: str, time_zone: str) -> pd.DataFrame:
    start, end = union(_wall_clock(own.started_at, time_zone), _wall_clock(own.ended_at, time_zone))
    first, last = start // DAY, (end - 1) // DAY
    row = np.repeat(np.arange(len(start)), last - first + 1)
    day = (
        first[row] + np.arange(len(row)) - np.repeat(np.cumsum(last - first + 1) - (last - first + 1), last - first + 1)
    )
    seconds = np.minimum(end[row], (day + 1) * DAY) - np.maximum(start[row], day * DAY)
    return (
        pd.DataFrame({"staff_id": staff, "day": day, "seconds": seconds})
        .groupby(["staff_id", "day"], as_index=False)
        .sum()
    )


def _wall_clock(values: pd.Series, time_zone: str) -> np.ndarray:
    """Local seconds; in the hour that is doubled or lost at a change of the clocks a day may be an hour off."""
    local = pd.DatetimeIndex(values).tz_convert(zone(time_zone)).tz_localize(None)
    return local.as_unit("s").asi8

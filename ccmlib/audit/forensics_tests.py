"""The tests behind the signs: exact and one-sided, each for one staff member and one sign."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import binomtest, hypergeom

from .. import wording
from ..rulebook import Rules
from .criteria import policy
from .forensics_log import HOUR, Log

FILE = "forensics"
MINUTE = 60


class Tested(NamedTuple):
    """One sign of one staff member; `words` fill the places of the sign's sentence."""

    staff_id: str
    sign: str
    count: int
    of: int
    expected: float
    p_value: float
    words: dict


def smooth(log: Log, staff: str, sign: dict, rules: Rules) -> Tested:
    """Entries that last `minutes` to the minute, among those a few minutes shorter or longer.

    Were the spread of durations smooth there, each minute of the window would hold about the same share: binomial.
    """
    lasted = log.entries.seconds[log.entries.staff_id == staff].to_numpy() // MINUTE
    reach = policy(FILE, "window_minutes", rules.month)
    near = np.abs(lasted - sign["minutes"]) <= reach
    count, of = int((lasted == sign["minutes"]).sum()), int(near.sum())
    window = _window(sign["minutes"], reach)
    return _binomial(staff, sign, count, of, window, 1, rules, {"minutes": sign["minutes"], **window})


def mode(log: Log, staff: str, sign: dict, rules: Rules) -> Tested:
    """Entries of the commonest duration to the second, against the same window.

    The commonest was picked from many, so the p-value is multiplied by the number of minutes it was picked from.
    """
    seconds = log.entries.seconds[log.entries.staff_id == staff].to_numpy()
    lengths, times = np.unique(seconds, return_counts=True)
    commonest, reach = int(lengths[times.argmax()]), policy(FILE, "window_minutes", rules.month)
    of = int((np.abs(seconds // MINUTE - commonest // MINUTE) <= reach).sum())
    window = _window(commonest // MINUTE, reach)
    picked_from = len(np.unique(seconds // MINUTE))
    words = {"duration": wording.clock(commonest), **window}
    return _binomial(staff, sign, int(times.max()), of, window, picked_from, rules, words)


def peers(log: Log, staff: str, sign: dict, rules: Rules) -> Tested:
    """Entries with the sign, against the share among everybody else (Fisher's exact test, one-sided)."""
    own = (log.entries.staff_id == staff).to_numpy()
    shown = log.entries[sign["name"]].to_numpy(bool)
    count, of, rest = int(shown[own].sum()), int(own.sum()), int((~own).sum())
    words = {"days": rules.policy("late_entry_days"), "lag": _median_lag(log.entries.lag_seconds[own])}
    if min(of, rest) < policy(FILE, "least_entries", rules.month):
        return Tested(staff, sign["name"], count, of, np.nan, np.nan, words)
    expected = shown[~own].sum() / rest * of
    p_value = hypergeom.sf(count - 1, len(own), int(shown.sum()), of)
    return Tested(staff, sign["name"], count, of, expected, float(p_value), words)


def fact(log: Log, staff: str, sign: dict, rules: Rules) -> Tested:
    """What is counted and needs no test."""
    count, of, words = FACTS[sign["name"]](log, staff, rules)
    return Tested(staff, sign["name"], count, of, np.nan, np.nan, words)


def _long_day(log: Log, staff: str, rules: Rules) -> tuple[int, int, dict]:
    hours = policy(FILE, "longest_day_hours", rules.month)
    own = log.days[log.days.staff_id == staff].seconds
    return int((own > hours * HOUR).sum()), len(own), {"hours": hours}


def _overlap(log: Log, staff: str, rules: Rules) -> tuple[int, int, dict]:
    own = log.entries[log.entries.staff_id == staff].shared_seconds
    return int((own > 0).sum()), len(own), {"seconds": wording.spoken(own.sum())}


def _binomial(
    staff: str, sign: dict, count: int, of: int, window: dict, picked_from: int, rules: Rules, words: dict
) -> Tested:
    if of < policy(FILE, "least_entries", rules.month):
        return Tested(staff, sign["name"], count, of, np.nan, np.nan, words)
    minutes = window["high"] - window["low"] + 1
    p_value = binomtest(count, of, 1 / minutes, alternative="greater").pvalue
    return Tested(staff, sign["name"], count, of, of / minutes, min(1.0, float(p_value) * picked_from), words)


def _window(minutes: int, reach: int) -> dict:
    return {"low": max(minutes - reach, 0), "high": minutes + reach}


def _median_lag(seconds: pd.Series) -> str:
    median = seconds.median()
    return "unknown" if pd.isna(median) else f"{wording.hours(max(median, 0))} h"


TESTS = {"smooth": smooth, "mode": mode, "peers": peers, "fact": fact}
FACTS = {"long_day": _long_day, "overlap": _overlap}

"""``screen``: who is eligible on a day and not yet enrolled, and what each other patient lacks.

Source: rulebook E1 to E7 through the requirement functions of the close, which are asked here on one day
instead of for a month. Conditions in SNOMED CT count as much as coded ones, and a missing visit or code is
named but shuts nobody out.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from .facts import MonthFacts
from .panel import EPOCH, NEVER
from .rulebook import Rules
from .screen_day import ScreenDay, joined
from .screen_words import lacks_of, next_steps, screen_lines

__all__ = ["COLUMNS", "screen", "screen_lines"]

COLUMNS = [
    "practice_id", "patient_id", "age", "eligible", "enrolled", "conditions", "condition_groups", "coded", "part_b",
    "seen", "visit_qualifies", "reasons", "lacks", "next_step",
]  # fmt: skip
BETWEEN = "; "


def screen(facts: MonthFacts | dict[str, pd.DataFrame], rules: Rules, on: dt.date) -> pd.DataFrame:
    """One row per patient as of the end of the day `on`, with the columns of ``COLUMNS``.

    `age` in whole years; `conditions` counts disease groups, listed in `condition_groups` (``;`` between);
    `coded`: the ICD-10-CM codes alone would do for a claim; `part_b`: Part B without Medicare Advantage;
    `seen`: the last visit within the year, and `visit_qualifies` whether its code makes it an initiating
    visit; `reasons` (``;`` between) and `lacks` say the same by name and in words. Those to ask for consent
    come first, then by practice and patient. Raises NotInForce when the rules do not cover the day.
    """
    day = ScreenDay.of(facts, rules, on)
    lacks = lacks_of(day)
    frame = day.panel.patients[["practice_id", "patient_id"]].assign(
        age=_age(day.panel.patients.birth_date, on), eligible=day.eligible, enrolled=day.enrolled,
        conditions=day.groups, condition_groups=day.group_names, coded=day.coded, part_b=day.part_b,
        seen=_dates(day.seen), visit_qualifies=day.visit_qualifies,
        reasons=joined(lacks.reason, lacks.patient, len(day.dead), ";"),
        lacks=joined(lacks.words, lacks.patient, len(day.dead), BETWEEN),
        next_step=next_steps(day, lacks),
    )[COLUMNS]  # fmt: skip
    to_ask = frame.eligible & ~frame.enrolled
    return pd.concat([frame[to_ask], frame[~to_ask]], ignore_index=True)


def _age(born: pd.Series, on: dt.date) -> pd.Series:
    """Whole years on the day; who was born on 29 February is a year older on 1 March of other years."""
    later = (born.dt.month > on.month) | ((born.dt.month == on.month) & (born.dt.day > on.day))
    return (on.year - born.dt.year - later).astype("Int64")


def _dates(days: np.ndarray) -> pd.Series:
    known = pd.Series(days).where(days != NEVER)
    return (pd.Timestamp(EPOCH) + pd.to_timedelta(known, unit="D")).astype("datetime64[s]")

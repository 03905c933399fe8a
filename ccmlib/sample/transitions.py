"""Hospital and nursing-facility stays, and the transitions home."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from .clock import DAY, NEVER, instants, weekday_before
from .people import People
from .table import frame, words

#: Share of patients in hospital a month.
INPATIENT = 0.02


@dataclass(frozen=True)
class Stays:
    """One hospital stay for a few patients: when, for how long, and what came after."""

    people: People

    @cached_property
    def rows(self) -> np.ndarray:
        """The patients with a stay."""
        chance = min(INPATIENT * self.people.scale.months, 0.5)
        return np.flatnonzero(self.people.ordinary & self._draws("who").chance(chance, self.people.count))

    @cached_property
    def began(self) -> np.ndarray:
        """UTC seconds of admission."""
        scale, count = self.people.scale, len(self.rows)
        day = scale.first_day + self._draws("day").whole(0, max(1, scale.last_day - scale.first_day - 4), count)
        return self._at(day, self._draws("hour").whole(0, DAY, count))

    @cached_property
    def ended(self) -> np.ndarray:
        """UTC seconds of discharge."""
        return self.began + self._draws("length").whole(2 * DAY, 9 * DAY, len(self.rows))

    @cached_property
    def to_facility(self) -> np.ndarray:
        """True where the patient went on to a skilled nursing facility."""
        return self._draws("facility").chance(0.2, len(self.rows))

    @cached_property
    def home_at(self) -> np.ndarray:
        """UTC seconds of coming home."""
        days = np.where(self.to_facility, self._draws("facility days").whole(8, 26, len(self.rows)), 0)
        return self.ended + days * DAY

    @cached_property
    def seen_at(self) -> np.ndarray:
        """UTC seconds of the visit after coming home, `NEVER` where there was none in time."""
        home = self.people.practices.clock.day(self.people.zone[self.rows], self.home_at)
        day = weekday_before(home + self._draws("seen").whole(4, 16, len(self.rows)))
        at = self._at(day, self._draws("seen hour").whole(9 * 3600, 16 * 3600, len(self.rows)))
        seen = (at < self.end) & self._draws("was seen").chance(0.7, len(self.rows)) & (at > self.home_at)
        return np.where(seen, at, NEVER)

    @property
    def end(self) -> np.ndarray:
        """UTC seconds of the sample's end."""
        return self._at(self.people.scale.last_day, DAY)

    def _at(self, day, second) -> np.ndarray:
        return self.people.practices.clock.at(self.people.zone[self.rows], day, second)

    def _draws(self, label: str):
        return self.people.scale.draws("stays", label)


def transition_table(stays: Stays) -> pd.DataFrame:
    """`transitions.csv` of the ordinary patients, ids not yet given."""
    people, rows, count = stays.people, stays.rows, len(stays.rows)
    draws, seen = people.scale.draws("transitions"), stays.seen_at < NEVER
    contacted_at = stays.home_at + draws.whole(8 * 3600, 3 * DAY, count)
    reached = draws.chance(0.9, count) & (contacted_at < stays.end)
    again = draws.chance(0.1, count)
    known = stays.home_at < stays.end
    table = frame(
        "transitions",
        patient_id=people.ids.take(rows),
        discharged_at=instants(stays.home_at),
        from_setting=words(("inpatient", "snf_part_a"), stays.to_facility),
        to_setting="home",
        contacted_at=instants(contacted_at, reached),
        attempts=draws.whole(1, 4, count),
        visit_at=instants(stays.seen_at, seen),
        visit_staff_id=people.practices.staff_ids.take(np.where(seen, people.billing[rows], -1), allow_fill=True),
        mdm_level=words(("moderate", "high"), np.where(seen, draws.chance(0.4, count), -1)),
        medications_reconciled_at=instants(stays.seen_at - 600, seen),
        readmitted_at=instants(stays.home_at + draws.whole(3 * DAY, 28 * DAY, count), again),
    )
    return table[known]

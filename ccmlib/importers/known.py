"""What ids may refer to: the rows of the extract that are good, and what the store knows already."""

from __future__ import annotations

import pandas as pd

from ..facts import PRACTITIONER_ROLES, TABLES

#: The tables that others refer to, and what is asked of them.
ASKED = {
    "practices": ["practice_id", "time_zone"],
    "staff": ["staff_id", "practice_id", "role"],
    "patients": ["patient_id", "practice_id"],
    "care_plans": ["care_plan_id", "patient_id"],
}


class Known:
    """The rows that can be referred to; grows as the files are read in the contract's order."""

    def __init__(self, frames: dict[str, pd.DataFrame] | None = None):
        self._by_id = {name: _by_id(name, TABLES[name].empty()) for name in ASKED}
        for name, frame in (frames or {}).items():
            self.learn(name, frame)

    def learn(self, name: str, frame: pd.DataFrame) -> None:
        """The rows of `frame` can be referred to from now on, instead of earlier ones of the same id."""
        if name in ASKED:
            both = pd.concat([self._by_id[name], _by_id(name, frame)])
            self._by_id[name] = both[~both.index.duplicated(keep="last")]

    def ids(self, name: str) -> pd.Index:
        """The ids of a table."""
        return self._by_id[name].index

    def practitioners(self) -> pd.Index:
        """The ids of the staff who are practitioners."""
        staff = self._by_id["staff"]
        return staff.index[staff["role"].isin(PRACTITIONER_ROLES)]

    def practice(self, rows: pd.DataFrame) -> pd.Series:
        """The practice of each row: its own, its patient's or its care plan's patient's; NaN where unknown."""
        if "practice_id" in rows:
            return rows["practice_id"]
        if "patient_id" in rows:
            return self._look_up("patients", "practice_id", rows["patient_id"])
        return self._look_up("patients", "practice_id", self._look_up("care_plans", "patient_id", rows["care_plan_id"]))

    def practice_of_staff(self, ids: pd.Series) -> pd.Series:
        """The practice each staff member belongs to; NaN where unknown."""
        return self._look_up("staff", "practice_id", ids)

    def time_zone(self, rows: pd.DataFrame) -> pd.Series:
        """The IANA time zone of each row's practice; NaN where unknown."""
        return self._look_up("practices", "time_zone", self.practice(rows))

    def _look_up(self, name: str, column: str, ids: pd.Series) -> pd.Series:
        return ids.map(self._by_id[name][column])


def _by_id(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame[ASKED[name]].set_index(ASKED[name][0])

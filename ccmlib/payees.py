"""Who is paid: what the price of a code depends on, besides the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from .panel import Panel
from .requirement import Question
from .rulebook import Rules


class Payee(NamedTuple):
    """One kind of payee: Medicare locality (empty = national), setting, and the practitioner's share."""

    locality: str
    facility: bool
    qualifying_apm: bool
    paid_percent: int


@dataclass(frozen=True)
class Payees:
    """The kinds of payee, few, and the number of each patient's kind: prices are worked out once a kind."""

    kinds: list[Payee]
    number: np.ndarray

    def take(self, patient: np.ndarray) -> Payees:
        """The payees of some patients."""
        return Payees(self.kinds, self.number[patient])

    def of(self, patient: int) -> Payee:
        """The payee of one patient."""
        return self.kinds[self.number[patient]]


def payees(question: Question) -> Payees:
    """The payee of each patient: the place of the practice, and the share of the billing practitioner."""
    panel, rules = question.panel, question.rules
    place, places = _kinds(_places(panel, rules))
    person, persons = _kinds(_persons(panel, rules))
    kinds = [Payee(*one, *other) for one in places for other in persons]
    return Payees(kinds, place[panel.practice] * len(persons) + person[panel.practitioner])


def _places(panel: Panel, rules: Rules) -> pd.DataFrame:
    practices = panel.facts.practices
    codes = [row["place_of_service_code"] for row in rules.tables["facility_places"]]
    facility = (practices.setting == "facility") | practices.place_of_service_code.isin(codes)
    return pd.DataFrame({"locality": practices.medicare_locality.astype(object).fillna(""), "facility": facility})


def _persons(panel: Panel, rules: Rules) -> pd.DataFrame:
    staff = panel.facts.staff
    percent = staff.role.map({name: row.get("paid_percent", 100) for name, row in rules.by_name("roles").items()})
    return pd.DataFrame({"qualifying_apm": staff.qualifying_apm.to_numpy(), "paid_percent": percent.to_numpy(np.int64)})


def _kinds(table: pd.DataFrame) -> tuple[np.ndarray, list[tuple]]:
    """Number of each row's values, and the different values."""
    numbers: dict[tuple, int] = {}
    number = [numbers.setdefault(row, len(numbers)) for row in table.itertuples(index=False, name=None)]
    return np.array(number, np.int64), list(numbers)

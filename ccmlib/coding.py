"""From counted seconds to codes and units, and which family is billed when several qualify.

Source: rulebook 6.1 and the family default of contract section 2. A family is never chosen by price in
silence: what every other one would have paid stays beside the choice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .fees import Prices
from .panel import NEVER, day_number, positions
from .requirement import Question
from .rulebook import Family
from .timeline import Timeline


@dataclass(frozen=True)
class Option:
    """What one family would bill: arrays with one value per patient.

    `units` of the add-on, `over` the units beyond its cap, `day` of service, `base_cents` and
    `add_on_cents` per unit. Where it is not `reached` everything is zero.
    """

    family: Family
    reached: np.ndarray
    units: np.ndarray
    over: np.ndarray
    day: np.ndarray
    base_cents: np.ndarray
    add_on_cents: np.ndarray

    @property
    def cents(self) -> np.ndarray:
        """Allowed amount of the base and its add-ons."""
        return self.base_cents + self.units * self.add_on_cents

    @property
    def seconds(self) -> np.ndarray:
        """Seconds that the units stand for."""
        block = self.family.add_on.seconds if self.family.add_on else 0
        return self.reached * self.family.base.seconds + self.units * block

    @property
    def over_seconds(self) -> np.ndarray:
        """Seconds of whole blocks beyond the cap."""
        return self.over * (self.family.add_on.seconds if self.family.add_on else 0)


def payees(question: Question) -> pd.DataFrame:
    """Per patient what the price depends on: locality, facility, qualifying_apm, paid_percent."""
    panel, rules = question.panel, question.rules
    practices, staff = panel.facts.practices, panel.facts.staff
    places = [row["place_of_service_code"] for row in rules.tables["facility_places"]]
    facility = (practices.setting == "facility") | practices.place_of_service_code.isin(places)
    percent = staff.role.map({name: row.get("paid_percent", 100) for name, row in rules.by_name("roles").items()})
    return pd.DataFrame({
        "locality": practices.medicare_locality.fillna("").to_numpy(object)[panel.practice],
        "facility": facility.to_numpy()[panel.practice],
        "qualifying_apm": staff.qualifying_apm.to_numpy()[panel.practitioner],
        "paid_percent": percent.to_numpy(np.int64)[panel.practitioner],
    })  # fmt: skip


def attested(question: Question, kind: str, levels: tuple[str, ...] = ()) -> np.ndarray:
    """Patients for whom a practitioner attested `kind` for this month, at one of `levels` when any are named."""
    panel, rows = question.panel, question.panel.facts.attestations
    roles = [name for name, row in question.rules.by_name("roles").items() if row["clock"] == "practitioner"]
    practitioner = panel.facts.staff.role.isin(roles).to_numpy()
    by = practitioner[positions(rows.staff_id, panel.facts.staff.staff_id)]
    said = (rows.kind == kind) & (rows.service_month == str(panel.month)) & by
    if levels:
        said &= rows.level.isin(levels)
    return panel.has(panel.number(rows)[said.to_numpy()])


def option(family: Family, timeline: Timeline, who: pd.DataFrame, prices: Prices, allowed: np.ndarray) -> Option:
    """What `family` would bill for the counted seconds of `timeline`, for the patients `allowed` to use it."""
    patient, day = timeline.day_reached(family.base.seconds)
    patient, day = patient[allowed[patient]], day[allowed[patient]]
    units, over = _units(family, timeline.total[patient])
    prices_of = [prices.cents(code.code, who.iloc[patient], day) if code else 0 for code in (family.base, family.add_on)]
    size = timeline.panel.size
    return Option(family, timeline.panel.has(patient), *(
        _spread(size, patient, values) for values in (units, over, day, *prices_of)
    ))  # fmt: skip


def _units(family: Family, seconds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whole add-on blocks beyond the base, and how many of them are over the cap."""
    if not family.add_on:
        return np.zeros_like(seconds), np.zeros_like(seconds)
    blocks = (seconds - family.base.seconds) // family.add_on.seconds
    units = blocks if family.add_on.cap is None else np.minimum(blocks, family.add_on.cap)
    return units, blocks - units


def allowed_cents(
    question: Question, options: list[Option], patient: np.ndarray, pool: np.ndarray, practitioner: np.ndarray
) -> np.ndarray:
    """What each of `patient` would be allowed with these seconds, priced on the month's last day, best family.

    Attested complexity is taken where it is reached, as in ``choose``.
    """
    who, prices = payees(question).iloc[patient], Prices(question.rules)
    day = np.full(len(patient), day_number(question.panel.month.last))
    best = np.zeros(len(patient), np.int64)
    for family in reversed([option.family for option in options]):
        seconds = practitioner if family.clock == "practitioner" else pool
        reached = seconds >= family.base.seconds
        cents = prices.cents(family.base.code, who, day)
        if family.add_on:
            cents = cents + np.where(reached, _units(family, seconds)[0], 0) * prices.cents(family.add_on.code, who, day)
        if family.attestation:
            reached &= attested(question, family.attestation, family.levels)[patient]
            best = np.where(reached, cents, best)
        best = np.where(reached, np.maximum(best, cents), best) if not family.attestation else best
    return best


def _spread(size: int, patient: np.ndarray, values) -> np.ndarray:
    result = np.zeros(size, np.int64)
    result[patient] = values
    return result


def choose(options: list[Option]) -> np.ndarray:
    """Number of the option billed per patient, -1 where none is reached.

    A family that is chosen by attestation comes first; else the larger amount, on a tie the earlier one.
    """
    worth = [np.where(option.reached, option.cents + _first(option) * NEVER // 2, -1) for option in options]
    best = np.argmax(worth, axis=0)
    return np.where(np.max(worth, axis=0) >= 0, best, -1)


def _first(option: Option) -> bool:
    return option.family.chosen == "attested"

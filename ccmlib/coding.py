"""From counted seconds to codes and units, and which family is billed when several qualify.

Source: rulebook 6.1 and the family default of contract section 2. A family is never chosen by price in
silence: what every other one would have paid stays beside the choice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .attestation import attested
from .fees import Prices
from .panel import NEVER, day_number
from .payees import payees
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


def option(family: Family, timeline: Timeline, question: Question) -> Option:
    """What `family` would bill for the counted seconds of `timeline`, for the patients who may use it."""
    patient, day = timeline.day_reached(family.base.seconds)
    allowed = allowed_to(question, family)[patient]
    patient, day = patient[allowed], _service_day(day[allowed], patient[allowed], question)
    units, over = _units(family, timeline.total[patient])
    who, prices = question.once(payees).take(patient), question.rules.once(Prices)
    prices_of = [prices.cents(code.code, who, day) if code else 0 for code in (family.base, family.add_on)]
    size = question.panel.size
    return Option(family, question.panel.has(patient), *(
        _spread(size, patient, values) for values in (units, over, day, *prices_of)
    ))  # fmt: skip


def _service_day(reached: np.ndarray, patient: np.ndarray, question: Question) -> np.ndarray:
    """The date of service by policy: the day a threshold was `reached`, or the last day (of the month, or of life)."""
    late = question.rules.policy("service_date") == "last_day"
    return question.panel.day_asked[patient] if late else reached


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
    """What each of `patient` would be allowed with these seconds, by the family ``choose`` takes, on the last day."""
    who, prices = question.once(payees).take(patient), question.rules.once(Prices)
    day = np.full(len(patient), day_number(question.panel.month.last))
    reached, cents = [], []
    for family in (option.family for option in options):
        seconds = practitioner if family.clock == "practitioner" else pool
        reached.append((seconds >= family.base.seconds) & allowed_to(question, family)[patient])
        units = np.where(reached[-1], _units(family, seconds)[0], 0)
        add_on = prices.cents(family.add_on.code, who, day) if family.add_on else 0
        cents.append(prices.cents(family.base.code, who, day) + units * add_on)
    best = _best([option.family for option in options], reached, cents, question)
    return np.where(best < 0, 0, np.choose(np.maximum(best, 0), cents))


def allowed_to(question: Question, family: Family) -> np.ndarray:
    """The patients for whom `family` may be billed: those attested, where it asks for an attestation."""
    if not family.attestation:
        return np.ones(question.panel.size, bool)
    return attested(question, family.attestation, family.levels)


def choose(options: list[Option], question: Question) -> np.ndarray:
    """Number of the option billed per patient, -1 where none is reached.

    A family that is chosen by attestation comes first; then the one that the policy prefers; else the larger
    amount, on a tie the earlier one.
    """
    families, reached, cents = zip(*((each.family, each.reached, each.cents) for each in options), strict=True)
    return _best(families, reached, cents, question)


def _best(families, reached, cents, question: Question) -> np.ndarray:
    preferred = question.rules.policy("family_when_both_qualify")
    worth = [
        np.where(is_reached, amount + _head_start(family, preferred), -1)
        for family, is_reached, amount in zip(families, reached, cents, strict=True)
    ]
    best = np.argmax(worth, axis=0)
    return np.where(np.max(worth, axis=0) >= 0, best, -1)


def _head_start(family: Family, preferred: str) -> int:
    """More cents than any claim has, for a family that does not compete by amount."""
    if family.chosen == "attested":
        return NEVER // 2
    return NEVER // 4 if preferred == family.clock else 0


def _spread(size: int, patient: np.ndarray, values) -> np.ndarray:
    result = np.zeros(size, np.int64)
    result[patient] = values
    return result


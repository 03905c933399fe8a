"""What care management will likely cost a patient, from the fee data: the share of a usual and of a long month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from ..coding import Prices
from ..desk.one_patient import one_patient
from ..facts import MonthFacts
from ..fees import half_up
from ..panel import Panel, day_number
from ..payees import payees
from ..problem import NotInForce
from ..requirement import Question
from ..rulebook import Family, Rules
from .consents import PROGRAM

#: Payers beside Medicare, and what the letter says of each, the most favorable first.
QMB = "qmb"
OTHERS = {
    QMB: "Our records show that you are a Qualified Medicare Beneficiary. You pay nothing for this service.",
    "medicaid": "Our records show that you have Medicaid. It may pay your share.",
    "medigap": "Our records show that you have a Medigap plan. It may pay some or all of your share.",
    "commercial": "Our records show that you have other insurance. It may pay some or all of your share.",
}
NOBODY = "Our records show no other insurance. If you have one, tell us: it may pay some or all of your share."


@dataclass(frozen=True)
class Cost:
    """Cents a month: `allowed` of the base block, `most_allowed` with every add-on, and the patient's `share` of each.

    `minutes` make the base block, `most_minutes` all of them; a month of complex care costs more. `percent` is the
    patient's share; `other_insurance` is about other payers, and `nothing` whether the patient pays nothing.
    """

    allowed: int
    share: int
    most_allowed: int
    most_share: int
    minutes: int
    most_minutes: int
    percent: int
    other_insurance: str
    nothing: bool


def expected_cost(facts: MonthFacts, rules: Rules, patient_id: str) -> Cost:
    """The cost of a month like that of `facts`, priced on its last day for the patient's practice and practitioner.

    Raises NotInForce when the rules have no code or price, and Problem for a patient nobody knows.
    """
    question = Question(Panel(one_patient(facts, patient_id), facts.month), rules, PROGRAM)
    row = np.flatnonzero(question.panel.patients.patient_id == patient_id)
    family, percent = _usual(rules), rules.policy("coinsurance_percent")
    day, who = np.array([day_number(facts.month.last)]), question.once(payees).take(row)
    base = int(rules.once(Prices).cents(family.base.code, who, day)[0])
    add_on = int(rules.once(Prices).cents(family.add_on.code, who, day)[0]) if family.add_on else 0
    units = (family.add_on.cap or 0) if family.add_on else 0
    most, block = base + add_on * units, family.add_on.seconds if family.add_on else 0
    payer = _other_payer(facts, patient_id)
    return Cost(
        base, share_of(base, percent), most, share_of(most, percent), family.base.seconds // 60,
        (family.base.seconds + units * block) // 60, percent,
        OTHERS.get(payer, NOBODY), payer == QMB,
    )  # fmt: skip


def share_of(cents: int, percent: int) -> int:
    """The patient's share, half a cent upward."""
    return half_up(Decimal(cents) * percent / 100)


def _usual(rules: Rules) -> Family:
    """The family that most months are billed under: staff time, no attestation."""
    for family in rules.families:
        if family.program == PROGRAM and family.clock != "practitioner" and not family.attestation:
            return family
    raise NotInForce(f"No code for staff time is in force in {rules.month}; the letter cannot state a cost.")


def _other_payer(facts: MonthFacts, patient_id: str) -> str:
    rows, last = facts.coverage[facts.coverage.patient_id == patient_id], np.datetime64(facts.month.last)
    now = set(rows.payer[(rows.from_date <= last) & ~(rows.until_date < last)])
    return next((payer for payer in OTHERS if payer in now), "")

"""Measures that a goal may speak of: their names in a target, their units, and how their values are written."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """A measure of the extract. `words` name it in a target; `percent`: kept as a share, spoken of in percent."""

    name: str
    label: str
    words: tuple[str, ...]
    unit: str = ""
    percent: bool = False

    def shown(self, value: float) -> str:
        """A value with its unit, as a nurse writes it."""
        value = value * 100 if self.percent else value
        return f"{value:.1f}".removesuffix(".0") + self.unit


KNOWN = (
    Measured("systolic", "systolic pressure", ("systolic", "upper blood pressure"), " mmHg"),
    Measured("diastolic", "diastolic pressure", ("diastolic", "lower blood pressure"), " mmHg"),
    Measured("hba1c", "A1c", ("hba1c", "a1c", "hemoglobin a1c"), "%"),
    Measured("pdc", "days covered by refills", ("pdc", "days covered", "adherence", "refills"), "%", percent=True),
    Measured("promis_physical", "PROMIS physical health", ("promis physical", "physical health")),
    Measured("promis_mental", "PROMIS mental health", ("promis mental", "mental health")),
    Measured("ldl", "LDL", ("ldl",), " mg/dL"),
    Measured("weight", "weight", ("weight",)),
)
#: A target such as "130/80" names these two.
BLOOD_PRESSURE = ("systolic", "diastolic")


def measured(name: str) -> Measured:
    """The measure called `name`; one that is not known here is called by its own name."""
    plain = name.replace("_", " ")
    return next((each for each in KNOWN if each.name == name), Measured(name, plain, (plain,)))


def named_in(text: str, names: list[str]) -> Measured | None:
    """The measure, of the known ones and of `names`, that a text speaks of: the one named by the longest word."""
    flat = f" {_flat(text)} "
    every = [*KNOWN, *(measured(name) for name in names)]
    found = [(len(word), each) for each in every for word in each.words if f" {_flat(word)} " in flat]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _flat(text: str) -> str:
    """Letters and figures in lower case; a hyphen joins, so that PHQ-9 is phq9."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("-", ""))

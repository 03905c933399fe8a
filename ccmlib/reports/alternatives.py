"""The ways to bill that were not taken, and what they would have paid: no family is chosen in silence."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from .. import wording
from ..close import MonthClose
from ..coding import Option
from ..program_close import ProgramClose
from .patient_month import named
from .section import Section, card, empty
from .table import MONEY, WORD, table

COLUMNS = ["patient", "taken", "cents", "other", "other_cents", "why"]


def alternatives(close: MonthClose) -> Section:
    """A row per billed patient and family that was reached and not taken."""
    frame = alternatives_frame(close)
    if frame.empty:
        return empty("No patient who is billed had a second way to bill.")
    looks = {"Patient": WORD, "Billed": WORD, "Pays": MONEY, "Not taken": WORD, "Would pay": MONEY}
    count = wording.times(len(frame), "other way to bill", "other ways to bill")
    says = f"{count}, recorded and not taken. One family is billed a month."
    return Section(says, (card(table(frame, "Alternatives recorded", looks)),))


def alternatives_frame(close: MonthClose) -> pd.DataFrame:
    """The alternatives with human column titles; money in cents."""
    rows = pd.concat([others(program) for program in close.programs]).sort_values("patient", kind="stable")
    return pd.DataFrame({
        "Patient": named(close, rows.patient), "Billed": rows.taken, "Pays": rows.cents, "Not taken": rows.other,
        "Would pay": rows.other_cents, "Why this one": rows.why,
    })  # fmt: skip


def others(program: ProgramClose) -> pd.DataFrame:
    """patient, taken, cents, other, other_cents, why; a row for each family that a billed patient reached beside."""
    rows = [
        row
        for taken, other in product(range(len(program.options)), repeat=2)
        if taken != other
        for row in _rows(program, taken, other)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(program: ProgramClose, taken: int, other: int) -> list[tuple]:
    one, two = program.options[taken], program.options[other]
    patients = np.flatnonzero(~program.blocked & (program.chosen == taken) & two.reached)
    return [
        (n, _codes(one, n), int(one.cents[n]), _codes(two, n), int(two.cents[n]), _why(one, two, n)) for n in patients
    ]


def _codes(option: Option, patient: int) -> str:
    units = option.units[patient]
    return f"{option.family.base.code} ×1" + (f", {option.family.add_on.code} ×{units}" if units else "")


def _why(taken: Option, other: Option, patient: int) -> str:
    if taken.family.attestation:
        return "complexity is attested for the month"
    return (
        "it pays more"
        if taken.cents[patient] > other.cents[patient]
        else "the amounts are equal; staff time comes first"
    )

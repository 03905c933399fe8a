"""The money each hold keeps back, in cents: what would be billed more if just this were mended.

A patient's first hold keeps back all that the counted time would bill, or the first code when time is all
that is missing; held seconds that can be corrected keep back what they would add. Priced as of the month's
last day. Every cent stands with one reason only, so that the column sums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .coding import allowed_cents
from .minutes import CLOCKS, FATE, PRACTITIONER
from .order import first_of_run
from .requirement import HOLD

if TYPE_CHECKING:
    from .program_close import ProgramClose


def kept_back(program: ProgramClose) -> np.ndarray:
    """Cents per row of ``program.hold_rows``."""
    rows = program.hold_rows
    patient, reason = rows.patient.to_numpy(), rows.reason
    asked = {unmet.reason for each in program.requirements for unmet in each.unmet}
    whole = ((rows.severity == HOLD) & reason.isin(asked)).to_numpy()
    alone = np.bincount(patient[whole], minlength=len(program.chosen)) == 1
    short = program.with_time & (program.chosen < 0) & alone
    cents = np.zeros(len(rows), np.int64)
    first = np.flatnonzero(whole)[first_of_run(patient[whole])]
    left = first_hold_cents(program, short)
    for name in mendable(program):
        added = added_by(program, name, short | ~program.blocked)
        held = np.flatnonzero(reason == name)
        cents[held] = added[patient[held]]
        left = left - np.where(short, added, 0)
    cents[first] = np.maximum(left[patient[first]], 0)
    return cents


def mendable(program: ProgramClose) -> list[str]:
    """Reasons of held seconds that a correction can release."""
    reasons = program.question.rules.by_name("reasons")
    return [name for name in FATE if name in reasons and reasons[name]["mendable"]]


def first_hold_cents(program: ProgramClose, short: np.ndarray) -> np.ndarray:
    """What the counted time would bill; for the `short` of time the cheapest way to bill at all."""
    size = len(program.chosen)
    cents = np.bincount(program.lines.patient, weights=program.lines.allowed_cents, minlength=size).astype(np.int64)
    patient = np.flatnonzero(short)
    base = min(option.family.base.seconds for option in program.options)
    cents[patient] = allowed_cents(program.question, program.options, patient, np.full(len(patient), base), 0 * patient)
    return cents


def added_by(program: ProgramClose, reason: str, asked: np.ndarray) -> np.ndarray:
    """What the patients `asked` would bill more with the seconds held for `reason`."""
    held = np.flatnonzero(program.pieces.fate == FATE[reason])
    clock, patient = program.entries.clock.to_numpy()[program.pieces.entry[held]], program.patient_of_piece[held]
    size, seconds = len(program.chosen), program.pieces.seconds[held]
    own, staff = (
        np.bincount(patient[clock == number], weights=seconds[clock == number], minlength=size).astype(np.int64)
        for number in (PRACTITIONER, CLOCKS.index("clinical_staff"))
    )
    rows = np.flatnonzero(asked & (own + staff > 0))
    pool, practitioner = (program.timelines[name].total[rows] for name in ("pool", "practitioner"))
    question, options = program.question, program.options
    then = allowed_cents(question, options, rows, pool + (own + staff)[rows], practitioner + own[rows])
    result = np.zeros(size, np.int64)
    result[rows] = then - allowed_cents(question, options, rows, pool, practitioner)
    return result

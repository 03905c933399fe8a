"""Who is a few minutes short of the next base code or further block, and what that unit would be worth."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import wording
from ..close import MonthClose
from ..coding import Option, allowed_cents, attested
from ..program_close import ProgramClose
from ..requirement import HOLD
from .markup import html_column, joined, muted
from .patient_month import named
from .section import Section, card, empty
from .table import CLOCK, MONEY, WORD, Look, summed, table

#: How many minutes short is near; a choice of this report, no rule.
NEAR_MINUTES = 5
STEP_COLUMNS = ["patient", "program", "counted", "short", "code", "cents"]


def near(close: MonthClose) -> Section:
    """The list, shortest way first."""
    steps = near_steps(close)
    if steps.empty:
        return empty(f"Nobody is under {NEAR_MINUTES} minutes short of the next block.")
    frame = near_frame(close, steps)
    looks = {"Patient": WORD, "Counted": CLOCK, "Short by": Look(wording.spoken, "n"), "Worth": MONEY}
    says = (
        f"{wording.times(len(frame), 'patient')} under {NEAR_MINUTES} minutes short of the next block."
        " Log work that was done and not written down; time is not carried into another month."
    )
    return Section(says, (card(table(frame, "Near the next threshold", looks, summed(frame, "Total", "Worth"))),))


def near_frame(close: MonthClose, steps: pd.DataFrame) -> pd.DataFrame:
    """The steps with human column titles; time in seconds, money in cents."""
    codes = close.rules.codes
    return pd.DataFrame({
        "Patient": named(close, steps.patient), "Counted": steps.counted, "Short by": steps.short,
        "What it would bill": html_column(joined([code, " ", muted(codes[code].label)]) for code in steps.code),
        "Worth": steps.cents,
    })  # fmt: skip


def near_steps(close: MonthClose) -> pd.DataFrame:
    """patient, program, counted, short (seconds), code, cents: each patient's nearest step, shortest first.

    Of two steps equally short the one of the family listed first is taken, as the close itself does.
    Asked of patients who are billed, and of those who are held for too little time and for nothing else.
    """
    found = pd.concat([_steps(program).assign(program=number) for number, program in enumerate(close.programs)])
    found = found.sort_values(["patient", "program", "short"], kind="stable").drop_duplicates(["patient", "program"])
    return found.sort_values(["short", "patient"], ignore_index=True)[STEP_COLUMNS]


def _steps(program: ProgramClose) -> pd.DataFrame:
    asked = _asked(program)
    steps = pd.concat([_step(program, option, asked) for option in program.options])
    return steps[steps.cents > 0]


def _asked(program: ProgramClose) -> np.ndarray:
    others = [
        each.patients for requirement in program.requirements for each in requirement.unmet
        if each.severity == HOLD and each.reason != "below_threshold"
    ]  # fmt: skip
    return program.with_time & ~np.logical_or.reduce(others)


def _step(program: ProgramClose, option: Option, asked: np.ndarray) -> pd.DataFrame:
    """The next block of one family: how short, and by how much the month would bill more."""
    family, question = option.family, program.question
    if family.attestation:
        asked = asked & attested(question, family.attestation, family.levels)
    goal = _goal(option)
    short = goal - program.timelines[family.clock].total
    patient = np.flatnonzero(asked & (short > 0) & (short < NEAR_MINUTES * 60))
    pool, own = (program.timelines[name].total[patient] for name in ("pool", "practitioner"))
    more = short[patient]
    then = allowed_cents(question, program.options, patient, pool + more, own + more * (family.clock == "practitioner"))
    code = np.where(option.reached[patient], family.add_on.code if family.add_on else "", family.base.code)
    return pd.DataFrame({
        "patient": patient, "counted": program.timelines[family.clock].total[patient], "short": more,
        "code": code.astype(object), "cents": then - allowed_cents(question, program.options, patient, pool, own),
    })  # fmt: skip


def _goal(option: Option) -> np.ndarray:
    """Seconds of the next unit per patient; none below zero where the cap is reached or nothing can be added."""
    base, add_on = option.family.base, option.family.add_on
    if not add_on:
        return np.where(option.reached, 0, base.seconds)
    open_ = option.units < (add_on.cap if add_on.cap is not None else np.inf)
    further = base.seconds + (option.units + 1) * add_on.seconds
    return np.where(option.reached, np.where(open_, further, 0), base.seconds)

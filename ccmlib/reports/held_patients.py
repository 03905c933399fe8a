"""The work list: every held patient, why in words, what would mend it and who can; most money first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from .. import wording
from ..close import MonthClose
from ..program_close import ProgramClose
from ..requirement import HOLD, Requirement
from ..sentences import SENTENCES
from .chip import reason_chip, who
from .markup import Html, html_column, joined, paragraphs
from .patient_month import held_rows, named, patient_months
from .section import Section, card, empty
from .table import CLOCK, MONEY_OR_DASH, WORD, summed, table

#: Reasons whose own words say more than the sentence of their requirement, which counts what is coded.
GENERAL = ("diagnosis_not_coded",)


def held_patients(close: MonthClose) -> Section:
    """The list, sorted by the money kept back."""
    months = patient_months(close)
    ready = int((~months.held).sum())
    if not months.held.any():
        return empty(f"Nobody is held. {wording.times(ready, 'patient')} {'is' if ready == 1 else 'are'} ready.")
    frame = held_frame(close)
    looks = {"Patient": WORD, "Logged": CLOCK, "Kept back": MONEY_OR_DASH}
    says = f"{wording.times(len(frame), 'held patient')}, sorted by the money kept back. Time is minutes and seconds."
    return Section(says, (card(table(frame, "Held patients", looks, summed(frame, "Total", "Logged", "Kept back"))),))


def held_frame(close: MonthClose) -> pd.DataFrame:
    """A row per held patient with human column titles; time in seconds, money in cents."""
    months = patient_months(close)
    months = months[months.held].sort_values(["kept_back_cents", "logged", "patient"], ascending=[False, False, True])
    why = {key: list(_why(close, key, rows)) for key, rows in held_rows(close).groupby(["program", "patient"])}
    told = [why[key] for key in zip(months.program, months.patient, strict=True)]
    return pd.DataFrame({
        "Patient": named(close, months.patient),
        "Why": html_column(paragraphs(says for says, _ in each) for each in told),
        "What would mend it": html_column(paragraphs(mend for _, mend in each) for each in told),
        "Logged": months.logged.to_numpy(), "Kept back": months.kept_back_cents.to_numpy(),
    })  # fmt: skip


def _why(close: MonthClose, key: tuple[int, int], rows: pd.DataFrame) -> Iterator[tuple[Html, Html]]:
    """Why, and what would mend it, one pair a reason: first the ones with money, then in the order of the rules."""
    number, patient = key
    program, reasons = close.programs[number], close.rules.by_name("reasons")
    for row in rows.sort_values("kept_back_cents", ascending=False, kind="stable").itertuples():
        reason = reasons[row.reason]
        says = failed_sentence(program, row.reason, patient) if row.reason not in GENERAL else reason["says"]
        says = says or f"{wording.clock(row.seconds)} not counted. {reason['says']}"
        yield joined([reason_chip(reason), " ", says]), joined([reason["mend"], " ", who(reason)])


def failed_sentence(program: ProgramClose, reason: str, patient: int) -> str:
    """The sentence of the requirement that holds `patient` for `reason`; nothing when none does."""
    for requirement in program.requirements:
        if any(
            each.reason == reason and each.severity == HOLD and each.patients[patient] for each in requirement.unmet
        ):
            return _sentence(requirement, program, patient)
    return ""


def _sentence(requirement: Requirement, program: ProgramClose, patient: int) -> str:
    failed = [each for each in requirement.unmet if each.patients[patient]]
    facts = {name: np.asarray(values)[patient] for name, values in requirement.evidence.items()}
    return SENTENCES[requirement.name](facts, failed, program.question, patient)

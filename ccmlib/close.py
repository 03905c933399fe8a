"""``close_month``: from the facts of a month and the rules in force to claims, holds and every second's fate.

Pure: no clock, no store, no file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from .claim_line import COLUMNS
from .entries import month_entries
from .evidence import evidence_of
from .facts import MonthFacts
from .kept_back import kept_back
from .panel import Panel
from .program_close import ProgramClose, close_program
from .requirement import Question
from .rulebook import Rules

HOLD_COLUMNS = [
    "practice_id", "patient_id", "program", "reason", "severity", "seconds", "evidence", "kept_back_cents",
]  # fmt: skip
SECOND_COLUMNS = ["practice_id", "patient_id", "program", "clock", "logged", "claimed", "held"]


@dataclass(frozen=True)
class MonthClose:
    """What was decided of a month, and why. Frames have the columns of the public contract."""

    panel: Panel
    rules: Rules
    programs: list[ProgramClose]

    @cached_property
    def claim_lines(self) -> pd.DataFrame:
        """One row per patient, program and code that is billed."""
        lines = pd.concat([program.claim_lines for program in self.programs])
        return _by_patient(lines)[COLUMNS]

    @cached_property
    def holds(self) -> pd.DataFrame:
        """One row per patient, program, reason and severity; `kept_back_cents` is the money a reason keeps back."""
        rows = [
            program.hold_rows.astype({"reason": object, "severity": object}).assign(
                program=program.question.program,
                evidence=evidence_of(program),
                kept_back_cents=kept_back(program),
            )
            for program in self.programs
        ]
        return self._named(pd.concat(rows))[HOLD_COLUMNS]

    @cached_property
    def seconds(self) -> pd.DataFrame:
        """Seconds logged, claimed and held per patient, program and clock; logged = claimed + held."""
        rows = [program.seconds.assign(program=program.question.program) for program in self.programs]
        return self._named(pd.concat(rows))[SECOND_COLUMNS]

    def _named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """`rows` with the ids of their patients, in the order of the panel and then of the program."""
        rows, patients = _by_patient(rows), self.panel.patients
        return rows.assign(**{name: patients[name].array.take(rows.patient) for name in ("practice_id", "patient_id")})

    def write(self, folder: Path) -> list[Path]:
        """The three files of the contract in `folder`; the same decision gives the same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        files = {name: folder / f"{name}.csv" for name in ("claim_lines", "holds", "seconds")}
        for name, path in files.items():
            getattr(self, name).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
        return list(files.values())


def _by_patient(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` of one program after another, each in order of patient, as one table in order of patient, then program."""
    return rows.take(np.argsort(rows.patient.to_numpy(), kind="stable")).reset_index(drop=True)


def close_month(facts: MonthFacts, rules: Rules) -> MonthClose:
    """Decide the month of `facts` under `rules`.

    Raises NotInForce when the rules do not cover the month or lack a price that is needed, and Problem when
    a fact points to a patient, staff member or practice that the facts do not contain.
    """
    panel = Panel(facts, facts.month)
    programs = rules.programs
    entries = month_entries(panel, rules)
    return MonthClose(panel, rules, [close_program(Question(panel, rules, name), entries) for name in programs])

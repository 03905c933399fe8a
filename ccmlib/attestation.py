"""What practitioners attested for the month: how complex their decisions were, say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .ids import positions
from .requirement import Question


@dataclass(frozen=True)
class Attestations:
    """The practitioners' attestations for the month: rows of the facts, and whose they are."""

    rows: pd.DataFrame
    patient: np.ndarray


def attested(question: Question, kind: str, levels: tuple[str, ...] = ()) -> np.ndarray:
    """Patients for whom a practitioner attested `kind` for this month, at one of `levels` when any are named."""
    found = question.once(_attestations)
    said = found.rows.kind == kind
    if levels:
        said &= found.rows.level.isin(levels)
    return question.panel.has(found.patient[said.to_numpy()])


def _attestations(question: Question) -> Attestations:
    panel, rows = question.panel, question.panel.facts.attestations
    roles = [name for name, row in question.rules.by_name("roles").items() if row["clock"] == "practitioner"]
    now = np.flatnonzero(rows.service_month == str(panel.month))
    by = panel.facts.staff.role.isin(roles).to_numpy()[positions(rows.staff_id.iloc[now], panel.facts.staff.staff_id)]
    return Attestations(rows[["kind", "level"]].iloc[now[by]], panel.patient_of("attestations")[now[by]])

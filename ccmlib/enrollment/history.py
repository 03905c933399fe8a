"""A patient's consents in words: to whom, how, which statements, and until when."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from .. import wording
from ..care_plan.item import text_of
from ..desk.day import Day
from .consents import STATEMENTS, takes_effect


@dataclass(frozen=True)
class Given:
    """One consent: `missing` are the statements that were not explained, `ends` says of a withdrawal what it means."""

    consent_id: str
    program: str
    words: str
    missing: list[str]
    ends: str

    @property
    def stands(self) -> bool:
        """Whether it is not withdrawn."""
        return not self.ends


def history(consents: pd.DataFrame, staff: pd.DataFrame, patient_id: str, day: Day) -> list[Given]:
    """The patient's consents, newest first; `consents` and `staff` are rows of those tables."""
    names = staff.set_index("staff_id")["name"]
    rows = consents[consents.patient_id == patient_id].sort_values(["given_at", "consent_id"], ascending=False)
    return [_given(row, names, day) for row in rows.itertuples()]


def _given(row, names: pd.Series, day: Day) -> Given:
    by = text_of(row.recorded_by)
    recorded = f", recorded by {names.get(by, by)}" if by else ""
    words = (
        f"{wording.moment(day.local(row.given_at))}, {row.method}, to {names.get(row.staff_id, row.staff_id)}{recorded}"
    )
    missing = [says for name, says in STATEMENTS.items() if not getattr(row, name)]
    return Given(row.consent_id, row.program, words, missing, _ends(row, day))


def _ends(row, day: Day) -> str:
    if pd.isna(row.revoked_at):
        return ""
    last = takes_effect(row.revoked_at.to_pydatetime(), day.time_zone)
    return f"Withdrawn {wording.moment(day.local(row.revoked_at))}, effective at the end of {wording.date(last)}"

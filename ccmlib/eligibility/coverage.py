"""Medicare Part B, and no Medicare Advantage plan in its place, on the day asked (rulebook E4)."""

from __future__ import annotations

from ..panel import days
from ..requirement import HOLD, Question, Requirement, Unmet


def coverage(question: Question) -> Requirement:
    """Unmet (`no_part_b`) when the day asked is not covered by Part B alone."""
    panel = question.panel
    rows, patient = panel.facts.coverage, panel.patient_of("coverage")
    asked = panel.day_asked[patient]
    until = days(rows.until_date)  # an open row lasts for ever
    on_day = (days(rows.from_date) <= asked) & (asked <= until)
    part_b, advantage = (
        panel.has(patient[on_day & (rows.payer == payer).to_numpy()])
        for payer in ("medicare_part_b", "medicare_advantage")
    )
    unmet = Unmet("no_part_b", HOLD, ~part_b | advantage)
    return Requirement("coverage", (unmet,), {"part_b": part_b, "advantage": advantage, "day_asked": panel.day_asked})

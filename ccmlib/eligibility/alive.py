"""The patient lived in the month; time after death never counts (rulebook T9)."""

from __future__ import annotations

from ..minutes import FATE
from ..panel import NEVER
from ..requirement import HOLD, Question, Requirement, Unmet, windows


def alive(question: Question) -> Requirement:
    """Unmet (`deceased`) when the patient died before the month began."""
    panel = question.panel
    first, last = panel.bounds
    in_month = ((panel.died >= first) & (panel.died < last)).nonzero()[0]
    return Requirement(
        "alive",
        (Unmet("deceased", HOLD, panel.died < first),),
        {"died_at": panel.died},
        windows(in_month, panel.died[in_month], last[in_month], FATE["after_death"]),
        panel.died < NEVER,
    )

"""What a patient and program must show before a month can be billed: one small file a requirement."""

from __future__ import annotations

from ..conflicts import conflicts, enrolled_elsewhere
from ..requirement import HOLD, REVIEW, Question, Requirement, Unmet
from .alive import alive
from .care_plan import care_plan
from .conditions import conditions
from .consent import consent
from .coverage import coverage
from .initiating_visit import initiating_visit
from .risk import risk
from .stays import stays

__all__ = ["HOLD", "REQUIREMENTS", "REVIEW", "Question", "Requirement", "Unmet", "judge"]

#: The requirements by the name that ``requirements.toml`` uses.
REQUIREMENTS = {
    function.__name__: function
    for function in (
        alive, consent, coverage, enrolled_elsewhere, conditions, initiating_visit, care_plan, stays, conflicts, risk,
    )
}


def judge(question: Question) -> list[Requirement]:
    """Every requirement of the program in force this month, asked of every patient, in the order of the data."""
    rows = question.rules.rows("requirements", program=question.program)
    return [question.once(REQUIREMENTS[row["name"]]) for row in rows]

"""Reviews of a claim as a whole: perhaps complex, or more units than the edit allows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .attestation import attested
from .claim_line import seconds_beyond_mue
from .coding import Option
from .hold import HoldRows, mark_rows
from .requirement import Question


def claim_reviews(
    question: Question,
    options: list[Option],
    chosen: np.ndarray,
    ready: np.ndarray,
    lines: pd.DataFrame,
    counted: np.ndarray,
) -> list[HoldRows]:
    """The rows of the patients `ready` to be billed; `counted` are each patient's counted seconds."""
    candidate, above = complex_candidate(question, options, chosen, counted), seconds_beyond_mue(lines, question)
    return [
        mark_rows("complex_candidate", candidate & ready, counted),
        mark_rows("mue_exceeded", (above > 0) & ready, above),
    ]


def complex_candidate(question: Question, options: list[Option], chosen: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Billed as clinical staff time, with time enough for complex care, never asked about or with time left over."""
    candidate = np.zeros(len(chosen), bool)
    for option in (each for each in options if each.family.attestation):
        asked = attested(question, option.family.attestation)
        enough = counted >= option.family.base.seconds
        candidate |= enough & ~option.reached & (~asked | _over_the_cap(options, chosen))
    return candidate & np.isin(chosen, [number for number, each in enumerate(options) if each.family.clock == "pool"])


def _over_the_cap(options: list[Option], chosen: np.ndarray) -> np.ndarray:
    return np.logical_or.reduce([(chosen == number) & (each.over > 0) for number, each in enumerate(options)])

"""A rehearsal: what the audit would say if everything that is to be looked at had no support at all."""

from __future__ import annotations

import pandas as pd

from ...requirement import REVIEW
from ..sample import Sample
from ..worksheet import MISSING_PAPER, OK

NOTE = "rehearsal: has a review row"


def rehearsed(sample: Sample, holds: pd.DataFrame) -> pd.DataFrame:
    """The sample's worksheet, filled in by rule and by nobody: a unit with a review row is missing_paper, others ok.

    `holds` has patient_id, service_month, program and severity. It is the worst case of the known doubts, says nothing
    about unknown ones, and is no audit.
    """
    keys = ["patient_id", "service_month", "program"]
    doubted = pd.MultiIndex.from_frame(holds.loc[holds.severity == REVIEW, keys])
    sheet = sample.worksheet()
    hit = pd.MultiIndex.from_frame(sheet[keys]).isin(doubted)
    return sheet.assign(
        finding=pd.Series(hit).map({True: MISSING_PAPER, False: OK}), note=pd.Series(hit).map({True: NOTE, False: ""})
    )

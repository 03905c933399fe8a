"""The stretches of the month that no consent covers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..intervals import SPAN, union
from ..minutes import FATE
from ..order import first_of_run
from ..panel import Panel
from ..requirement import windows


def uncovered(given: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """Windows before the first of the consents `given` (see ``chosen_consents``), and after each withdrawal."""
    patient, (first, last) = given.patient.to_numpy(), panel.bounds
    shift = patient * SPAN - panel.origin
    start = np.clip(given.given, first[patient], last[patient]).to_numpy() + shift
    end = np.clip(given.revoked, first[patient], last[patient]).to_numpy() + shift
    start, end = union(start[start < end], end[start < end])
    owner = start // SPAN
    shift = owner * SPAN - panel.origin
    start, end = start - shift, end - shift
    opening = first_of_run(owner)
    following = np.where(np.append(owner[1:] == owner[:-1], False)[: len(owner)], np.append(start[1:], 0), last[owner])
    nothing = np.flatnonzero(panel.has(patient) & ~panel.has(owner))  # withdrawn with the month's first second
    ended = panel.has(patient[given.revoked.to_numpy() <= first[patient]])  # an earlier consent was withdrawn
    return pd.concat([
        windows(
            owner[opening], first[owner][opening], start[opening],
            np.where(ended[owner][opening], FATE["after_revocation"], FATE["before_consent"]),
        ),
        windows(owner, end, following, FATE["after_revocation"]),
        windows(nothing, first[nothing], last[nothing], FATE["after_revocation"]),
    ])  # fmt: skip

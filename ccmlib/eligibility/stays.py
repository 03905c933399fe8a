"""Time during an inpatient or Part A nursing-facility stay does not count; a month spent there is not billed.

Source: rulebook section 2, facility rules (AAFP 2015 reporting CMS).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..ids import positions
from ..intervals import SPAN, union
from ..minutes import FATE
from ..panel import Panel, instants
from ..requirement import HOLD, Question, Requirement, Unmet, windows


def stays(question: Question) -> Requirement:
    """Unmet (`facility_month`) when stays cover the whole month, or what the patient lived of it."""
    panel = question.panel
    inside = month_stays(panel, question.rule("stays")["kinds"])
    patient = inside.patient.to_numpy()
    first, last = panel.bounds
    lived = np.clip(panel.died, first, last) - first
    held = np.bincount(patient, weights=inside.until - inside.from_, minlength=panel.size).astype(np.int64)
    whole = (lived > 0) & (held == lived)
    partly = inside[~whole[patient]]
    return Requirement(
        "stays",
        (Unmet("facility_month", HOLD, whole),),
        {"stay_seconds": held},
        windows(partly.patient, partly.from_, partly.until, FATE["during_stay"]),
    )


def month_stays(panel: Panel, kinds: list[str]) -> pd.DataFrame:
    """The stays of these kinds as disjoint stretches inside the month and the patient's life."""
    visits = panel.facts.encounters
    row = np.flatnonzero(positions(visits.kind, kinds) >= 0)
    rows, patient = visits[["started_at", "ended_at"]].iloc[row], panel.patient_of("encounters")[row]
    first, last = panel.bounds
    first, last = first[patient], np.clip(panel.died, first, last)[patient]
    start, end = np.clip(instants(rows.started_at), first, last), np.clip(instants(rows.ended_at), first, last)
    shift = patient * SPAN - panel.origin
    start, end = union((start + shift)[start < end], (end + shift)[start < end])
    owner = start // SPAN
    back = owner * SPAN - panel.origin
    return pd.DataFrame({"patient": owner, "from_": start - back, "until": end - back})

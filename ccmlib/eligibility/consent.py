"""Consent to this program and this practitioner, complete, before the first counted second (rulebook section 4)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..intervals import SPAN, union
from ..minutes import FATE
from ..panel import NEVER, Panel, instants, positions
from ..requirement import HOLD, Question, Requirement, Unmet, windows

#: How good a consent is: to this practitioner and complete, to this one, to another and complete, to another.
OURS_COMPLETE, OURS, OTHER_COMPLETE, OTHER = 3, 2, 1, 0


def consent(question: Question) -> Requirement:
    """Unmet: never given, withdrawn before the month, given to another practitioner, or lacking a statement.

    The best kind of consent that a patient has is the one judged; of that kind every one opens a window
    from the moment it was given until it was revoked, and seconds outside them do not count.
    """
    panel = question.panel
    given = chosen_consents(question)
    best = np.full(panel.size, -1)
    best[given.patient] = given.grade
    open_ = panel.has(given.patient[given.revoked >= panel.bounds[0][given.patient]])
    start = given[open_[given.patient] & (given.revoked >= panel.bounds[0][given.patient]) | ~open_[given.patient]]
    start = start.drop_duplicates("patient", keep="first")
    return Requirement(
        "consent",
        (
            Unmet("not_consented", HOLD, best < 0),
            Unmet("consent_revoked", HOLD, (best >= 0) & ~open_),
            Unmet("consent_other_practitioner", HOLD, (best >= 0) & (best <= OTHER_COMPLETE)),
            Unmet("consent_incomplete", HOLD, (best == OURS) | (best == OTHER)),
        ),
        _evidence(start, panel),
        _uncovered(given[open_[given.patient]], panel),
        best >= 0,
    )


def chosen_consents(question: Question) -> pd.DataFrame:
    """The consents judged, in order of patient and time: patient, given, revoked (UTC seconds), grade, row, missing."""
    panel, statements = question.panel, question.rule("consent")["statements"]
    rows = panel.facts.consents
    found = pd.DataFrame({
        "patient": panel.number(rows), "given": instants(rows.given_at), "revoked": instants(rows.revoked_at),
        "row": np.arange(len(rows)), "consent_id": rows.consent_id.to_numpy(), "method": rows.method.to_numpy(),
    })  # fmt: skip
    said = rows[statements].to_numpy(bool)
    ours = _to_the_practitioner(rows, found.patient.to_numpy(), panel)
    found["grade"] = 2 * ours + said.all(axis=1)
    found["missing"] = _missing(said, statements)
    before = found.given < panel.bounds[1][found.patient]
    found = found[before & (rows.program == question.program).to_numpy()]
    found = found[found.grade == found.groupby("patient").grade.transform("max")]
    return found.sort_values(["patient", "given", "consent_id"], ignore_index=True)


def _missing(said: np.ndarray, statements: list[str]) -> np.ndarray:
    missing = np.full(len(said), "", object)
    for row in np.flatnonzero(~said.all(axis=1)):
        missing[row] = ";".join(name for name, told in zip(statements, said[row], strict=True) if not told)
    return missing


def _to_the_practitioner(rows: pd.DataFrame, patient: np.ndarray, panel: Panel) -> np.ndarray:
    """Given to the patient's billing practitioner: the same staff member, or the same NPI."""
    npi = panel.facts.staff.npi.fillna("").to_numpy()
    staff, practitioner = positions(rows.staff_id, panel.facts.staff.staff_id), panel.practitioner[patient]
    return (staff == practitioner) | ((npi[staff] == npi[practitioner]) & (npi[practitioner] != ""))


def _uncovered(given: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """The stretches of the month outside every consent: before the first one, and after each withdrawal."""
    patient, (first, last) = given.patient.to_numpy(), panel.bounds
    shift = patient * SPAN - panel.origin
    start = np.clip(given.given, first[patient], last[patient]).to_numpy() + shift
    end = np.clip(given.revoked, first[patient], last[patient]).to_numpy() + shift
    start, end = union(start[start < end], end[start < end])
    owner = start // SPAN
    shift = owner * SPAN - panel.origin
    start, end = start - shift, end - shift
    opening = np.append(True, owner[1:] != owner[:-1])[: len(owner)]
    following = np.where(np.append(owner[1:] == owner[:-1], False)[: len(owner)], np.append(start[1:], 0), last[owner])
    nothing = np.setdiff1d(patient, owner)  # withdrawn with the month's first second
    ended = panel.has(patient[given.revoked.to_numpy() <= first[patient]])  # an earlier consent was withdrawn
    return pd.concat([
        windows(
            owner[opening], first[owner][opening], start[opening],
            np.where(ended[owner][opening], FATE["after_revocation"], FATE["before_consent"]),
        ),
        windows(owner, end, following, FATE["after_revocation"]),
        windows(nothing, first[nothing], last[nothing], FATE["after_revocation"]),
    ])  # fmt: skip


def _evidence(start: pd.DataFrame, panel: Panel) -> dict[str, np.ndarray]:
    patient = start.patient.to_numpy()
    evidence = {"given_at": np.full(panel.size, NEVER), "revoked_at": np.full(panel.size, NEVER)}
    evidence["given_at"][patient], evidence["revoked_at"][patient] = start.given, start.revoked
    for name in ("consent_id", "method", "missing"):
        evidence[name] = np.full(panel.size, "", object)
        evidence[name][patient] = start[name]
    return evidence

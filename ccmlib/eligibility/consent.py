"""Consent to this program and this practitioner, complete, before the first counted second (rulebook section 4)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..ids import positions, texts
from ..order import first_of_run, in_order
from ..panel import NEVER, Panel, instants
from ..requirement import HOLD, Question, Requirement, Unmet
from .consent_windows import uncovered

#: How good a consent is: to this practitioner and complete, to this one, to another and complete, to another.
OURS_COMPLETE, OURS, OTHER_COMPLETE, OTHER = 3, 2, 1, 0
GRADES = (OTHER, OTHER_COMPLETE, OURS, OURS_COMPLETE)


def consent(question: Question) -> Requirement:
    """Unmet: never given, withdrawn before the month, given to another practitioner, or lacking a statement.

    The best kind of consent that a patient has is the one judged; of that kind every one opens a window
    from the moment it was given until it was revoked, and seconds outside them do not count.
    """
    panel, given = question.panel, question.once(chosen_consents)
    patient = given.patient.to_numpy()
    best = _best(patient, given.grade.to_numpy(), panel.size)
    in_time = given.revoked.to_numpy() >= panel.bounds[0][patient]
    open_ = panel.has(patient[in_time])
    start = given[in_time | ~open_[patient]]
    return Requirement(
        "consent",
        (
            Unmet("not_consented", HOLD, best < 0),
            Unmet("consent_revoked", HOLD, (best >= 0) & ~open_),
            Unmet("consent_other_practitioner", HOLD, (best >= 0) & (best <= OTHER_COMPLETE)),
            Unmet("consent_incomplete", HOLD, (best == OURS) | (best == OTHER)),
        ),
        _evidence(start[first_of_run(start.patient.to_numpy())], question),
        uncovered(given[open_[patient]], panel),
        best >= 0,
    )


def chosen_consents(question: Question) -> pd.DataFrame:
    """The consents judged, in order of patient and time: patient, given, revoked (UTC seconds), grade, row.

    `row` is the row in ``facts.consents``.
    """
    panel, rows = question.panel, question.panel.facts.consents
    patient, given = panel.patient_of("consents"), instants(rows.given_at)
    said = rows[_statements(question)].to_numpy(bool).all(axis=1)
    grade = 2 * _to_the_practitioner(rows, patient, panel) + said
    asked = (given < panel.bounds[1][patient]) & (rows.program == question.program).to_numpy()
    best = _best(patient[asked], grade[asked], panel.size)
    row = np.flatnonzero(asked & (grade == best[patient]))
    row = row[in_order(patient[row], given[row], row, rows.consent_id)]
    return pd.DataFrame({
        "patient": patient[row], "given": given[row], "revoked": instants(rows.revoked_at)[row], "grade": grade[row],
        "row": row,
    })  # fmt: skip


def _best(patient: np.ndarray, grade: np.ndarray, size: int) -> np.ndarray:
    """The best grade of each patient, -1 without any."""
    best = np.full(size, -1)
    for one in GRADES:
        best[patient[grade == one]] = one
    return best


def _statements(question: Question) -> list[str]:
    return question.rule("consent")["statements"]


def _to_the_practitioner(rows: pd.DataFrame, patient: np.ndarray, panel: Panel) -> np.ndarray:
    """Given to the patient's billing practitioner: the same staff member, or the same NPI."""
    staff, practitioner = positions(rows.staff_id, panel.facts.staff.staff_id), panel.practitioner[patient]
    npi = panel.facts.staff.npi
    number = pd.factorize(npi.where(npi != ""))[0]  # -1 where there is none
    return (staff == practitioner) | ((number[staff] == number[practitioner]) & (number[practitioner] >= 0))


def _missing(rows: pd.DataFrame, statements: list[str]) -> np.ndarray:
    said = rows[statements].to_numpy(bool)
    missing = np.full(len(said), "", object)
    for row in np.flatnonzero(~said.all(axis=1)):
        missing[row] = ";".join(name for name, told in zip(statements, said[row], strict=True) if not told)
    return missing


def _evidence(start: pd.DataFrame, question: Question) -> dict[str, np.ndarray]:
    panel, patient, row = question.panel, start.patient.to_numpy(), start.row.to_numpy()
    facts = panel.facts.consents
    evidence = {"given_at": np.full(panel.size, NEVER), "revoked_at": np.full(panel.size, NEVER)}
    evidence["given_at"][patient], evidence["revoked_at"][patient] = start.given, start.revoked
    shown = {"consent_id": texts(facts.consent_id, row), "method": texts(facts.method, row),
             "missing": _missing(facts.iloc[row], _statements(question))}  # fmt: skip
    for name, values in shown.items():
        evidence[name] = np.full(panel.size, "", object)
        evidence[name][patient] = values
    return evidence

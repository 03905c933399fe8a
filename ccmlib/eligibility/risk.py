"""The practitioner's word that the conditions put the patient at significant risk (rulebook E1); never a block."""

from __future__ import annotations

from ..panel import instants
from ..requirement import REVIEW, Question, Requirement, Unmet


def risk(question: Question) -> Requirement:
    """Unmet (`risk_not_attested`, a review) without an attestation of risk before the month's end."""
    panel, rows = question.panel, question.panel.facts.attestations
    patient = panel.patient_of("attestations")
    said = (rows.kind == "risk").to_numpy() & (instants(rows.attested_at) < panel.bounds[1][patient])
    return Requirement("risk", (Unmet("risk_not_attested", REVIEW, ~panel.has(patient[said])),))

"""The consents that speak for a patient in a month, and the seconds they cover."""

from __future__ import annotations

from dataclasses import dataclass, field

from .practice import Patient


@dataclass(frozen=True)
class Consent:
    """The consents that count for the billing practitioner, what is wrong with them, and whether they make windows."""

    chosen: list
    lacks: list[str] = field(default_factory=list)
    bounds_time: bool = False

    def outside(self, second: int) -> str | None:
        """Why `second` is not covered, or None when it is."""
        if not self.bounds_time or any(covers(consent, second) for consent in self.chosen):
            return None
        return "after_revocation" if last_event(self.chosen, second) == "revoked" else "before_consent"

    def edges(self) -> list[int]:
        """The instants at which coverage can change."""
        if not self.bounds_time:
            return []
        return [edge for consent in self.chosen for edge in (consent.given_at, consent.revoked_at) if edge is not None]


def consent_of(patient: Patient, program: str, start: int, end: int, staff: dict) -> Consent:
    """Consent to `program` as it stands for the month [start, end)."""
    given = [consent for consent in patient.consents if consent.program == program and consent.given_at < end]
    if not given:
        return Consent([], ["not_consented"])
    to_this_one = [consent for consent in given if is_to(consent, patient.billing, staff)]
    complete = [consent for consent in to_this_one or given if is_complete(consent)]
    chosen = complete or to_this_one or given
    revoked = all(consent.revoked_at is not None and consent.revoked_at < start for consent in chosen)
    lacks = [
        *(["consent_revoked"] if revoked else []),
        *([] if to_this_one else ["consent_other_practitioner"]),
        *([] if complete else ["consent_incomplete"]),
    ]
    return Consent(chosen, lacks, bounds_time=not revoked)


def is_to(consent: tuple, billing: tuple, staff: dict) -> bool:
    """Whether the practitioner agreed to is the one who bills: the same record, or the same NPI under another."""
    return consent.staff_id == billing.staff_id or (billing.npi != "" and staff[consent.staff_id].npi == billing.npi)


def is_complete(consent: tuple) -> bool:
    """Whether the patient was told all four things."""
    return (
        consent.services_explained
        and consent.cost_sharing_explained
        and consent.single_practitioner_explained
        and consent.right_to_stop_explained
    )


def covers(consent: tuple, second: int) -> bool:
    return consent.given_at <= second and (consent.revoked_at is None or second < consent.revoked_at)


def last_event(consents: list, second: int) -> str | None:
    """What happened last at or before `second`: given, revoked (which also wins a tie), or nothing."""
    events = [(consent.given_at, "given") for consent in consents]
    events += [(consent.revoked_at, "revoked") for consent in consents if consent.revoked_at is not None]
    return max((event for event in events if event[0] <= second), default=(0, None))[1]

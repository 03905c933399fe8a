"""What a planted situation is made of: small records with the uneventful patient as their defaults.

A moment is written ``"12 13:04:30"``: day and local time in the sample's last month; ``"-7/10 09:00"`` is
the 10th, seven months earlier; ``"+1/1 00:10"`` is in the month after.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Work:
    """One time entry of `seconds`; without `at` it is put where the staff member is free."""

    staff: str
    seconds: int
    at: str = ""
    program: str = "ccm"
    activity: str = "medication_management"
    source: str = "timer"
    note: str = "Reconciled medicines with patient; no missed dose, next call in two weeks"
    recorded_after: int = 240


@dataclass(frozen=True)
class Consent:
    """A consent to the practitioner called `staff`; `missing` names a statement that was left out."""

    at: str = "-7/10 10:00"
    staff: str = "billing"
    missing: str = ""
    revoked: str = ""
    program: str = "ccm"


@dataclass(frozen=True)
class Visit:
    """A visit of 20 minutes with the billing practitioner."""

    hcpcs_code: str = "99214"
    at: str = "-7/10 09:30"


@dataclass(frozen=True)
class Plan:
    """A care plan; an empty moment means that it has not happened. `days_old` counts from the month's last day."""

    status: str = "active"
    approved: str = "-7/12 12:00"
    days_old: int = 0


@dataclass(frozen=True)
class Stay:
    """Days in a facility; without `until` the patient is still there."""

    kind: str
    since: str
    until: str = ""


@dataclass(frozen=True)
class Cover:
    """Coverage by `payer`, from and until local days."""

    payer: str = "medicare_part_b"
    since: str = "-80/1"
    until: str = ""


@dataclass(frozen=True)
class Service:
    """A service billed outside the workbench; by the patient's own practitioner or by another."""

    hcpcs_code: str
    on: str
    own: bool = False


@dataclass(frozen=True)
class Situation:
    """One planted patient of the sample's last month, and what the close must say of it.

    `claims` maps code to units, `holds` a hold's reason to its seconds, `reviews` names the review rows.
    """

    name: str
    sentence: str
    work: tuple[Work, ...]
    claims: dict[str, int] = field(default_factory=dict)
    holds: dict[str, int] = field(default_factory=dict)
    reviews: tuple[str, ...] = ()
    allowed_cents: int | None = None
    billing: str = "physician"
    conditions: tuple[str, ...] = ("I10", "E11.9", "E78.5")
    snomed: tuple[str, ...] = ()
    coverage: tuple[Cover, ...] = (Cover(),)
    visits: tuple[Visit, ...] = (Visit(),)
    consents: tuple[Consent, ...] = (Consent(),)
    plans: tuple[Plan, ...] = (Plan(),)
    stays: tuple[Stay, ...] = ()
    services: tuple[Service, ...] = ()
    risk: bool = True
    complexity: str = ""
    rpm: bool = False
    died: str = ""
    elsewhere: bool = False
    #: Whether the months before have an ordinary log.
    history: bool = True

"""Consents, and what practitioners attest of the enrolled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ..month import Month
from .clock import DAY, NEVER, day_number, instants, weekday_before
from .people import People
from .table import frame, words

STATEMENTS = (
    "services_explained", "cost_sharing_explained", "single_practitioner_explained", "right_to_stop_explained",
)  # fmt: skip
#: Shares of consents with a statement missing, given to another practitioner, revoked since.
INCOMPLETE, OTHER, REVOKED = 0.02, 0.01, 0.03
#: Most consents are older than the sample; some fall into it. Days before the last month's end.
CONSENT_AGE = ((0, 4), (0.12, 90), (0.5, 260), (1, 620))


@dataclass(frozen=True)
class Enrollment:
    """When the ordinary patients agreed to CCM, and when some of them stopped."""

    people: People

    @cached_property
    def given_at(self) -> np.ndarray:
        """UTC seconds of the consent, `NEVER` where there is none."""
        draws, people = self.people.scale.draws("consent"), self.people
        age = draws.curve(CONSENT_AGE, people.count).astype(np.int64)
        day = weekday_before(people.scale.last_day - age)
        at = people.practices.clock.at(people.zone, day, draws.whole(8 * 60, 16 * 60, people.count) * 60)
        return np.where(people.enrolled & (at < people.died_at), at, NEVER)

    @cached_property
    def day(self) -> np.ndarray:
        """The local day of the consent; the last day of the sample where there is none."""
        last = self.people.practices.clock.at(self.people.zone, self.people.scale.last_day, 0)
        return self.people.practices.clock.day(self.people.zone, np.minimum(self.given_at, last))

    @cached_property
    def revoked_at(self) -> np.ndarray:
        """UTC seconds of the revocation, `NEVER` where it stands."""
        draws, people = self.people.scale.draws("revoked"), self.people
        last = people.practices.clock.at(people.zone, people.scale.last_day, 17 * 3600)
        at = last - draws.whole(0, 31 * people.scale.months, people.count) * DAY
        revoked = self.consented & draws.chance(REVOKED, people.count) & (at > self.given_at)
        return np.where(revoked, at, NEVER)

    @property
    def consented(self) -> np.ndarray:
        """True where there is a consent."""
        return self.given_at < NEVER


def consent_table(enrollment: Enrollment) -> pd.DataFrame:
    """`consents.csv` of the ordinary patients: CCM, and RPM where a device is at home."""
    return pd.concat([
        _consents(enrollment, enrollment.consented, "ccm"),
        _consents(enrollment, enrollment.consented & enrollment.people.remote, "rpm"),
    ])  # fmt: skip


def _consents(enrollment: Enrollment, some: np.ndarray, program: str) -> pd.DataFrame:
    people, rows = enrollment.people, np.flatnonzero(some)
    draws, practices = people.scale.draws("consents", program), people.practices
    other = practices.staff(practices.team_of_patient[rows], 1 - _second(people, rows))
    staff = np.where(draws.chance(OTHER, len(rows)), other, people.billing[rows])
    revoked = enrollment.revoked_at[rows]
    nurse = practices.staff(practices.team_of_patient[rows], draws.whole(2, 4, len(rows)))
    return frame(
        "consents",
        patient_id=people.ids.take(rows),
        program=program,
        staff_id=practices.staff_ids.take(staff),
        given_at=instants(enrollment.given_at[rows]),
        method=words(("verbal", "written"), draws.chance(0.35, len(rows))),
        **_statements(draws, len(rows)),
        recorded_by=practices.staff_ids.take(nurse),
        revoked_at=instants(revoked, revoked < NEVER),
    )


def _second(people: People, rows: np.ndarray) -> np.ndarray:
    """1 where the team's second practitioner bills, else 0."""
    return people.billing[rows] - people.practices.staff(people.practices.team_of_patient[rows], 0)


def _statements(draws, count: int) -> dict[str, np.ndarray]:
    missing = np.where(draws.chance(INCOMPLETE, count), draws.whole(0, len(STATEMENTS), count), -1)
    return {statement: missing != number for number, statement in enumerate(STATEMENTS)}


def attestation_table(enrollment: Enrollment) -> pd.DataFrame:
    """`attestations.csv` of the ordinary patients: risk once, decision making by month, orders for devices."""
    people, draws = enrollment.people, enrollment.people.scale.draws("attestations")
    risk = enrollment.consented & draws.chance(0.97, people.count)
    order = enrollment.consented & people.remote
    monthly = [_decisions(enrollment, month) for month in people.scale.service_months]
    return pd.concat([_attested(enrollment, risk, "risk"), _attested(enrollment, order, "rpm_order"), *monthly])


def _attested(enrollment: Enrollment, some: np.ndarray, kind: str) -> pd.DataFrame:
    people, rows = enrollment.people, np.flatnonzero(some)
    return frame(
        "attestations",
        patient_id=people.ids.take(rows),
        kind=kind,
        staff_id=people.practices.staff_ids.take(people.billing[rows]),
        attested_at=instants(enrollment.given_at[rows] + 1200),
        note="Significant risk of decline or acute flare" if kind == "risk" else "Device ordered for home readings",
    )


def _decisions(enrollment: Enrollment, month: Month) -> pd.DataFrame:
    """Moderate or high for complex patients, low for a few others."""
    people, draws = enrollment.people, enrollment.people.scale.draws("decisions", month.text)
    some = people.complex | (draws.chance(0.05, people.count) & enrollment.consented)
    day = weekday_before(day_number(month.last) - draws.whole(0, 20, people.count))
    at = people.practices.clock.at(people.zone, day, draws.whole(9 * 60, 17 * 60, people.count) * 60)
    rows = np.flatnonzero(some & (at > enrollment.given_at) & (at < people.died_at))
    level = np.where(people.complex[rows], 1 + draws.chance(0.35, people.count)[rows], 0)
    return frame(
        "attestations",
        patient_id=people.ids.take(rows),
        kind="mdm",
        level=words(("low", "moderate", "high"), level),
        service_month=month.text,
        staff_id=people.practices.staff_ids.take(people.billing[rows]),
        attested_at=instants(at[rows]),
        note=words(("Stable, no change of treatment", "Two conditions changing, treatment adjusted",
                    "Exacerbation with drug monitoring"), level),
    )  # fmt: skip

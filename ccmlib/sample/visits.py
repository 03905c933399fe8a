"""Visits, emergencies and stays as encounters, and what others bill."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .clock import DAY, NEVER, instants, weekday_before
from .enrollment import Enrollment
from .identity import outside_npi
from .people import People
from .table import frame, words
from .transitions import Stays

#: Code and share of ordinary visits; the last is the annual wellness visit.
VISIT_CODES = (("99213", 0.36), ("99214", 0.40), ("99215", 0.06), ("99212", 0.03), ("99211", 0.03), ("G0439", 0.12))
INTAKE_CODES = (("99214", 0.5), ("99204", 0.1), ("G0439", 0.3), ("G0438", 0.1))
TRANSITION_CODES = ("99495", "99496")
MOST_VISITS = 5
#: Days that visits reach back from the sample's end.
REACH = 430
#: Share of the enrolled without a visit in the year before consent; of patients in an emergency room a month.
NO_INTAKE, EMERGENCY = 0.03, 0.02
#: What others bill: code and share of patients.
OUTSIDE = (("93000", 0.03), ("99213", 0.04), ("G0181", 0.006), ("99490", 0.004), ("90960", 0.003))


def encounter_table(enrollment: Enrollment, stays: Stays) -> pd.DataFrame:
    """`encounters.csv` of the ordinary patients, ids not yet given."""
    return pd.concat([_visits(enrollment.people), _intake(enrollment), _emergencies(enrollment.people), *_stays(stays)])


def _encounters(people: People, rows: np.ndarray, at: np.ndarray, **columns) -> pd.DataFrame:
    alive = at < people.died_at[rows]
    table = frame("encounters", patient_id=people.ids.take(rows), started_at=instants(at), **columns)
    return table[alive]


def _visit_rows(people: People, rows: np.ndarray, at: np.ndarray, code) -> pd.DataFrame:
    """Visits of a quarter of an hour to 40 minutes with the billing practitioner."""
    staff = people.billing[rows]
    length = people.scale.draws("visit length").whole(15, 40, len(rows)) * 60
    return _encounters(
        people, rows, at, kind="visit", hcpcs_code=code, staff_id=people.practices.staff_ids.take(staff),
        billing_npi=people.practices.npis[staff], ended_at=instants(at + length), place_of_service_code="11",
    )  # fmt: skip


def _visits(people: People) -> pd.DataFrame:
    draws = people.scale.draws("visits")
    chosen = people.ordinary[:, None] & draws.chance(0.55, (people.count, MOST_VISITS))
    rows = np.nonzero(chosen)[0]
    day = weekday_before(people.scale.last_day - draws.whole(0, REACH, len(rows)))
    at = people.practices.clock.at(people.zone[rows], day, draws.whole(32, 66, len(rows)) * 900)
    return _visit_rows(people, rows, at, _codes(draws, VISIT_CODES, len(rows)))


def _intake(enrollment: Enrollment) -> pd.DataFrame:
    """The visit that opens CCM: often on the day of the consent, at most some months before."""
    people, draws = enrollment.people, enrollment.people.scale.draws("intake")
    rows = np.flatnonzero(enrollment.consented & ~draws.chance(NO_INTAKE, people.count))
    before = np.where(draws.chance(0.4, len(rows)), 0, draws.whole(1, 300, len(rows)))
    day = weekday_before(enrollment.day[rows] - before)
    at = people.practices.clock.at(people.zone[rows], day, draws.whole(32, 66, len(rows)) * 900)
    return _visit_rows(people, rows, at, _codes(draws, INTAKE_CODES, len(rows)))


def _codes(draws, codes, count: int):
    return words([code for code, _ in codes], draws.pick([share for _, share in codes], count))


def _emergencies(people: People) -> pd.DataFrame:
    draws = people.scale.draws("emergencies")
    rows = np.flatnonzero(people.ordinary & draws.chance(min(EMERGENCY * people.scale.months, 0.6), people.count))
    day = people.scale.first_day + draws.whole(0, people.scale.last_day - people.scale.first_day + 1, len(rows))
    at = people.practices.clock.at(people.zone[rows], day, draws.whole(0, 80_000, len(rows)))
    ended = at + draws.whole(2 * 3600, 9 * 3600, len(rows))
    return _encounters(
        people, rows, at, kind="emergency", hcpcs_code=words(("99283", "99284"), draws.whole(0, 2, len(rows))),
        billing_npi=outside_npi(7), ended_at=instants(ended), place_of_service_code="23",
    )  # fmt: skip


def _stays(stays: Stays) -> list[pd.DataFrame]:
    people, rows, seen = stays.people, stays.rows, stays.seen_at < NEVER
    hospital = _encounters(people, rows, stays.began, kind="inpatient", ended_at=instants(stays.ended),
                           place_of_service_code="21")  # fmt: skip
    further = stays.to_facility
    facility = _encounters(people, rows[further], stays.ended[further], kind="snf_part_a",
                           ended_at=instants(stays.home_at[further]), place_of_service_code="31")  # fmt: skip
    late = (stays.seen_at - stays.home_at > 7 * DAY)[seen]
    return [hospital, facility, _visit_rows(people, rows[seen], stays.seen_at[seen], words(TRANSITION_CODES, ~late))]


def outside_table(people: People) -> pd.DataFrame:
    """`other_services.csv` of the ordinary patients: what others billed in the sample's months."""
    return pd.concat([_outside(people, code, share) for code, share in OUTSIDE])


def _outside(people: People, code: str, share: float) -> pd.DataFrame:
    draws = people.scale.draws("outside", code)
    rows = np.flatnonzero(people.ordinary & draws.chance(share, people.count))
    span = people.scale.last_day - people.scale.first_day
    day = weekday_before(people.scale.last_day - draws.whole(0, span, len(rows)))
    return frame(
        "other_services",
        patient_id=people.ids.take(rows),
        hcpcs_code=code,
        service_date=(day * DAY).astype("datetime64[s]"),
        billing_npi=words([outside_npi(number) for number in range(1, 7)], draws.whole(0, 6, len(rows))),
    )

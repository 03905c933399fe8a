"""The ordinary time log: who did what for whom, in the practice's working hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..month import Month
from .clock import DAY, NEVER, day_number, instants, weekdays
from .entry_text import RPM, TCM, entry_texts
from .illness import Illness
from .layout import laid_out
from .people import People
from .practice import PRACTITIONERS
from .table import frame, repeated, words
from .transitions import Stays
from .words import TEAM

#: Minutes logged for an enrolled patient in a month: about six in ten reach 20.
MINUTES = (
    (0, 2),
    (0.1, 8),
    (0.25, 14),
    (0.43, 20),
    (0.53, 23),
    (0.62, 27),
    (0.75, 36),
    (0.86, 45),
    (0.94, 62),
    (1, 120),
)
COMPLEX_FACTOR, LED_FACTOR = 2.3, 1.4
SHORTEST, LONGEST = 20, 3000
SOURCES = (("timer", 0.85), ("manual", 0.12), ("imported", 0.02), ("imputed", 0.01))
MANUAL = 1
#: Shares of entries: recorded late, exactly 20 minutes by hand.
LATE, ROUND = 0.01, 0.04


@dataclass(frozen=True)
class Rows:
    """Entries before they have a place in the month: patient, seconds and program of each."""

    patient: np.ndarray
    seconds: np.ndarray
    program: np.ndarray


@dataclass(frozen=True)
class Enrolled:
    """From when to when the log may reach for each patient (UTC seconds), planted patients included."""

    since: np.ndarray
    until: np.ndarray


def month_log(illness: Illness, stays: Stays, enrolled: Enrolled, month: Month) -> pd.DataFrame:
    """The entries of one month, ids not yet given."""
    people = illness.people
    rows = _rows(people, stays, enrolled, month)
    draws = people.scale.draws("log", month.text)
    count = len(rows.patient)
    source = draws.pick([share for _, share in SOURCES], count)
    seconds = _by_hand(rows.seconds, source, draws)
    role = _roles(people, rows, draws)
    staff = people.practices.staff(people.practices.team_of_patient[rows.patient], role)
    at = _starts(people, rows, staff, seconds, draws, month)
    at = np.where(source == MANUAL, at // 60 * 60, at)
    table = frame(
        "time_entries",
        **entry_texts(illness, rows.patient, rows.program, role, draws),
        staff_id=people.practices.staff_ids.take(staff),
        started_at=instants(at),
        ended_at=instants(at + seconds),
        source=words([name for name, _ in SOURCES], source),
        recorded_at=instants(at + seconds + _lag(draws, source)),
    )
    return table[_kept(enrolled, stays, rows, at, draws)]


def _rows(people: People, stays: Stays, enrolled: Enrolled, month: Month) -> Rows:
    end = people.practices.clock.at(people.zone, day_number(month.last) + 1, 0)
    begin = people.practices.clock.at(people.zone, day_number(month.first), 0)
    some = np.flatnonzero((enrolled.since < end) & (enrolled.until > begin))
    remote = some[people.remote[some]]
    home = stays.rows[(stays.home_at > begin[stays.rows]) & (stays.home_at < end[stays.rows])]
    draws = people.scale.draws("rows", month.text)
    parts = [_ccm(people, some, draws), _some_minutes(remote, 3, RPM, draws), _some_minutes(home, 2, TCM, draws)]
    columns = zip(*((part.patient, part.seconds, part.program) for part in parts), strict=True)
    return Rows(*(np.concatenate(column) for column in columns))


def _ccm(people: People, patients: np.ndarray, draws) -> Rows:
    """Each patient's minutes of the month, parted among a number of entries that grows with them."""
    share = draws.share(len(patients))
    quantiles, minutes = zip(*MINUTES, strict=True)
    factor = np.where(people.complex[patients], COMPLEX_FACTOR, np.where(people.led[patients], LED_FACTOR, 1))
    total = np.interp(share, quantiles, minutes) * 60 * factor
    mixed = 0.6 * share + 0.4 * draws.share(len(patients))
    counts = 1 + np.floor(mixed * (2 * people.scale.entries_per_patient - 1)).astype(np.int64)
    owner, _ = repeated(counts)
    weight = 0.4 + draws.share(len(owner))
    seconds = total[owner] * weight / np.bincount(owner, weight, len(patients))[owner]
    return _within(patients[owner], seconds, "ccm")


def _some_minutes(patients: np.ndarray, entries: int, program: str, draws) -> Rows:
    """`entries` short ones for each of `patients`."""
    owner = np.repeat(patients, entries)
    return _within(owner, draws.whole(150, 780, len(owner)), program)


def _within(patient: np.ndarray, seconds: np.ndarray, program: str) -> Rows:
    whole = np.clip(np.floor(seconds), SHORTEST, LONGEST).astype(np.int64)
    return Rows(patient, whole, np.full(len(patient), program))


def _by_hand(seconds: np.ndarray, source: np.ndarray, draws) -> np.ndarray:
    """Hand-written entries are whole minutes, and some are exactly 20."""
    whole = np.maximum((seconds + 30) // 60, 1) * 60
    whole = np.where(draws.chance(ROUND, len(seconds)), 1200, whole)
    return np.where(source == MANUAL, whole, seconds)


def _roles(people: People, rows: Rows, draws) -> np.ndarray:
    count = len(rows.patient)
    role = draws.pick([share for _, _, share in TEAM], count)
    personal = people.led[rows.patient] & draws.chance(0.9, count) & (rows.program == "ccm")
    own = people.billing[rows.patient] - people.practices.staff(people.practices.team_of_patient[rows.patient], 0)
    return np.where(personal, own % PRACTITIONERS, role)


def _starts(people: People, rows: Rows, staff, seconds, draws, month: Month) -> np.ndarray:
    days = weekdays(day_number(month.first), day_number(month.last))
    day, second = laid_out(staff, seconds, draws.share(len(staff)), len(days))
    return people.practices.clock.at(people.zone[rows.patient], days[np.minimum(day, len(days) - 1)], second)


def _lag(draws, source: np.ndarray) -> np.ndarray:
    """Seconds until the entry was recorded: minutes for a timer, hours by hand, more than a week for a few."""
    count = len(source)
    lag = np.where(source == 0, draws.whole(5, 600, count), draws.whole(600, 20 * 3600, count))
    return np.where(draws.chance(LATE, count), draws.whole(8 * DAY, 14 * DAY, count), lag)


def _kept(enrolled: Enrolled, stays: Stays, rows: Rows, at: np.ndarray, draws) -> np.ndarray:
    """Staff seldom work for who has not agreed yet, has stopped or died, and on a transition only once home."""
    inside = (at >= enrolled.since[rows.patient]) & (at < enrolled.until[rows.patient])
    home = np.full(len(enrolled.since), NEVER)
    home[stays.rows] = stays.home_at
    transition = rows.program == TCM
    return np.where(transition, at > home[rows.patient], inside | draws.chance(0.08, len(at)))

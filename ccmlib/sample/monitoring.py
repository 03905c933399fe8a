"""Readings from devices at home, measures and tasks of the enrolled."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..month import Month
from .clock import NEVER, day_number, instants
from .enrollment import Enrollment
from .illness import Illness
from .table import frame, words
from .words import DEVICES, DISEASES, MEASURES, TASKS

#: A device speaks on so many days of a month, patient by patient.
DAYS_HEARD = ((0, 0.02), (0.1, 0.3), (0.3, 0.6), (1, 0.95))
SELF_TYPED = 0.03
TASKS_A_MONTH = 0.6
URGENCIES = ("routine", "soon", "urgent")
HBA1C, DIABETES = 2, 2


def reading_table(illness: Illness, enrollment: Enrollment) -> pd.DataFrame:
    """`device_readings.csv`: one reading on most days, from the device that fits the patient's diseases."""
    return pd.concat([_readings(illness, enrollment, month) for month in illness.people.scale.service_months])


def _readings(illness: Illness, enrollment: Enrollment, month: Month) -> pd.DataFrame:
    people, draws = illness.people, illness.people.scale.draws("readings", month.text)
    remote = np.flatnonzero(people.remote & enrollment.consented)
    first, last = day_number(month.first), day_number(month.last)
    heard = draws.share((len(remote), last - first + 1)) < draws.curve(DAYS_HEARD, len(remote))[:, None]
    owner, day = np.nonzero(heard)
    rows = remote[owner]
    at = people.practices.clock.at(people.zone[rows], first + day, draws.whole(6 * 3600, 10 * 3600, len(rows)))
    device = _devices(illness)[rows]
    low, high = (np.array([one[place] for one in DEVICES.values()])[device] for place in (1, 2))
    table = frame(
        "device_readings",
        patient_id=people.ids.take(rows),
        device_kind=words(DEVICES, device),
        read_at=instants(at),
        source=words(("device", "self"), draws.chance(SELF_TYPED, len(rows))),
        value=draws.whole(low, high, len(rows)).astype(float),
        unit=words([one[0] for one in DEVICES.values()], device),
    )
    return table[(at > enrollment.given_at[rows]) & (at < people.died_at[rows])]


def _devices(illness: Illness) -> np.ndarray:
    """The device of each patient: of the most telling disease that has one."""
    names = list(DEVICES)
    device = np.zeros(illness.people.count, dtype=np.int64)
    for number, disease in enumerate(DISEASES):
        if disease.device:
            device[illness.has[:, number]] = names.index(disease.device)
    return device


def measure_table(illness: Illness, enrollment: Enrollment) -> pd.DataFrame:
    """`measures.csv`: each measure about every second month, A1c for diabetes only."""
    months = illness.people.scale.service_months
    numbers = range(len(MEASURES))
    return pd.concat([_measures(illness, enrollment, month, number) for month in months for number in numbers])


def _measures(illness: Illness, enrollment: Enrollment, month: Month, number: int) -> pd.DataFrame:
    people, (name, low, high, decimals) = illness.people, MEASURES[number]
    draws = people.scale.draws("measures", month.text, name)
    some = enrollment.consented & draws.chance(0.45, people.count)
    rows = np.flatnonzero(some & illness.has[:, DIABETES] if number == HBA1C else some)
    steps = 10**decimals
    value = draws.whole(round(low * steps), round(high * steps), people.count)[rows] / steps
    at = _moment(people, rows, month, draws)
    table = frame("measures", patient_id=people.ids.take(rows), measure=name, value=value, measured_at=instants(at))
    return table[at < people.died_at[rows]]


def _moment(people, rows: np.ndarray, month: Month, draws) -> np.ndarray:
    first, last = day_number(month.first), day_number(month.last)
    day = draws.whole(first, last + 1, len(rows))
    return people.practices.clock.at(people.zone[rows], day, draws.whole(8 * 60, 17 * 60, len(rows)) * 60)


def task_table(enrollment: Enrollment) -> pd.DataFrame:
    """`tasks.csv`: what staff set themselves to do; most are closed."""
    return pd.concat([_tasks(enrollment, month) for month in enrollment.people.scale.service_months])


def _tasks(enrollment: Enrollment, month: Month) -> pd.DataFrame:
    people, draws = enrollment.people, enrollment.people.scale.draws("tasks", month.text)
    rows = np.flatnonzero(enrollment.consented & draws.chance(TASKS_A_MONTH, people.count))
    count = len(rows)
    opened_at = _moment(people, rows, month, draws)
    closed_at = opened_at + draws.whole(3600, 12 * 86_400, count)
    kind, team = draws.whole(0, len(TASKS), count), people.practices.team_of_patient[rows]
    closed = draws.chance(0.85, count) & (closed_at < _end(people, rows))
    by, to = (people.practices.staff_ids.take(people.practices.staff(team, draws.whole(2, 7, count))) for _ in (0, 1))
    table = frame(
        "tasks",
        patient_id=people.ids.take(rows),
        kind=words([one for one, _ in TASKS], kind),
        opened_at=instants(opened_at),
        opened_by=by,
        assigned_to=to,
        due_at=instants(opened_at + draws.whole(1, 10, count) * 86_400),
        urgency=words(URGENCIES, draws.pick((0.7, 0.22, 0.08), count)),
        closed_at=instants(closed_at, closed),
        outcome=words([outcome for _, outcome in TASKS], np.where(closed, kind, -1)),
    )
    return table[opened_at < np.minimum(people.died_at[rows], NEVER)]


def _end(people, rows: np.ndarray) -> np.ndarray:
    return people.practices.clock.at(people.zone[rows], people.scale.last_day + 1, 0)

"""Puts the tables of a synthetic practice together."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..facts import TABLES
from .clock import NEVER
from .coverage import coverage_table
from .enrollment import Enrollment, attestation_table, consent_table
from .illness import Illness, condition_table
from .log import Enrolled, month_log
from .moments import Moments
from .monitoring import measure_table, reading_table, task_table
from .people import People, patient_table
from .plans import plan_tables
from .planting import planted
from .practice import PLACES, Practices, practice_table, staff_table
from .scale import Scale
from .situations import SITUATIONS
from .table import numbered_rows
from .transitions import Stays, transition_table
from .visits import encounter_table, outside_table

#: Tables whose rows are numbered through: id, its first letter, the column that orders them.
NUMBERED = {
    "encounters": ("encounter_id", "V", "started_at"), "consents": ("consent_id", "C", "given_at"),
    "attestations": ("attestation_id", "A", "attested_at"), "time_entries": ("entry_id", "E", "started_at"),
    "device_readings": ("reading_id", "R", "read_at"), "transitions": ("transition_id", "T", "discharged_at"),
    "measures": ("measure_id", "M", "measured_at"), "tasks": ("task_id", "K", "opened_at"),
}  # fmt: skip


def assembled(scale: Scale) -> dict[str, pd.DataFrame]:
    """Every table of the contract, typed and numbered."""
    practices = Practices(scale)
    people = People(practices)
    ordinary = _ordinary(people)
    extra = planted(practices)
    frames = {name: _together(name, [part[name] for part in (ordinary, extra) if name in part]) for name in TABLES}
    return {**frames, "patients": _with_planted(frames["patients"], practices)}


def _ordinary(people: People) -> dict[str, pd.DataFrame]:
    illness, enrollment, stays = Illness(people), Enrollment(people), Stays(people)
    return {
        "practices": practice_table(people.practices),
        "staff": staff_table(people.practices),
        "patients": patient_table(people),
        "coverage": coverage_table(people),
        "conditions": condition_table(illness),
        "encounters": encounter_table(enrollment, stays),
        "consents": consent_table(enrollment),
        **plan_tables(illness, enrollment),
        "attestations": attestation_table(enrollment),
        "time_entries": _log(illness, enrollment, stays),
        "device_readings": reading_table(illness, enrollment),
        "transitions": transition_table(stays),
        "other_services": outside_table(people),
        "measures": measure_table(illness, enrollment),
        "tasks": task_table(enrollment),
    }


def _log(illness: Illness, enrollment: Enrollment, stays: Stays) -> pd.DataFrame:
    """The ordinary log; planted patients have one in the months before the last only."""
    *before, last = illness.people.scale.service_months
    ordinary = Enrolled(enrollment.given_at, np.minimum(enrollment.revoked_at, illness.people.died_at))
    with_planted = Enrolled(_since(ordinary.since, illness.people), ordinary.until)
    logs = [month_log(illness, stays, with_planted, month) for month in before]
    return pd.concat([*logs, month_log(illness, stays, ordinary, last)])


def _since(since: np.ndarray, people: People) -> np.ndarray:
    moments = Moments(people.scale.service_months[-1], PLACES[0][0])
    since = since.copy()
    for number, situation in enumerate(SITUATIONS[: people.scale.planted_count]):
        given = [moments.instant(one.at).timestamp() for one in situation.consents if situation.history]
        since[number] = int(min(given, default=NEVER))
    return since


def _together(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat(parts, ignore_index=True)
    if name in NUMBERED:
        return numbered_rows(table, *NUMBERED[name])
    return table if name in ("practices", "staff", "patients") else _by_key(table, name)


def _by_key(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """In the order of the key, one row a key."""
    key = list(TABLES[name].key)
    return table.sort_values(key, kind="stable", ignore_index=True).drop_duplicates(key, ignore_index=True)


def _with_planted(patients: pd.DataFrame, practices: Practices) -> pd.DataFrame:
    """What a situation says of the patient: who bills, a death, enrollment elsewhere."""
    moments = Moments(practices.scale.service_months[-1], PLACES[0][0])
    rows = range(practices.scale.planted_count)
    patients = patients.copy()
    billing = [practices.staff_ids[int(SITUATIONS[row].billing == "nurse_practitioner")] for row in rows]
    patients.loc[rows, "billing_staff_id"] = billing
    for row in rows:
        patients.loc[row, "enrolled_elsewhere"] = SITUATIONS[row].elsewhere
        if SITUATIONS[row].died:
            patients.loc[row, "died_at"] = pd.Timestamp(moments.instant(SITUATIONS[row].died))
    return patients

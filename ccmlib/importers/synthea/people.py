"""Providers to staff, patients to patients. Nobody's NPI or Medicare number is invented."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...facts import PRACTITIONER_ROLES
from ...problem import Problem
from .account import Source, sort_out
from .practice import SyntheaPractice
from .source import Folder, beginnings, days, instants
from .states import STATES

#: Specialities that are no physicians', and their role; None: the contract has no role that may do the work.
ROLES = {
    "NURSE PRACTITIONER": "nurse_practitioner",
    "PHYSICIAN ASSISTANT": "physician_assistant",
    "CLINICAL NURSE SPECIALIST": "clinical_nurse_specialist",
    "CERTIFIED CLINICAL NURSE SPECIALIST": "clinical_nurse_specialist",
    "CERTIFIED NURSE MIDWIFE": "certified_nurse_midwife",
    "CLINICAL SOCIAL WORKER": "social_worker",
} | dict.fromkeys((
    "AUDIOLOGIST", "QUALIFIED AUDIOLOGIST", "ANESTHESIOLOGIST ASSISTANT", "CERTIFIED REGISTERED NURSE ANESTHETIST",
    "CERTIFIED REGISTERED NURSE ANESTHETIST (CRNA)", "CHIROPRACTIC", "CLINICAL PSYCHOLOGIST", "DENTIST", "OPTOMETRY",
    "OCCUPATIONAL THERAPY", "PHYSICAL THERAPY", "PODIATRY", "REGISTERED DIETITIAN OR NUTRITION PROFESSIONAL",
    "SPEECH LANGUAGE PATHOLOGIST", "QUALIFIED SPEECH LANGUAGE PATHOLOGIST",
))  # fmt: skip
NO_ROLE = "of a profession that has no role in care management"
SEXES = {"F": "female", "M": "male"}
#: The encounters that show whose patient somebody is.
REGULAR = ("ambulatory", "wellness")


def staff(files: Folder, practice: SyntheaPractice) -> tuple[pd.DataFrame, Source]:
    """The providers who may do care management, all of the one practice."""
    rows = files.rows("providers")
    role = rows["SPECIALITY"].str.strip().str.upper().map(lambda name: ROLES.get(name, "physician"))
    rows, source = sort_out("providers.csv", rows.assign(role=role), {NO_ROLE: role.isna()})
    frame = rows.rename(columns={"Id": "staff_id", "NAME": "name"}).assign(practice_id=practice.practice_id)
    return frame[["staff_id", "practice_id", "name", "role"]].assign(credentials=rows["SPECIALITY"].str.lower()), source


def practitioners_of(team: pd.DataFrame) -> pd.Series:
    """The ids of the staff who can bill. Raises Problem when there is none."""
    ids = team["staff_id"][team["role"].isin(PRACTITIONER_ROLES)]
    if ids.empty:
        raise Problem("providers.csv names nobody who can bill care management; export again with physicians.")
    return ids


def patients(
    files: Folder, practice: SyntheaPractice, practitioners: pd.Series, visits: pd.DataFrame
) -> tuple[pd.DataFrame, Source]:
    """The patients, each with the practitioner of its latest regular visit; one without a visit gets the first."""
    rows = files.rows("patients")
    frame = pd.DataFrame({
        "patient_id": rows["Id"], "practice_id": practice.practice_id,
        "billing_staff_id": rows["Id"].map(_latest(visits, practitioners)).fillna(practitioners.min()),
        "family_name": rows["LAST"], "given_name": rows["FIRST"], "sex": rows["GENDER"].replace(SEXES),
        "birth_date": days(rows["BIRTHDATE"], "patients.csv", practice.time_zone),
        "died_at": beginnings(rows["DEATHDATE"], "patients.csv", practice.time_zone),
        "address": rows["ADDRESS"], "city": rows["CITY"], "postal_code": rows["ZIP"].replace("", np.nan),
        "state": rows["STATE"].map(lambda name: STATES.get(name, name)),
    })  # fmt: skip
    return frame, Source("patients.csv", len(rows), len(rows), {})


def _latest(visits: pd.DataFrame, practitioners: pd.Series) -> pd.Series:
    """By patient, the practitioner of the latest regular visit."""
    regular = visits["ENCOUNTERCLASS"].str.lower().isin(REGULAR) & visits["PROVIDER"].isin(practitioners)
    visits = visits[regular].assign(at=instants(visits["START"], "encounters.csv"))
    return visits.sort_values(["at", "Id"]).drop_duplicates("PATIENT", keep="last").set_index("PATIENT")["PROVIDER"]

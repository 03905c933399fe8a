"""What a practice enters for four Synthea patients before and in June 2026, over the export in the store.

Everything that Synthea cannot know: NPIs, ICD-10-CM codes, the code of a visit, consents, care plans, risk,
and the time log. Patients are named by the part of their id before the first dash.
"""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from ccmlib.facts import TABLES, typed
from ccmlib.sample.identity import npi
from ccmlib.store.read import table_now
from ccmlib.store.write import append

SHORT, EXACT, COMPLEX, OVERLAPS = "87de5b32", "89019aa8", "4da67a54", "3f02e3fc"
NOT_ELIGIBLE = "b8cecc26"
#: As a practitioner would choose them; the diseases of these four patients and no others.
CODE_OF_GROUP = {
    "arthritis": "M17.0", "chronic_kidney_disease": "N18.6", "diabetes": "E11.9", "hypertension": "I10",
    "ischemic_heart_disease": "I25.10", "osteoporosis": "M81.0", "prostate_cancer": "C61",
    "valvular_heart_disease": "I35.0",
}  # fmt: skip
CONSENT_AT, PLAN_AT = "2026-06-02T09:00:00-04:00", "2026-06-02T15:00:00-04:00"
STATEMENTS = dict.fromkeys(
    ("services_explained", "cost_sharing_explained", "single_practitioner_explained", "right_to_stop_explained"), True
)
NOTE = "Went through the medicines and the readings with the patient; next call agreed."
#: entry, patient, nurse, beginning, length in seconds. The fourth and the seventh share five minutes of one nurse.
LOG = [
    ("short-1", SHORT, "rn1", "2026-06-04T10:00", 1199),
    ("exact-1", EXACT, "rn1", "2026-06-05T10:00", 720),
    ("exact-2", EXACT, "rn1", "2026-06-12T10:00", 480),
    ("complex-1", COMPLEX, "rn1", "2026-06-10T11:05", 2100),
    ("complex-2", COMPLEX, "rn2", "2026-06-12T14:00", 1800),
    ("overlap-1", OVERLAPS, "rn1", "2026-06-09T10:00", 900),
    ("overlap-2", OVERLAPS, "rn1", "2026-06-10T11:00", 600),
    ("overlap-3", OVERLAPS, "rn2", "2026-06-09T10:10", 1200),
    ("in-the-stay", OVERLAPS, "rn2", "2026-06-18T10:00", 600),
    ("not-eligible", NOT_ELIGIBLE, "rn2", "2026-06-16T10:00", 1500),
]


def enter_work(connection: sa.Connection, eligible: pd.DataFrame, known_at: int) -> None:
    """Append the work of the practice; `eligible` are the rows of the screen to enroll."""
    patients = table_now(connection, "patients")
    enrolled = patients[patients.patient_id.isin(eligible.patient_id)]
    tables = {
        "staff": pd.concat([_with_npis(table_now(connection, "staff")), _nurses(patients)]),
        "conditions": _codes(eligible),
        "encounters": _coded_visits(table_now(connection, "encounters"), eligible),
        "consents": _consents(enrolled),
        "care_plans": _plans(enrolled),
        "attestations": _attestations(enrolled),
        "time_entries": _entries(patients),
    }
    for name, rows in tables.items():
        append(connection, name, typed(rows, TABLES[name]), known_at, "practice")


def short(ids: pd.Series) -> pd.Series:
    """The patients' ids up to the first dash."""
    return ids.str.split("-").str[0]


def _with_npis(staff: pd.DataFrame) -> pd.DataFrame:
    return staff.assign(npi=[npi(800_000 + number) for number in range(len(staff))])


def _nurses(patients: pd.DataFrame) -> pd.DataFrame:
    nurses = pd.DataFrame({"staff_id": ["rn1", "rn2"], "name": ["Nurse One", "Nurse Two"]})
    return nurses.assign(practice_id=patients.practice_id[0], role="registered_nurse")


def _codes(eligible: pd.DataFrame) -> pd.DataFrame:
    groups = eligible.set_index("patient_id").condition_groups.str.split(";").explode()
    return pd.DataFrame({"patient_id": groups.index, "icd10_code": groups.map(CODE_OF_GROUP).to_numpy()})


def _coded_visits(encounters: pd.DataFrame, eligible: pd.DataFrame) -> pd.DataFrame:
    """The last visit before the consent of each, with the code it was billed with."""
    before = encounters.kind.eq("visit") & (encounters.started_at < pd.Timestamp(CONSENT_AT))
    visits = encounters[before & encounters.patient_id.isin(eligible.patient_id)].sort_values("started_at")
    return visits.drop_duplicates("patient_id", keep="last").assign(hcpcs_code="99214")


def _consents(enrolled: pd.DataFrame) -> pd.DataFrame:
    rows = enrolled[["patient_id"]].assign(
        staff_id=enrolled.billing_staff_id, consent_id="consent-" + enrolled.patient_id
    )
    return rows.assign(program="ccm", given_at=CONSENT_AT, method="verbal", recorded_by="rn1", **STATEMENTS)


def _plans(enrolled: pd.DataFrame) -> pd.DataFrame:
    rows = enrolled[["patient_id"]].assign(care_plan_id="plan-" + enrolled.patient_id, written_by="rn1")
    return rows.assign(version=1, status="active", approved_by=enrolled.billing_staff_id, approved_at=PLAN_AT)


def _attestations(enrolled: pd.DataFrame) -> pd.DataFrame:
    rows = enrolled[["patient_id"]].assign(staff_id=enrolled.billing_staff_id, attested_at=PLAN_AT)
    risk = rows.assign(attestation_id="risk-" + rows.patient_id, kind="risk")
    hard = rows[short(rows.patient_id) == COMPLEX]
    mdm = hard.assign(attestation_id="mdm-" + hard.patient_id, kind="mdm", level="moderate", service_month="2026-06")
    return pd.concat([risk, mdm])


def _entries(patients: pd.DataFrame) -> pd.DataFrame:
    ids = patients.set_index(short(patients.patient_id)).patient_id
    rows = pd.DataFrame(LOG, columns=["entry_id", "patient_id", "staff_id", "started_at", "seconds"])
    start = pd.to_datetime(rows.started_at).dt.tz_localize("America/New_York")
    end = start + pd.to_timedelta(rows.seconds, unit="s")
    rows = rows.assign(patient_id=rows.patient_id.map(ids), started_at=start, ended_at=end, recorded_at=end)
    return rows.assign(program="ccm", activity="care_coordination", live_contact=True, source="timer", note=NOTE)

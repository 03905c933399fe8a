"""Conditions, encounters and measured values, as far as the export says them."""

from __future__ import annotations

import pandas as pd

from .account import UNKNOWN_PATIENT, Source, sort_out
from .source import Folder, days, instants

#: What a class of encounter is in the contract; a class that is not here is `other`.
KINDS = {
    "ambulatory": "visit", "wellness": "visit", "outpatient": "visit", "urgentcare": "visit", "virtual": "visit",
    "inpatient": "inpatient", "snf": "snf_part_a", "emergency": "emergency",
}  # fmt: skip
#: LOINC codes of the values that the program's figures use.
MEASURES = {"8480-6": "systolic", "8462-4": "diastolic", "4548-4": "hba1c"}
#: What older exports leave out and newer ones write for SNOMED CT.
SNOMED = ("", "SNOMED-CT", "http://snomed.info/sct")
FACT = ["patient_id", "snomed_code", "onset_date"]
MEASURED = ["patient_id", "measure", "measured_at"]


def conditions(files: Folder, patients: pd.Series, zone: str) -> tuple[pd.DataFrame, Source]:
    """The SNOMED CT conditions and findings; one that was written twice is one fact, open if one of the rows is."""
    rows, file = files.rows("conditions"), "conditions.csv"
    named = rows.assign(
        patient_id=rows["PATIENT"], snomed_code=rows["CODE"],
        onset_date=days(rows["START"], file, zone), abated_date=days(rows["STOP"], file, zone),
        ours=rows["SYSTEM"].isin(SNOMED) & (rows["CODE"] != ""),
    ).sort_values([*FACT, "abated_date"], na_position="last")  # fmt: skip
    kept, source = sort_out(file, named, {
        UNKNOWN_PATIENT: ~named["PATIENT"].isin(patients),
        "not coded in SNOMED CT": ~named["ours"],
        "ends before it began": named["abated_date"] < named["onset_date"],
        "the same condition again": named.duplicated([*FACT, "ours"], keep="last"),
    })  # fmt: skip
    return kept.sort_index()[[*FACT, "abated_date"]], source


def encounters(files: Folder, patients: pd.Series, staff: pd.Series) -> tuple[pd.DataFrame, Source]:
    """The encounters by kind, without a code to bill: the export has none, and none is invented."""
    rows, file = files.rows("encounters"), "encounters.csv"
    frame = pd.DataFrame({
        "encounter_id": rows["Id"], "patient_id": rows["PATIENT"],
        "kind": rows["ENCOUNTERCLASS"].str.lower().map(KINDS).fillna("other"),
        "staff_id": rows["PROVIDER"].where(rows["PROVIDER"].isin(staff)),
        "started_at": instants(rows["START"], file), "ended_at": instants(rows["STOP"], file),
    })  # fmt: skip
    return sort_out(file, frame, {
        UNKNOWN_PATIENT: ~frame["patient_id"].isin(patients),
        "without a start": frame["started_at"].isna(),
        "ends before it began": frame["ended_at"] < frame["started_at"],
    })  # fmt: skip


def measures(files: Folder, patients: pd.Series) -> tuple[pd.DataFrame, Source]:
    """Blood pressure and HbA1c. Synthea numbers no observation: patient, measure and instant make the id."""
    rows, file = files.rows("observations"), "observations.csv"
    measured_at, value = instants(rows["DATE"], file), pd.to_numeric(rows["VALUE"], errors="coerce")
    named = rows.assign(
        patient_id=rows["PATIENT"], measure=rows["CODE"].map(MEASURES), measured_at=measured_at, value=value,
        whole=value.notna() & measured_at.notna(),
    )  # fmt: skip
    kept, source = sort_out(file, named, {
        "no measure of the program": named["measure"].isna(),
        UNKNOWN_PATIENT: ~named["PATIENT"].isin(patients),
        "without a number or an instant": ~named["whole"],
        "the same measure again": named.duplicated([*MEASURED, "whole"]),
    })  # fmt: skip
    at = kept["measured_at"].dt.strftime("%Y%m%dT%H%M%SZ")
    return kept.assign(measure_id=kept["patient_id"] + "-" + kept["measure"] + "-" + at), source

"""What makes the patient eligible: conditions, risk, the initiating visit, stays, other services of the month."""

from __future__ import annotations

import pandas as pd

from ... import wording
from ...condition_map import classify, snomed_groups
from ...reports.chip import yes_or_no
from ...reports.table import WORD
from .parts import Section, heading, whole_table
from .subject import Subject, day, first_upper, text


def eligibility(subject: Subject) -> Section:
    """The facts behind eligibility, whether they help or hinder."""
    return Section(
        "eligibility",
        "Eligibility",
        "The facts on which eligibility rests, whether they help the claim or not.",
        (
            heading("Conditions on record"),
            whole_table(_conditions(subject), "Conditions", DATES, none="No condition is recorded."),
            heading("Practitioner's attestations"),
            whole_table(_attestations(subject), "Attestations", DATES, none="No attestation is recorded."),
            heading("Visits and stays"),
            whole_table(_encounters(subject), "Visits and stays", DATES, none="No visit or stay is recorded."),
            heading("Services billed outside this program"),
            whole_table(_services(subject), "Other services", DATES, none="None is known."),
        ),
    )


def _conditions(subject: Subject) -> list[dict]:
    rows = subject.rows("conditions").sort_values(["icd10_code", "snomed_code"])
    icd, snomed = classify(rows.icd10_code, subject.rules), snomed_groups(rows.snomed_code, subject.rules)
    coded = (icd.code != "").to_numpy()
    groups = icd.group.astype(str).where(coded, snomed.group.astype(str))
    chronic = icd.chronic.where(coded, snomed.chronic)
    return [
        {
            "ICD-10-CM": text(row.icd10_code) or "–",
            "SNOMED CT": text(row.snomed_code) or "–",
            "Disease": first_upper(wording.words(group)),
            "Chronic": yes_or_no(bool(lasting)),
            "Since": day(row.onset_date) or "not recorded",
            "Until": day(row.abated_date) or "still present",
        }
        for row, group, lasting in zip(rows.itertuples(), groups, chronic, strict=True)
    ]


def _attestations(subject: Subject) -> list[dict]:
    rows = subject.rows("attestations").sort_values(["attested_at", "attestation_id"])
    return [
        {
            "Kind": first_upper(KINDS.get(row.kind, row.kind)),
            "Level": text(row.level) or "–",
            "Month": text(row.service_month) or "–",
            "By": subject.staff(row.staff_id),
            "When": subject.at(row.attested_at),
            "Note": text(row.note) or "–",
        }
        for row in rows.itertuples()
    ]


def _encounters(subject: Subject) -> list[dict]:
    """Those until the month's end, the one that opened the program marked."""
    opened = subject.asked("initiating_visit").evidence["encounter_id"]
    rows = subject.rows("encounters")
    last = pd.Timestamp(subject.close.panel.bounds[1][subject.patient], unit="s", tz="UTC")
    rows = rows[rows.started_at < last].sort_values(["started_at", "encounter_id"])
    return [
        {
            "Kind": first_upper(KINDS.get(row.kind, row.kind)),
            "Code": text(row.hcpcs_code) or "–",
            "Began": subject.at(row.started_at),
            "Ended": subject.at(row.ended_at) or "–",
            "By": subject.staff(row.staff_id) or text(row.billing_npi) or "–",
            "Initiating visit": yes_or_no(row.encounter_id == opened),
        }
        for row in rows.itertuples()
    ]


def _services(subject: Subject) -> list[dict]:
    rows = subject.rows("other_services").sort_values(["service_date", "hcpcs_code"])
    return [
        {"Code": row.hcpcs_code, "Date": day(row.service_date), "Billed by NPI": row.billing_npi}
        for row in rows.itertuples()
    ]


KINDS = {"mdm": "medical decision making", "rpm_order": "monitoring order", "snf_part_a": "skilled nursing, Part A"}
DATES = dict.fromkeys(
    [
        "ICD-10-CM",
        "SNOMED CT",
        "Chronic",
        "Since",
        "Until",
        "When",
        "Began",
        "Ended",
        "Date",
        "Code",
        "Month",
        "Initiating visit",
    ],
    WORD,
)

"""The close of one month, patient after patient."""

from __future__ import annotations

import pandas as pd

from ccmlib.month import Month

from . import rules
from .money import line_amounts
from .practice import Extract, Patient, read
from .requirements import HOLD, REVIEW, Case, claimed_codes, shares_date, unmet
from .reviews import needs_modifier, reviews
from .seconds import Fates, fates, window_of
from .units import Bill, best_bill, claimed_by_clock, length

PROGRAM = "ccm"
MOST_DIAGNOSES = 12
CLOCKS = ("clinical_staff", "none", "practitioner")
#: Holds of a patient are written in this order.
REASONS = [
    "deceased", "not_consented", "consent_revoked", "consent_other_practitioner", "consent_incomplete", "no_part_b",
    "enrolled_elsewhere", "conditions", "same_condition", "diagnosis_not_coded", "initiating_visit",
    "care_plan_missing", "care_plan_unapproved", "care_plan_stale", "facility_month", "conflict", "below_threshold",
    "risk_not_attested", "invalid_time", "not_clinical", "activity_not_counted", "after_death", "before_consent",
    "after_revocation", "during_stay", "staff_double_booked", "other_program", "same_minute", "over_cap", "remainder",
    "late_entry", "imputed_time", "heaping", "vague_note", "day_of_visit", "complex_candidate", "mue_exceeded",
]  # fmt: skip


def reference_close(frames: dict[str, pd.DataFrame], month: str) -> tuple[list[dict], list[dict], list[dict]]:
    """(claim lines, holds, seconds) of `month`, each row a dict with the public contract's columns.

    `frames` are the tables of a practice extract by name; tables that are missing are empty. A service
    date is ISO text, amounts are whole cents, evidence and modifiers stay empty.
    """
    the_month = Month(month)
    extract = read(frames)
    bounds = {zone: the_month.bounds(zone) for zone in {patient.practice.time_zone for patient in extract.patients}}
    tables = ([], [], [])
    for patient in extract.patients:
        for table, rows in zip(tables, close_patient(patient, the_month, bounds, extract), strict=True):
            table.extend(rows)
    return tables


def close_patient(patient: Patient, month: Month, bounds: dict, extract: Extract) -> tuple[list, list, list]:
    """Claim lines, holds and seconds of one patient; three empty lists when nothing was logged."""
    start, end = bounds[patient.practice.time_zone]
    window = window_of(patient, PROGRAM, start, end, extract.staff)
    found = fates(patient, PROGRAM, window, extract)
    if found is None:
        return [], [], []
    died_in_time = patient.row.died_at is not None and patient.row.died_at < end
    case = Case(patient, month, window, month.last, extract)
    if died_in_time:
        case = Case(patient, month, window, min(month.last, case.day(patient.row.died_at)), extract)
    return decide(case, found)


def decide(case: Case, found: Fates) -> tuple[list, list, list]:
    """Bill the counted seconds, or hold them by the first thing that is lacking."""
    lacking = unmet(case)
    bill = best_bill(case, found.counted)
    if bill and bill.family == "complex" and shares_date(case, bill.day, rules.NOT_WITH_COMPLEX):
        lacking.append(("conflict", HOLD))
    if bill is None:
        lacking.append(("below_threshold", HOLD))
    blockers = [reason for reason, severity in lacking if severity == HOLD]
    holds = {(reason, HOLD): seconds for reason, seconds in found.held.items()}
    holds.update(dict.fromkeys(lacking, 0))
    if bill and needs_modifier(case, bill):
        holds["conflict", REVIEW] = 0
    if blockers:
        holds[blockers[0], HOLD] = length(found.counted)
        return [], hold_rows(case, holds), second_rows(case, found, {})
    rest = length(found.counted) - bill.claimed - bill.over_cap
    left = {("over_cap", HOLD): bill.over_cap, ("remainder", HOLD): rest}
    holds.update({key: seconds for key, seconds in left.items() if seconds})
    holds.update({(reason, REVIEW): seconds for reason, seconds in reviews(case, found.counted, bill).items()})
    claimed = claimed_by_clock(bill, case.extract.staff)
    return claim_rows(case, bill), hold_rows(case, holds), second_rows(case, found, claimed)


def identity(case: Case) -> dict:
    practice, patient = case.patient.practice, case.patient.row
    return {"practice_id": practice.practice_id, "patient_id": patient.patient_id, "program": PROGRAM}


def claim_rows(case: Case, bill: Bill) -> list[dict]:
    """A row for each code, in the order of the codes."""
    return [claim_row(case, bill, *line) for line in sorted(bill.lines)]


def claim_row(case: Case, bill: Bill, code: str, units: int, seconds: int) -> dict:
    practice, billing = case.patient.practice, case.patient.billing
    allowed, coinsurance, medicare = line_amounts(code, units, bill.day, case.patient)
    return identity(case) | {
        "hcpcs_code": code,
        "units": units,
        "service_date": bill.day.isoformat(),
        "place_of_service_code": practice.place_of_service_code or "11",
        "rendering_npi": billing.npi,
        "billing_npi": practice.billing_npi,
        "diagnosis_codes": ";".join(diagnoses(claimed_codes(case))),
        "seconds": seconds,
        "allowed_cents": allowed,
        "coinsurance_cents": coinsurance,
        "medicare_cents": medicare,
        "modifiers": "",
    }


def diagnoses(codes: set[str]) -> list[str]:
    """At most twelve codes with their dots: one of each disease first, so that the first two prove two diseases."""
    firsts = {}
    for code in sorted(codes):
        firsts.setdefault(rules.DISEASE_GROUPS.get(code, code), code)
    ordered = [*firsts.values(), *sorted(codes - set(firsts.values()))]
    return [dotted(code) for code in ordered[:MOST_DIAGNOSES]]


def dotted(code: str) -> str:
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def hold_rows(case: Case, holds: dict) -> list[dict]:
    """A row for each reason and severity."""
    ordered = sorted(holds.items(), key=lambda item: (REASONS.index(item[0][0]), item[0][1]))
    return [
        identity(case) | {"reason": reason, "severity": severity, "seconds": seconds, "evidence": ""}
        for (reason, severity), seconds in ordered
    ]


def second_rows(case: Case, found: Fates, claimed: dict) -> list[dict]:
    """A row for each clock on which something was logged."""
    return [
        identity(case)
        | {"clock": clock, "logged": logged, "claimed": claimed.get(clock, 0), "held": logged - claimed.get(clock, 0)}
        for clock in CLOCKS
        if (logged := found.logged[clock])
    ]

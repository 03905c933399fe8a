"""Turns the catalogue into rows: every planted patient's facts, and their work in the last month."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ..facts import CARE_PLAN_ELEMENTS, TABLES, typed
from ..month import Month
from .enrollment import STATEMENTS
from .identity import outside_npi
from .moments import Moments
from .plans import CORE
from .planted_rows import Planting
from .planted_work import plant_work
from .practice import PLACES, Practices
from .situation import Situation, Visit
from .situations import SITUATIONS
from .words import DISEASES, PLAN_TEXTS, about


def planted(practices: Practices) -> dict[str, pd.DataFrame]:
    """Frames of the planted patients alone; ids of numbered tables are not yet given."""
    scale = practices.scale
    planting = Planting(practices, Moments(Month(scale.last_month), PLACES[0][0]))
    for number, situation in enumerate(SITUATIONS[: scale.planted_count]):
        for plant in (_cover, _illness, _visits, _consents, _plans, _attest, _outside, plant_work):
            plant(planting, patient_id(number), situation)
    return {table: typed(pd.DataFrame(rows), TABLES[table]) for table, rows in planting.rows.items()}


def patient_id(number: int) -> str:
    """The id of the situation numbered `number`, from 0."""
    return f"P{number + 1:04d}"


def _cover(planting: Planting, patient: str, situation: Situation) -> None:
    for cover in situation.coverage:
        planting.add("coverage", patient_id=patient, payer=cover.payer, member_id=f"MX{patient}",
                     from_date=planting.moments.day(cover.since),
                     until_date=planting.moments.day(cover.until) if cover.until else None)  # fmt: skip


def _illness(planting: Planting, patient: str, situation: Situation) -> None:
    onset = planting.moments.day("-40/12")
    for code in situation.conditions:
        planting.add("conditions", patient_id=patient, icd10_code=code, onset_date=onset)
    for code in situation.snomed:
        planting.add("conditions", patient_id=patient, snomed_code=code, onset_date=onset)


def _visits(planting: Planting, patient: str, situation: Situation) -> None:
    for visit in situation.visits:
        _visit(planting, patient, situation, visit)
    for stay in situation.stays:
        until = planting.moments.instant(stay.until) if stay.until else None
        planting.add("encounters", patient_id=patient, kind=stay.kind, started_at=planting.moments.instant(stay.since),
                     ended_at=until, place_of_service_code="21" if stay.kind == "inpatient" else "31")  # fmt: skip
        if until:
            planting.add("transitions", patient_id=patient, discharged_at=until, from_setting=stay.kind,
                         to_setting="home", contacted_at=until + dt.timedelta(days=1), attempts=1)  # fmt: skip


def _visit(planting: Planting, patient: str, situation: Situation, visit: Visit) -> None:
    at = planting.moments.instant(visit.at)
    planting.add("encounters", patient_id=patient, kind="visit", hcpcs_code=visit.hcpcs_code,
                 staff_id=planting.staff_id(situation.billing), billing_npi=planting.npi(situation.billing),
                 started_at=at, ended_at=at + dt.timedelta(minutes=20), place_of_service_code="11")  # fmt: skip


def _consents(planting: Planting, patient: str, situation: Situation) -> None:
    for consent in situation.consents:
        for program in ("ccm", "rpm") if situation.rpm else ("ccm",):
            staff = situation.billing if consent.staff == "billing" else consent.staff
            planting.add("consents", patient_id=patient, program=program, staff_id=planting.staff_id(staff),
                         given_at=planting.moments.instant(consent.at), method="verbal",
                         recorded_by=planting.staff_id("nurse"),
                         revoked_at=planting.moments.instant(consent.revoked) if consent.revoked else None,
                         **{one: one != consent.missing for one in STATEMENTS})  # fmt: skip


def _plans(planting: Planting, patient: str, situation: Situation) -> None:
    for version, plan in enumerate(situation.plans, start=1):
        approved = planting.moments.instant(plan.approved) if plan.approved else None
        approved = planting.moments.days_old(plan.days_old) if plan.days_old else approved
        plan_id = f"CP-{patient}-{version}"
        planting.add("care_plans", care_plan_id=plan_id, patient_id=patient, version=version, status=plan.status,
                     written_by=planting.staff_id("nurse"), approved_at=approved, copy_given_at=approved,
                     approved_by=planting.staff_id(situation.billing) if approved else None)  # fmt: skip
        _items(planting, plan_id)


def _items(planting: Planting, plan_id: str) -> None:
    for element in CORE:
        goal = CARE_PLAN_ELEMENTS[element] == "treatment_goals"
        planting.add("care_plan_items", item_id=f"{plan_id}-{element + 1:02d}", care_plan_id=plan_id,
                     element=CARE_PLAN_ELEMENTS[element], text=about(PLAN_TEXTS[element], DISEASES[0]),
                     target=DISEASES[0].goal if goal else None,
                     due_date=planting.moments.day("+3/15") if goal else None, responsible="care manager")  # fmt: skip


def _attest(planting: Planting, patient: str, situation: Situation) -> None:
    attested = []
    if situation.risk:
        attested.append(("risk", None, None, "-7/12 12:30", "Significant risk of decline or acute flare"))
    if situation.complexity:
        month = planting.moments.month.text
        attested.append(("mdm", situation.complexity, month, "16 12:10", "Two conditions changing, treatment adjusted"))
    if situation.rpm:
        attested.append(("rpm_order", None, None, "-7/12 12:40", "Device ordered for home readings"))
    staff = planting.staff_id(situation.billing)
    for kind, level, month, at, note in attested:
        planting.add("attestations", patient_id=patient, kind=kind, level=level, service_month=month, note=note,
                     staff_id=staff, attested_at=planting.moments.instant(at))  # fmt: skip


def _outside(planting: Planting, patient: str, situation: Situation) -> None:
    for service in situation.services:
        npi = planting.npi(situation.billing) if service.own else outside_npi(1)
        planting.add("other_services", patient_id=patient, hcpcs_code=service.hcpcs_code, billing_npi=npi,
                     service_date=planting.moments.day(service.on))  # fmt: skip

"""What a patient lacks for the month: reasons in the order in which they take the blame for the seconds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ccmlib.month import Month, a_year_before

from . import rules
from .practice import Extract, Patient, local_day
from .seconds import Window

HOLD, REVIEW = "hold", "review"


@dataclass(frozen=True, slots=True)
class Case:
    """A patient in a month: the window of its seconds, the day on which facts are asked, and the whole extract."""

    patient: Patient
    month: Month
    window: Window
    asked_on: dt.date
    extract: Extract

    @property
    def zone(self) -> str:
        return self.patient.practice.time_zone

    def day(self, second: int) -> dt.date:
        """The practice's calendar day of an instant."""
        return local_day(second, self.zone)

    def is_in_month(self, day: dt.date) -> bool:
        return self.month.first <= day <= self.month.last


def unmet(case: Case) -> list[tuple[str, str]]:
    """(reason, severity) of everything the patient lacks, whether it holds the claim or only needs a look."""
    return [
        *deceased(case),
        *((reason, HOLD) for reason in case.window.consent.lacks),
        *no_part_b(case),
        *enrolled_elsewhere(case),
        *conditions(case),
        *initiating_visit(case),
        *care_plan(case),
        *facility_month(case),
        *conflict(case),
        *risk(case),
    ]


def deceased(case: Case) -> list[tuple[str, str]]:
    """Death before the month's first second."""
    died_at = case.patient.row.died_at
    return [("deceased", HOLD)] if died_at is not None and died_at < case.window.start else []


def no_part_b(case: Case) -> list[tuple[str, str]]:
    """Part B in force on the day asked, and no Medicare Advantage beside it."""
    payers = {row.payer for row in case.patient.coverage if is_in_force(row.from_date, row.until_date, case.asked_on)}
    met = "medicare_part_b" in payers and "medicare_advantage" not in payers
    return [] if met else [("no_part_b", HOLD)]


def is_in_force(first: dt.date, last: dt.date | None, day: dt.date) -> bool:
    return first <= day and (last is None or day <= last)


def billed_services(case: Case) -> list[tuple[str, str]]:
    """(code, NPI that billed it) of what else is known to have been done in the month."""
    return [(code, npi) for code, npi, day in services(case) if case.is_in_month(day)]


def services(case: Case) -> list[tuple]:
    """(code, NPI that billed it, day) of everything known besides the log; a code that is not of its year is none."""
    outside = [(row.hcpcs_code, row.billing_npi, row.service_date) for row in case.patient.other_services]
    seen = [(row.hcpcs_code, row.billing_npi or case.patient.practice.billing_npi, case.day(row.started_at))
            for row in case.patient.encounters if row.hcpcs_code]  # fmt: skip
    return [row for row in outside + seen if rules.is_of_year(row[0], case.month.first.year)]


def shares_date(case: Case, day: dt.date, codes: set[str]) -> bool:
    """Whether the same practitioner billed one of `codes` on `day`."""
    return any(code in codes and on == day and is_same_practitioner(npi, case.patient)
               for code, npi, on in services(case))  # fmt: skip


def is_same_practitioner(npi: str, patient: Patient) -> bool:
    """Whether an NPI is the billing practitioner's or the practice's."""
    return npi in (patient.billing.npi, patient.practice.billing_npi)


def enrolled_elsewhere(case: Case) -> list[tuple[str, str]]:
    """Another practitioner already has the patient's CCM: it is said so, or was billed so."""
    billed = any(
        code in rules.CCM_CODES and not is_same_practitioner(npi, case.patient) for code, npi in billed_services(case)
    )
    return [("enrolled_elsewhere", HOLD)] if billed or case.patient.row.enrolled_elsewhere else []


def conflict(case: Case) -> list[tuple[str, str]]:
    """What shuts CCM out in the same month: of the same practitioner it holds, of another it needs a look."""
    services = billed_services(case)
    same = {code for code, npi in services if is_same_practitioner(npi, case.patient)}
    other = {code for code, npi in services if not is_same_practitioner(npi, case.patient)}
    held = [("conflict", HOLD)] if same & rules.CONFLICTS_HELD else []
    return held + ([("conflict", REVIEW)] if other & rules.CONFLICTS_REVIEWED else [])


def in_force(case: Case) -> list[tuple]:
    """The patient's conditions on the day asked."""
    return [
        row
        for row in case.patient.conditions
        if (row.onset_date is None or row.onset_date <= case.asked_on)
        and (row.abated_date is None or row.abated_date > case.asked_on)
    ]


def codes_in_force(case: Case) -> set[str]:
    """ICD-10-CM codes of the conditions in force, without their dots."""
    return {row.icd10_code.replace(".", "").upper() for row in in_force(case) if row.icd10_code}


def chronic_codes(case: Case) -> set[str]:
    return codes_in_force(case) & rules.DISEASE_GROUPS.keys()


def conditions(case: Case) -> list[tuple[str, str]]:
    """At least two chronic codes of at least two diseases."""
    chronic = chronic_codes(case)
    groups = {rules.DISEASE_GROUPS[code] for code in chronic}
    if len(chronic) >= 2:
        return [] if len(groups) >= 2 else [("same_condition", REVIEW)]
    if len(groups | uncoded_groups(case)) >= 2:
        return [("diagnosis_not_coded", HOLD)]
    return [("conditions", REVIEW if len(chronic | unknown_codes(case)) >= 2 else HOLD)]


def unknown_codes(case: Case) -> set[str]:
    """Codes of which nobody knows whether they are chronic."""
    return codes_in_force(case) - rules.DISEASE_GROUPS.keys() - rules.NOT_CHRONIC


def claimed_codes(case: Case) -> set[str]:
    """The chronic codes, and the unknown ones where there are too few of those."""
    chronic = chronic_codes(case)
    return chronic if len(chronic) >= 2 else chronic | unknown_codes(case)


def uncoded_groups(case: Case) -> set[str]:
    """Diseases known by a SNOMED code alone."""
    alone = {row.snomed_code for row in in_force(case) if not row.icd10_code}
    return {rules.SNOMED_GROUPS[code] for code in alone & rules.SNOMED_GROUPS.keys()}


def initiating_visit(case: Case) -> list[tuple[str, str]]:
    """A qualifying visit between a year before the consent and the consent; not judged without one."""
    consents = case.window.consent.chosen
    if not consents:
        return []
    lasting = [one for one in consents if one.revoked_at is None or one.revoked_at >= case.window.start]
    day = case.day(min(consent.given_at for consent in lasting or consents))
    met = any(
        a_year_before(day) <= case.day(visit.started_at) <= day
        for visit in case.patient.encounters
        if visit.hcpcs_code in rules.INITIATING_VISITS and is_of_practice(visit, case)
    )
    return [] if met else [("initiating_visit", HOLD)]


def is_of_practice(visit: tuple, case: Case) -> bool:
    practice = case.patient.practice
    own = case.extract.npis_by_practice.get(practice.practice_id, set())
    return visit.billing_npi in ("", practice.billing_npi) or visit.billing_npi in own


def care_plan(case: Case) -> list[tuple[str, str]]:
    """An active plan that a practitioner approved before the month's end, and that was looked at within a year."""
    active = [plan for plan in case.patient.care_plans if plan.status == "active"]
    counting = [plan for plan in active if is_approved(plan, case)]
    if not counting:
        return [("care_plan_unapproved" if active else "care_plan_missing", HOLD)]
    newest = max(moment for plan in counting for moment in (plan.approved_at, plan.reviewed_at)
                 if moment is not None and moment < case.window.end)  # fmt: skip
    return [("care_plan_stale", REVIEW)] if case.day(newest) < a_year_before(case.month.last) else []


def is_approved(plan: tuple, case: Case) -> bool:
    if plan.approved_at is None or plan.approved_at >= case.window.end:
        return False
    return plan.approved_by == "" or case.extract.staff[plan.approved_by].role in rules.PRACTITIONERS


def facility_month(case: Case) -> list[tuple[str, str]]:
    """A stay, or stays that follow each other, that fill the month or what was lived of it."""
    return [("facility_month", HOLD)] if case.window.whole_month_in_stay else []


def risk(case: Case) -> list[tuple[str, str]]:
    """Someone wrote down, before the month's end, that the conditions put the patient at significant risk."""
    attested = any(row.kind == "risk" and row.attested_at < case.window.end for row in case.patient.attestations)
    return [] if attested else [("risk_not_attested", REVIEW)]

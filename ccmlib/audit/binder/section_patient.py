"""Whose claim it is: patient, practice, practitioner, and the coverage on the day asked."""

from __future__ import annotations

from ... import wording
from ...reports.table import WORD
from .parts import Section, heading, pairs, whole_table
from .subject import Subject, day, first_upper, name_of, text


def patient(subject: Subject) -> Section:
    """Identity and coverage."""
    person, practice, billing = subject.person, subject.practice, subject.practitioner
    npi = text(billing.npi) or "not recorded"
    return Section(
        "patient",
        "Patient and coverage",
        "Who the patient is, who bills, and what covered the patient.",
        (
            heading("Patient"),
            pairs(
                {
                    "Name": name_of(person),
                    "Patient id": person.patient_id,
                    "Record number": text(person.medical_record_number),
                    "Date of birth": day(person.birth_date),
                    "Sex": text(person.sex),
                    "Medicare number": text(person.mbi),
                    "Died": subject.at(person.died_at) or "no death recorded",
                }
            ),
            heading("Practice and billing practitioner"),
            pairs(
                {
                    "Practice": f"{practice['name']} ({practice.practice_id}), billing NPI {practice.billing_npi}",
                    "Practitioner": f"{subject.staff(billing.staff_id)}, {wording.words(billing.role)}, NPI {npi}",
                }
            ),
            heading("Coverage"),
            whole_table(_coverage(subject), "Coverage", {"From": WORD, "Until": WORD}, none="No coverage is recorded."),
        ),
    )


PAYERS = {
    "medicare_part_b": "Medicare Part B",
    "medicare_advantage": "Medicare Advantage",
    "qmb": "Qualified Medicare Beneficiary",
}


def _coverage(subject: Subject) -> list[dict]:
    rows = subject.rows("coverage").sort_values(["from_date", "payer"])
    return [
        {
            "Payer": PAYERS.get(row.payer, first_upper(wording.words(row.payer))),
            "Member number": text(row.member_id),
            "From": day(row.from_date),
            "Until": day(row.until_date) or "open",
        }
        for row in rows.itertuples()
    ]

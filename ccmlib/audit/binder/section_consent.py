"""The consent as a page of its own, fit to be sent alone with a request for records."""

from __future__ import annotations

import pandas as pd

from ...reports.chip import chip
from ...reports.table import TEXT, WORD
from ..criteria import criteria
from .checklist import consent_judged
from .parts import Section, heading, pairs, whole_table
from .subject import Subject, first_upper


def consent(subject: Subject) -> Section:
    """The consent that was judged, its statements, and every other consent and withdrawal on file."""
    given = consent_judged(subject)
    program = subject.program.question.program.upper()
    says = f"The record of the patient's agreement to {program}, as it was taken."
    body = (
        (_record(subject, given), heading("What the patient was told"), _statements(subject, given))
        if given is not None
        else ()
    )
    return Section("consent", "Consent", says, (*body, heading("All consents on file"), _history(subject)))


def _record(subject: Subject, given: pd.Series):
    return pairs(
        {
            "Given": subject.at(given.given_at),
            "How": first_upper(given.method),
            "To the practitioner": subject.staff(given.staff_id),
            "Recorded by": subject.staff(given.recorded_by),
            "Withdrawn": subject.at(given.revoked_at) or "not withdrawn",
            "Consent id": given.consent_id,
        }
    )


def _statements(subject: Subject, given: pd.Series):
    rows = [
        {
            "Statement": row["says"],
            "Recorded": chip("ready", "recorded") if given[row["name"]] else chip("hold", "not recorded"),
        }
        for row in criteria("binder", "statement", subject.rules.month)
    ]
    return whole_table(rows, "What the patient was told", {"Statement": TEXT, "Recorded": WORD})


def _history(subject: Subject):
    rows = subject.rows("consents").sort_values(["given_at", "consent_id"])
    shown = [
        {
            "Given": subject.at(row.given_at),
            "Program": row.program.upper(),
            "How": first_upper(row.method),
            "Practitioner": subject.staff(row.staff_id),
            "Withdrawn": subject.at(row.revoked_at) or "–",
            "Id": row.consent_id,
        }
        for row in rows.itertuples()
    ]
    return whole_table(
        shown, "All consents on file", {"Given": WORD, "Withdrawn": WORD, "Id": WORD}, none="No consent is on file."
    )

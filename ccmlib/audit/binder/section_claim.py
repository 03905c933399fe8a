"""What was claimed and what was paid."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ... import wording
from ...reports.markup import escaped, joined, muted
from ...reports.table import CLOCK, COUNT, MONEY, WORD, summed
from .parts import Section, heading, pairs, whole_table
from .subject import Subject

#: What is known of a payment, a row a line: dates as text, money in cents, adjustments as ``CO-253 $1.06``.
PAYMENT = ["hcpcs_code", "paid_on", "paid_cents", "patient_cents", "adjustments"]
AMOUNTS = {"Allowed": "allowed_cents", "Medicare": "medicare_cents", "Patient": "coinsurance_cents"}


def claim(subject: Subject) -> Section:
    """The claim lines of the close, and the payment when one is known."""
    lines = subject.lines
    head = (pairs(_head(lines)),) if len(lines) else ()
    says = "The lines of the close. Medicare's share is before sequestration, the deductible met."
    return Section(
        "claim",
        "Claim and payment",
        says if len(lines) else "Nothing is claimed for this month.",
        (
            *head,
            heading("Claim lines"),
            _lines(subject),
            heading("Payment"),
            _payment(subject.payment),
        ),
    )


def _head(lines: pd.DataFrame) -> dict[str, object]:
    first = lines.iloc[0]
    return {
        "Diagnoses": first.diagnosis_codes.replace(";", ", "),
        "Place of service": first.place_of_service_code,
        "Rendering NPI": first.rendering_npi,
        "Billing NPI": first.billing_npi,
    }


def _lines(subject: Subject):
    codes = subject.rules.codes
    rows = [
        {
            "Code": joined([escaped(row.hcpcs_code), " ", muted(codes[row.hcpcs_code].label)]),
            "Units": row.units,
            "Date": wording.date(dt.date.fromisoformat(row.service_date)),
            "Time": row.seconds,
            **{title: getattr(row, name) for title, name in AMOUNTS.items()},
        }
        for row in subject.lines.itertuples()
    ]
    looks = {"Units": COUNT, "Date": WORD, "Time": CLOCK, **dict.fromkeys(AMOUNTS, MONEY)}
    totals = summed(pd.DataFrame(rows), "Total", "Units", *AMOUNTS) if rows else None
    return whole_table(rows, "Claim lines", looks, totals, "No claim line was made.")


def _payment(payment: pd.DataFrame | None):
    rows = (
        []
        if payment is None
        else [
            {
                "Code": row.hcpcs_code,
                "Paid on": row.paid_on,
                "Adjustments": row.adjustments or "–",
                "Paid": int(row.paid_cents),
                "Patient": int(row.patient_cents),
            }
            for row in payment[PAYMENT].itertuples()
        ]
    )
    totals = summed(pd.DataFrame(rows), "Total", "Paid", "Patient") if rows else None
    looks = {"Paid on": WORD, "Paid": MONEY, "Patient": MONEY}
    return whole_table(rows, "Payment", looks, totals, "No payment is on file for this month.")

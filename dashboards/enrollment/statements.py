"""What is stated before a consent or a withdrawal is written."""

from __future__ import annotations

import datetime as dt

from ccmlib import wording
from ccmlib.acts.consent import NewConsent
from ccmlib.enrollment.consents import effect_words, refuse_unexplained, takes_effect
from ccmlib.problem import Problem
from ccmlib.reports.markup import Html, paragraphs

from .lists import name_of
from .reading import Enrolling


def consent_statement(known: Enrolling, patient_id: str, consent: NewConsent) -> Html:
    """What recording the consent writes. Raises Problem when something was not explained or nobody is named."""
    refuse_unexplained(consent.explained, consent.method)
    when, to = wording.moment(known.day.local(consent.given_at)), known.member(consent.practitioner)
    if not to:
        raise Problem("Choose the practitioner to whom the consent is given.")
    return paragraphs([
        f"Record for {name_of(known, patient_id)}: {consent.method} consent to {to}, given {when}; all four told.",
        *_other_biller(known, patient_id, consent.practitioner),
        "Time counts from then on; a consent is never changed, only withdrawn.",
    ])  # fmt: skip


def withdrawal_statement(known: Enrolling, patient_id: str, at: dt.datetime) -> Html:
    """What recording the withdrawal writes, and when it takes effect."""
    effect = effect_words(takes_effect(at, known.day.time_zone))
    when = wording.moment(known.day.local(at))
    return paragraphs([f"Record that {name_of(known, patient_id)} withdrew on {when}: {effect}"])


def _other_biller(known: Enrolling, patient_id: str, staff_id: str) -> list[str]:
    if staff_id == known.people.loc[patient_id].billing_staff_id:
        return []
    return [f"Careful: {known.biller(patient_id)} bills for this patient; a consent to somebody else does not count."]

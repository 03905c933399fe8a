"""Recording a consent to care management, and its end.

Sources: rulebook C1, C2 and C6 (four statements, documented, verbal or written; a withdrawal takes effect at the end
of the calendar month, and by policy seconds after it do not count).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from ..access.session import Session
from ..enrollment.consents import PROGRAM, STATEMENTS, effect_words, in_force, refuse_unexplained, takes_effect
from ..problem import Problem
from ..store import Engine
from .chart import Chart, chart, practitioners, text

RECORD, REVOKE = "record_consent", "record_revocation"


@dataclass(frozen=True)
class NewConsent:
    """A consent: to which practitioner, how, when, who took it, and the statements (columns) that were explained."""

    practitioner: str
    method: str
    given_at: dt.datetime
    recorded_by: str
    explained: frozenset[str]


def record_consent(store: Engine, session: Session, patient_id: str, consent: NewConsent, now: dt.datetime) -> str:
    """Record a patient's consent. Says what was written.

    Raises Problem when a statement was not explained, the method is unknown, the instant has not come or lies after
    the patient's death, the practitioner is none of the practice, or a consent to them is in force already.
    """
    with chart(store, session, RECORD, patient_id, now) as desk:
        _refuse_unfit(consent, desk)
        row = {
            "consent_id": desk.unused("consents", f"C-{desk.stamp(consent.given_at)}"), "patient_id": patient_id,
            "program": PROGRAM, "staff_id": consent.practitioner, "given_at": pd.Timestamp(consent.given_at),
            "method": consent.method, "recorded_by": consent.recorded_by, **dict.fromkeys(STATEMENTS, True),
        }  # fmt: skip
        desk.append("consents", [row])
        name = desk.colleague(consent.practitioner)["name"]
        return (
            f"Consent recorded: {consent.method}, to {name}, {desk.told(consent.given_at)}. Time counts from then on."
        )


def record_revocation(
    store: Engine, session: Session, patient_id: str, revoked_at: dt.datetime, now: dt.datetime
) -> str:
    """Record that the patient stopped the program: every consent in force ends. Says what was written and from when.

    Raises Problem when no consent is in force then, or the instant has not come yet.
    """
    with chart(store, session, REVOKE, patient_id, now) as desk:
        desk.refuse_future(revoked_at, "A withdrawal")
        given = in_force(desk.rows("consents"), revoked_at)
        if given.empty:
            raise Problem(f"No consent of {patient_id} was in force at {desk.told(revoked_at)}; check day and time.")
        desk.append(
            "consents", [row.to_dict() | {"revoked_at": pd.Timestamp(revoked_at)} for _, row in given.iterrows()]
        )
        return (
            f"Withdrawal of {desk.told(revoked_at)} recorded; {effect_words(takes_effect(revoked_at, desk.time_zone))}"
        )


def _refuse_unfit(consent: NewConsent, desk: Chart) -> None:
    refuse_unexplained(consent.explained, consent.method)
    desk.refuse_future(consent.given_at, "A consent")
    desk.member(consent.recorded_by)
    _refuse_other_than_practitioner(consent, desk)
    _refuse_the_dead(consent, desk)
    _refuse_second(consent, desk)


def _refuse_other_than_practitioner(consent: NewConsent, desk: Chart) -> None:
    if consent.practitioner not in set(practitioners(desk.staff).staff_id):
        raise Problem(f"{consent.practitioner or 'Nobody'} is no practitioner of practice {desk.practice_id} today.")


def _refuse_the_dead(consent: NewConsent, desk: Chart) -> None:
    died = desk.patient.died_at
    if pd.notna(died) and pd.Timestamp(consent.given_at) >= died:
        raise Problem(f"The patient died {desk.told(died.to_pydatetime())}; a consent after that cannot be.")


def _refuse_second(consent: NewConsent, desk: Chart) -> None:
    standing = in_force(desk.rows("consents"), desk.now)
    told = standing[list(STATEMENTS)].all(axis=1)
    same = standing[told & (standing.staff_id == consent.practitioner)]
    if len(same):
        when = desk.told(same.given_at.iloc[0].to_pydatetime())
        raise Problem(
            f"A complete consent to {text(consent.practitioner)} is in force since {when}; nothing was written."
        )

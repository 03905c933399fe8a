"""What a consent must say, which are in force, and when a withdrawal takes effect (rulebook C2 and C6)."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from .. import wording
from ..care_plan.local import local_day
from ..facts import CHOICES
from ..month import Month
from ..problem import Problem

PROGRAM = "ccm"
#: What the patient must be told before saying yes: the column of the consent, and the statement.
STATEMENTS = {
    "services_explained": "Which services care management brings, and how to reach us day and night",
    "cost_sharing_explained": "That the patient may have to pay a share of the cost",
    "single_practitioner_explained": "That only one practitioner can bill it in a calendar month",
    "right_to_stop_explained": "That the patient can stop at any time, effective at the end of that month",
}


def refuse_unexplained(explained: frozenset[str], method: str) -> None:
    """Raise Problem unless all statements were explained and the method is known: nothing less is a consent."""
    untold = [says for name, says in STATEMENTS.items() if name not in explained]
    if untold:
        raise Problem(f"Explain first, then record. Not yet explained: {'; '.join(untold)}.")
    if method not in CHOICES["method"]:
        raise Problem("Say how the consent was given: written or verbal.")


def takes_effect(revoked_at: dt.datetime, time_zone: str) -> dt.date:
    """The last day of the calendar month of a withdrawal, in the practice's time zone (rulebook C6)."""
    return Month(f"{local_day(revoked_at, time_zone):%Y-%m}").last


def effect_words(last_day: dt.date) -> str:
    """What a withdrawal means, in words."""
    return (
        f"it takes effect at the end of {wording.date(last_day)}. Time after the withdrawal does not count; what was "
        "counted before it may still reach that month's claim, and later months are not billed."
    )


def in_force(consents: pd.DataFrame, at: dt.datetime) -> pd.DataFrame:
    """The rows of consents to the program that are in force at an instant."""
    when = pd.Timestamp(at)
    given = (consents.program == PROGRAM) & (consents.given_at <= when)
    return consents[given & ~(consents.revoked_at <= when)]

"""Where a report's facts come from: a store, or the sample practice of this checkout."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd

import ccmlib

from ..facts import TABLES, MonthFacts
from ..importers.extract import extract_facts
from ..month import Month
from ..problem import Problem
from ..store import engine as stores
from ..store import migrate
from ..store.read import month_facts

CHECKOUT = Path(ccmlib.__file__).resolve().parent.parent


def facts_of(month: Month, practice: str = "", database: str = "", as_of: str = "") -> MonthFacts:
    """The facts of `month` from the store at `database`, or from the sample practice when it is empty.

    `practice` empty means all; `as_of` is an ISO instant with offset, empty means all that is known.
    Raises Problem for an unknown practice, an instant that cannot be read, a store that cannot be opened.
    """
    if database:
        return _from_store(month, practice, database, instant(as_of))
    if as_of:
        raise Problem(
            "The sample practice has no history, so as_of cannot be asked; name a database, or leave as_of empty."
        )
    return of_practice(extract_facts(sample_folder(), month), practice)


def sample_folder() -> Path:
    """The folder of the sample practice; only a checkout has it."""
    folder = CHECKOUT / "data" / "samples"
    if not folder.is_dir():
        raise Problem(
            "This installation has no sample practice (data/samples of the checkout); name a database instead."
        )
    return folder


def instant(text: str) -> dt.datetime | None:
    """The instant written in `text`, None when it is empty; Problem when it has no offset or is no instant."""
    try:
        when = dt.datetime.fromisoformat(text) if text else None
    except ValueError:
        raise Problem(f"as_of {text!r} is not an instant; write one such as 2026-03-05T09:00:00-05:00.") from None
    if when and when.tzinfo is None:
        raise Problem(f"as_of {text!r} has no offset; write an instant such as 2026-03-05T09:00:00-05:00.")
    return when


def _from_store(month: Month, practice: str, database: str, as_of: dt.datetime | None) -> MonthFacts:
    engine = stores.open(database)
    try:
        migrate.require_current(engine)
        with engine.connect() as connection:
            return month_facts(connection, month, as_of, practice or None)
    finally:
        engine.dispose()


def of_practice(facts: MonthFacts, practice: str) -> MonthFacts:
    """The facts of one practice: its patients and what hangs on them, and all staff; of all when it is empty."""
    if not practice:
        return facts
    known = facts.practices.practice_id
    if practice not in set(known):
        raise Problem(f"There is no practice {practice!r}; known are {', '.join(known[:5])}.")
    patients = facts.patients[facts.patients.practice_id == practice].reset_index(drop=True)
    plans = facts.care_plans[facts.care_plans.patient_id.isin(patients.patient_id)]
    kept = {name: _kept(name, frame, patients, plans) for name, frame in facts.frames().items()}
    return replace(
        facts, **kept | {"practices": facts.practices[known == practice].reset_index(drop=True), "patients": patients}
    )


def _kept(name: str, frame: pd.DataFrame, patients: pd.DataFrame, plans: pd.DataFrame) -> pd.DataFrame:
    if name == "care_plan_items":
        return frame[frame.care_plan_id.isin(plans.care_plan_id)].reset_index(drop=True)
    if "patient_id" not in TABLES[name].names:
        return frame
    return frame[frame.patient_id.isin(patients.patient_id)].reset_index(drop=True)

"""From a store to a decision that nobody has saved: what ``ccm preview``, reports and dashboards begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from . import wording
from .close import MonthClose, close_month
from .facts import MonthFacts
from .month import Month
from .problem import Problem
from .rulebook import Rulebook
from .screen import screen
from .store import engine, migrate, read


def instant(text: str) -> dt.datetime | None:
    """An ISO 8601 instant with offset; empty text is None (now)."""
    if not text:
        return None
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise Problem(f"{text!r} is not an instant; write it as 2026-04-02T09:00:00-04:00.") from error


def stored_facts(database: str, month: Month, practice: str = "", as_of: str = "") -> MonthFacts:
    """The facts of a month from the store at `database`."""
    store = engine.open(database)
    migrate.require_current(store)
    with store.connect() as connection:
        return read.month_facts(connection, month, instant(as_of), practice or None)


def decided(database: str, month: str, practice: str = "", as_of: str = "") -> MonthClose:
    """The decision of `month` under the rules of this installation."""
    when = Month(month)
    return close_month(stored_facts(database, when, practice, as_of), Rulebook.load().on(when))


def screened(database: str, day: dt.date, as_of: str = "") -> pd.DataFrame:
    """The screening of everybody in the store on `day`."""
    store, month = engine.open(database), Month(f"{day:%Y-%m}")
    migrate.require_current(store)
    with store.connect() as connection:
        facts = MonthFacts.of(month, read.facts_now(connection, instant(as_of)))
    return screen(facts, Rulebook.load().on(month), day)


def summary(close: MonthClose) -> dict:
    """The decision in numbers: counts of patients, seconds, cents."""
    holds, lines, seconds = close.holds, close.claim_lines, close.seconds
    held = holds[holds.severity == "hold"]
    return {
        "month": str(close.panel.month),
        "billed_patients": int(lines.patient_id.nunique()),
        "allowed_cents": int(lines.allowed_cents.sum()),
        "held_patients": int(sum(program.blocked.sum() for program in close.programs)),
        "kept_back_cents": int(held.kept_back_cents.sum()),
        "review_patients": int(holds[holds.severity == "review"].patient_id.nunique()),
        "codes": {code: int(units) for code, units in lines.groupby("hcpcs_code").units.sum().items()},
        "seconds": {name: int(seconds[name].sum()) for name in ("logged", "claimed", "held")},
        "holds": [
            {"reason": reason, "severity": severity, "patients": int(part.patient_id.nunique()),
             "seconds": int(part.seconds.sum()), "kept_back_cents": int(part.kept_back_cents.sum())}
            for (severity, reason), part in holds.groupby(["severity", "reason"], sort=True)
        ],
    }  # fmt: skip


def summary_lines(close: MonthClose, files: Iterable[Path] = ()) -> list[str]:
    """The decision in words for the terminal."""
    said = summary(close)
    time = {name: wording.hours(seconds) for name, seconds in said["seconds"].items()}
    reasons = close.rules.by_name("reasons")
    codes = ", ".join(f"{code} ×{units}" for code, units in said["codes"].items()) or "no code"
    lines = [
        f"{said['month']}: {wording.times(said['billed_patients'], 'patient')} ready, "
        f"{wording.money(said['allowed_cents'])} allowed ({codes}).",
        f"{wording.times(said['held_patients'], 'patient')} held, {wording.money(said['kept_back_cents'])} kept back; "
        f"{wording.times(said['review_patients'], 'patient')} to look at.",
        f"Time: {time['logged']} logged = {time['claimed']} claimed + {time['held']} held (h:mm).",
    ]
    for row in said["holds"]:
        lines.append(
            f"  {row['severity']:6}  {wording.words(row['reason']):28} {row['patients']:>6,} patients "
            f"{wording.money(row['kept_back_cents']):>12}  {reasons[row['reason']]['says']}"
        )
    return lines + [f"Written: {path}" for path in files]

"""The audit's commands, gathered: claims from the ledger, files to a folder, what was done in lines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pandas as pd

from . import wording
from .audit.binder import binder, binders_for_sample, printer
from .audit.defect import consent_lacks
from .audit.forensics import forensics
from .audit.report import audit_report
from .audit.review import review_entries
from .audit.self_audit import look_back, months_between, self_audit
from .audit.worksheet import read_worksheet, write_worksheet
from .close import MonthClose, close_month
from .closed_month import closed_month, closes_of
from .facts import MonthFacts
from .month import Month
from .preview import instant
from .problem import Problem
from .rulebook import Rulebook, Rules
from .store import Engine, engine, read


def drawn_to(
    month: str, since: str, practice: str, database: str, size: int, seed: int, strata: str, take_all_codes: str,
    take_all_percentile: float, out: Path,
) -> list[str]:  # fmt: skip
    """Draw from closed months and write ``worksheet.csv`` and ``draw.json`` below `out`; never over another draw."""
    report = audit_report(month, since, practice, database, size, seed, strata, take_all_codes, take_all_percentile)
    folder = out / f"{month}-{practice or 'all'}-seed-{seed}"
    folder.mkdir(parents=True, exist_ok=True)
    worksheet, record = folder / "worksheet.csv", folder / "draw.json"
    write_worksheet(report.sample.worksheet(), worksheet)
    record.write_text(json.dumps(report.sample.record(), indent=2, default=str) + "\n", "utf-8")
    return [*report.sample.lines(), f"Written: {worksheet}", f"Written: {record} (keep it: it proves the draw)"]


def binder_to(patient_id: str, month: str, database: str, out: Path, html_only: bool) -> list[str]:
    """Write the binder of a patient's closed month."""
    store = engine.open(database)
    with store.connect() as connection:
        patients = read.table_now(connection, "patients")
    found = patients.practice_id[patients.patient_id == patient_id]
    if found.empty:
        raise Problem(f"No patient {patient_id!r} is known; check the id, or import the patient.")
    close, hash_, lines = closed_decision(store, Month(month), found.iloc[0])
    with nullcontext() if html_only else printer() as press:
        files = binder(close, patient_id, hash_, closed_lines=lines).write(out, press)
    return [f"Written: {path}" for path in files]


def binders_to(worksheet: Path, database: str, out: Path, html_only: bool) -> list[str]:
    """Write the binders of every unit of a worksheet, which must be of one practice."""
    sheet, store = read_worksheet(worksheet), engine.open(database)
    practices = sheet.practice_id.unique()
    if len(practices) != 1:
        raise Problem(f"{worksheet.name} is of {len(practices)} practices; draw and print one practice at a time.")
    months = {month: closed_decision(store, Month(month), practices[0])[:2] for month in sheet.service_month.unique()}
    with nullcontext() if html_only else printer() as press:
        files = binders_for_sample(sheet, months, out, press)
    return [f"Written: {path}" for path in files]


def closed_decision(store: Engine, month: Month, practice_id: str) -> tuple[MonthClose, str, pd.DataFrame]:
    """The last close of a practice's month decided again from its own facts, with its hash and the lines it saved."""
    closed = closed_month(store, month, practice_id)
    last = closed.closes[-1]
    with store.connect() as connection:
        facts = read.month_facts(connection, month, last.as_of, practice_id)
    return close_month(facts, Rulebook.load().on(month)), last.digest, closed.claim_lines


def months_of(database: str, months: Iterable[Month], practice: str = "") -> Iterator[tuple[MonthFacts, Rules]]:
    """The facts of each month as known now, with the rules in force in it."""
    store, book = engine.open(database), Rulebook.load()
    with store.connect() as connection:
        for month in months:
            yield read.month_facts(connection, month, None, practice or None), book.on(month)


def documentation_to(month: str, practice: str, database: str, out: Path) -> list[str]:
    """Score every entry of a month against the documentation rules; the scores as ``documentation.csv``."""
    facts, rules = next(months_of(database, [Month(month)], practice))
    scores = review_entries(facts, rules)
    path = _written(scores, out / f"{month}-{practice or 'all'}" / "documentation.csv")
    low = scores.sort_values(["percent", "entry_id"]).head(10)
    said = [f"{row.percent:>4}%  {row.entry_id}  {row.reasons}" for row in low.itertuples()]
    mean = round(scores.percent.mean()) if len(scores) else 0
    head = f"{wording.times(len(scores), 'entry', 'entries')} of {month}, {mean}% documented on average; the weakest:"
    return [head, *said, f"Written: {path}"]


def forensics_to(month: str, since: str, practice: str, database: str, out: Path) -> list[str]:
    """What is worth a look in the time log, by staff member; all of it as ``time_log.csv``."""
    found = forensics(months_of(database, months_between(Month(since or month), Month(month)), practice))
    path = _written(found, out / f"{month}-{practice or 'all'}" / "time_log.csv")
    look = found[found.worth_a_look]
    said = [f"  {row.staff_id}: {row.says}" for row in look.itertuples()]
    head = "Worth a look, which is no accusation:" if said else "Nothing in the time log stands out."
    return [head, *said, f"Written: {path}"]


def self_audit_to(
    statement: str, given_from: str, given_before: str, on: dt.date, practice: str, database: str, out: Path
) -> list[str]:
    """Every claim of the look-back years that falls with consents that lacked a statement; as ``self_audit.csv``."""
    start, end = (pd.Timestamp(instant(text)) for text in (given_from, given_before))
    first, last = max(look_back(on), Month(f"{start:%Y-%m}")), Month(f"{on:%Y-%m}")
    store = engine.open(database)
    months = sorted({Month(each.service_month) for each in closes_of(store, None, practice)})
    months = [month for month in months if first <= month <= last]
    if not months:
        raise Problem(f"No month from {first} to {last} is closed, so no claim can fall; close the months first.")
    closed = {str(month): closed_month(store, month, practice).claim_lines for month in months}
    audited = self_audit(months_of(database, months, practice), consent_lacks(statement, start, end), closed)
    path = _written(audited.claims, out / "self_audit.csv")
    return [str(audited), f"Written: {path}"]


def _written(frame: pd.DataFrame, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False, lineterminator="\n")
    return path

"""The audit's commands, gathered: claims from the ledger, files to a folder, what was done in lines."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import pandas as pd

from .audit.binder import binder, binders_for_sample, printer
from .audit.report import audit_report
from .audit.worksheet import read_worksheet, write_worksheet
from .close import MonthClose, close_month
from .closed_month import closed_month
from .month import Month
from .problem import Problem
from .rulebook import Rulebook
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

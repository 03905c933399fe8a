"""The main job once more, through the notebook: a population nobody here invented, closed and reported."""

from __future__ import annotations

import csv
import datetime as dt

from ccmlib.facts import MonthFacts
from ccmlib.importers.synthea import import_synthea
from ccmlib.month import Month
from ccmlib.notebook_run import run_notebook
from ccmlib.rulebook import Rulebook
from ccmlib.screen import screen
from ccmlib.store import engine as stores
from ccmlib.store import migrate
from ccmlib.store.read import facts_now

from .practice_work import enter_work

JUNE, DAY = Month("2026-06"), dt.date(2026, 6, 30)


def test_the_month_of_a_foreign_population_closes_through_the_notebook(shared, tmp_path):
    database = f"sqlite:///{tmp_path / 'ccm.db'}"
    store = stores.open(database)
    migrate.upgrade(store)
    with stores.writing(store) as connection:
        import_synthea(connection, shared / "external" / "synthea_csv_2026_small", 100, "ann")
        asked = screen(MonthFacts.of(JUNE, facts_now(connection)), Rulebook.load().on(JUNE), DAY)
        enter_work(connection, asked[asked.eligible], 200)
    page = run_notebook("month_end_close", {"month": str(JUNE), "database": database}, tmp_path / "out", progress=False)
    with (page.parent / "claim_lines.csv").open(encoding="utf-8") as file:
        claims = sorted((line["hcpcs_code"], line["units"], line["allowed_cents"]) for line in csv.DictReader(file))
    assert claims == [("99487", "1", "14429"), ("99490", "1", "6613"), ("99490", "1", "6613")]
    assert "3 patients" in page.read_text("utf-8")
    assert all(asked[~asked.eligible].lacks), "every other patient appears with what it lacks"

"""The auditor's commands, one after the other, on the sample practice: close, replay, draw, estimate, evidence."""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from .test_cli import SAMPLES, ccm, done, rows

VERIFIER = Path(__file__).parent.parent / "ccmlib" / "ledger" / "verify_export.py"


@pytest.fixture(scope="module")
def closed(tmp_path_factory) -> Path:
    """A folder with a store whose three sample months are closed."""
    folder = tmp_path_factory.mktemp("closed")
    done("import", "extract", SAMPLES, folder=folder)
    for month in ("2026-08", "2026-09", "2026-10"):
        done("close", month, folder=folder)
    return folder


def test_a_closed_month_replays_identically(closed):
    assert "identical" in done("replay", "2026-09", folder=closed)


def test_a_month_that_is_not_closed_cannot_be_replayed(closed):
    assert ccm("replay", "2026-07", folder=closed).returncode == 2


def test_the_chain_is_verified_here_and_elsewhere(closed):
    assert "whole" in done("verify", "--export", "export.jsonl", folder=closed)
    command = [sys.executable, VERIFIER, "export.jsonl"]
    assert subprocess.run(command, cwd=closed, capture_output=True, check=False).returncode == 0


def test_an_altered_row_is_named_with_exit_code_3(closed, tmp_path):
    copy = tmp_path / "ccm.db"
    with sqlite3.connect(closed / "ccm.db") as source, sqlite3.connect(copy) as target:
        source.backup(target)
    with sqlite3.connect(copy) as store:
        for (trigger,) in store.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            store.execute(f"drop trigger {trigger}")
        store.execute("update time_entries set ended_at = ended_at + 60 where entry_id = 'E000576'")
    store.close()
    result = ccm("verify", folder=tmp_path)
    assert result.returncode == 3 and "time_entries" in result.stdout


def test_a_sample_is_drawn_recorded_and_estimated(closed):
    words = ("--size", "8", "--seed", "7")
    assert "There are no spares" in done("audit", "draw", "2026-10", *words, folder=closed)
    sheet = closed / "out" / "audit" / "2026-10-all-seed-7" / "worksheet.csv"
    units = [row["unit_id"] for row in rows(sheet)]
    for number, unit in enumerate(units):
        said = ("error", "--audited-cents", "0") if number < 2 else ("ok",)
        done("audit", "record", sheet, unit, *said, "--reviewer", "ann", folder=closed)
    estimate = done("audit", "estimate", sheet, folder=closed)
    assert "90%" in estimate and "$" in estimate
    again = ccm("audit", "draw", "2026-10", *words, folder=closed)
    assert again.returncode == 2 and "exists" in again.stderr


def test_the_evidence_of_a_claim_bears_the_hash_of_its_close(closed):
    said = done("audit", "binder", "P0001", "2026-10", "--html-only", folder=closed)
    page = Path(closed / said.split("Written: ")[1].strip()).read_text("utf-8")
    assert "P0001" in page and "Page" in page


def test_entries_are_scored_and_the_log_is_looked_at(closed):
    assert "documented on average" in done("audit", "documentation", "2026-10", folder=closed)
    assert "no accusation" in done("audit", "forensics", "2026-10", "--since", "2026-08", folder=closed)


def test_a_defect_of_consents_lists_the_claims_that_fall_with_it(closed):
    span = ("--from", "2026-03-01T00:00:00-05:00", "--before", "2026-05-01T00:00:00-04:00")
    done("audit", "self", "single_practitioner_explained", *span, folder=closed)
    with (closed / "out" / "audit" / "self_audit.csv").open(encoding="utf-8") as file:
        fallen = list(csv.DictReader(file))
    assert {row["service_month"] for row in fallen} >= {"2026-10"}
    assert all(int(row["difference_allowed_cents"]) > 0 for row in fallen)

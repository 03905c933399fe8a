"""The commands: what they write, their exit codes, and that bad input is one sentence and never a traceback."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from .reference import reference_close
from .strategies import random_practice, write_extract
from .test_reference import by

WHO = ("practice_id", "patient_id", "program")
SAMPLES = Path(__file__).parent.parent / "data" / "samples"


def ccm(*words: object, folder: Path) -> subprocess.CompletedProcess:
    """Run the command as a user does, in `folder`."""
    command = [sys.executable, "-c", "from ccmlib.cli import main; main()", *map(str, words)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def done(*words: object, folder: Path) -> str:
    result = ccm(*words, folder=folder)
    assert result.returncode == 0, result.stderr
    return result.stdout


def rows(path: Path) -> list[dict]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_text(records: list[dict], names: list[str]) -> list[dict]:
    return [{name: str(record[name]) for name in names} for record in records]


@pytest.mark.parametrize("month", ["2024-03", "2026-03"])
def test_preview_of_an_extract_gives_the_claims_of_the_reference(tmp_path, month):
    frames = random_practice(7, 60, month, 2)
    write_extract(frames, tmp_path / "extract")
    done("import", "extract", "extract", folder=tmp_path)
    done("preview", month, "--out", "out", folder=tmp_path)
    claims, holds, seconds = reference_close(frames, month)
    written = {name: rows(tmp_path / "out" / f"{name}.csv") for name in ("claim_lines", "holds", "seconds")}
    assert written["claim_lines"] == as_text(by(claims, *WHO, "hcpcs_code"), list(written["claim_lines"][0]))
    names = [*WHO, "reason", "severity", "seconds"]
    key = (*WHO, "reason", "severity")
    assert by(as_text(written["holds"], names), *key) == by(as_text(holds, names), *key)
    assert by(written["seconds"], *WHO, "clock") == by(as_text(seconds, list(written["seconds"][0])), *WHO, "clock")


def test_the_same_facts_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        done("import", "extract", SAMPLES, folder=folder)
        done("preview", "2026-10", "--out", "out", folder=folder)
    for name in ("claim_lines", "holds", "seconds"):
        one, two = ((tmp_path / folder / "out" / f"{name}.csv").read_bytes() for folder in ("one", "two"))
        assert one == two


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    """A folder with a store that holds the sample practice."""
    folder = tmp_path_factory.mktemp("store")
    done("import", "extract", SAMPLES, folder=folder)
    return folder


def test_a_near_miss_says_what_was_missing(store):
    said = done("explain", "P0003", "2026-10", folder=store)
    assert "1 min 40 s short of 20:00" in said and "all four statements recorded" in said
    assert "days before the month's end" in said and "entry_id=E000576" in said


def test_preview_speaks_to_machines(store):
    said = json.loads(done("preview", "2026-10", "--json", folder=store))
    assert said["seconds"]["logged"] == said["seconds"]["claimed"] + said["seconds"]["held"]
    assert said["codes"]["99490"] == said["billed_patients"] - said["codes"]["99487"] - said["codes"]["99491"]


def test_importing_twice_changes_nothing(store):
    again = done("import", "extract", SAMPLES, folder=store)
    assert all(line.split()[2:4] == ["0", "0"] for line in again.splitlines() if ".csv" in line)


BAD = {
    "an unknown command": ["close-all"],
    "a missing argument": ["preview"],
    "a month that is none": ["preview", "2026-13"],
    "a month beyond the rates": ["preview", "2031-01"],
    "an unknown patient": ["explain", "nobody", "2026-10"],
    "an unknown practice": ["preview", "2026-10", "--practice", "PR99"],
    "a day that is none": ["screen", "--on", "yesterday"],
    "an instant that is none": ["preview", "2026-10", "--as-of", "noon"],
    "an instant without offset": ["preview", "2026-10", "--as-of", "2026-11-01T00:00:00"],
    "a folder that is missing": ["import", "extract", "nowhere"],
    "a database that cannot be": ["preview", "2026-10", "--database", "mysql://x/y"],
    "a code that is none": ["rules", "show", "12345", "--on", "2026-01-01"],
    "a code out of force": ["rules", "show", "99437", "--on", "2021-12-31"],
    "a notebook that is missing": ["report", "no_such", "2026-10"],
    "an unknown parameter": ["report", "month_end_close", "2026-10", "-p", "colour=red"],
    "a parameter without value": ["report", "month_end_close", "2026-10", "-p", "near"],
    "rules that cannot be read": ["rules", "check", "--folder", "nowhere"],
}


@pytest.mark.parametrize("words", BAD.values(), ids=BAD)
def test_bad_input_is_one_sentence_and_exit_code_2(store, words):
    result = ccm(*words, folder=store)
    assert result.returncode == 2, result.stderr
    assert result.stderr.strip() and "Traceback" not in result.stderr and len(result.stderr.splitlines()) == 1


def test_a_store_without_tables_says_what_to_do(tmp_path):
    result = ccm("preview", "2026-10", folder=tmp_path)
    assert result.returncode == 2 and "ccm db upgrade" in result.stderr


def test_upgrade_and_status_agree(tmp_path):
    done("db", "upgrade", folder=tmp_path)
    said = done("db", "status", folder=tmp_path).split()
    assert said.count(said[-1].rstrip(".")) or said[-1].rstrip(".") in " ".join(said[:-1])


def test_bad_rows_are_refused_whole_or_set_aside(tmp_path):
    done("sample", "extract", "--patients", "60", folder=tmp_path)
    path = tmp_path / "extract" / "consents.csv"
    lines = path.read_text("utf-8").splitlines()
    lines[1] = lines[1].replace("ccm", "cmm")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    refused = ccm("import", "extract", "extract", folder=tmp_path)
    assert refused.returncode == 2 and "consents.csv" in refused.stderr and "line 2" in refused.stderr
    accepted = done("import", "extract", "extract", "--accept-good-rows", folder=tmp_path)
    assert "rejected" in accepted and (tmp_path / "out" / "rejects" / "rejects.csv").exists()


def test_the_rules_are_in_order(store):
    assert "in order" in done("rules", "check", folder=store)
    assert "$66.13" in done("rules", "show", "99490", "--on", "2026-03-01", folder=store)


def test_screening_names_who_may_be_enrolled(store):
    assert "eligible and not enrolled" in done("screen", "--on", "2026-10-31", "--out", "screen.csv", folder=store)
    assert len(rows(store / "screen.csv")) == 100


def test_a_double_booking_names_the_other_entry(store):
    assert "overlaps E000609 of P0013" in done("explain", "P0012", "2026-10", folder=store)


TRIED = (
    "Alive", "Consent of", "Medicare Part B", "No other practitioner", "chronic conditions", "Last qualifying",
    "Care plan", "stay in the month", "Nothing else billed", "Risk attested", "60:00 counted",
)  # fmt: skip


def test_an_explanation_names_every_requirement_and_cites_its_rule(store):
    said = done("explain", "P0005", "2026-10", folder=store)
    assert not [words for words in TRIED if words not in said]
    assert "[fcso-ccm, V]" in said and "Medicare $52.90" in said and "To look at" in said

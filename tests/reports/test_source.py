"""Where a report's facts come from, and what is refused in one sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from ccmlib.month import Month
from ccmlib.problem import Problem
from ccmlib.reports import month_report, source
from ccmlib.store import engine as stores
from ccmlib.store import migrate
from ccmlib.store.engine import writing
from ccmlib.store.write import append

MONTH = "2026-10"
KNOWN_AT = 1_793_500_000


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> str:
    """The URL of a store that holds the sample practice."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'ccm.db'}"
    engine = stores.open(url)
    migrate.upgrade(engine)
    with writing(engine) as connection:
        for name, frame in source.facts_of(Month(MONTH)).frames().items():
            append(connection, name, frame, KNOWN_AT, "test")
    engine.dispose()
    return url


def test_the_store_and_the_sample_give_the_same_report(database, sample):
    stored = month_report(MONTH, database=database)
    assert stored.close.claim_lines.equals(sample.close.claim_lines)
    assert stored.held_patients()._repr_html_() == sample.held_patients()._repr_html_()


def test_facts_are_taken_as_of_an_instant_and_the_header_says_so(database):
    later = dt.datetime.fromtimestamp(KNOWN_AT + 60, dt.UTC).isoformat()
    assert " UTC" in month_report(MONTH, database=database, as_of=later).header()._repr_html_()
    with pytest.raises(Problem, match="knows no practice"):
        month_report(MONTH, database=database, as_of="2020-01-01T00:00:00Z")


def test_an_unknown_practice_is_refused_with_the_ones_there_are(database):
    for url in ("", database):
        with pytest.raises(Problem, match=r"no practice 'nowhere'.*PR01"):
            month_report(MONTH, practice="nowhere", database=url)


def test_one_practice_has_its_own_patients_alone(two_practices):
    facts = source.of_practice(two_practices.close.panel.facts, "oak")
    assert facts.practices.practice_id.tolist() == ["oak"]
    assert facts.patients.patient_id.tolist() == ["p2"]
    assert set(facts.time_entries.patient_id) == {"p2"} and len(facts.staff) > 0


@pytest.mark.parametrize("text", ["yesterday", "2026-10-31", "2026-10-31T10:00:00"])
def test_an_instant_without_offset_is_refused(text, database):
    with pytest.raises(Problem, match="as_of"):
        month_report(MONTH, database=database, as_of=text)


def test_the_sample_has_no_history_to_ask():
    with pytest.raises(Problem, match="name a database"):
        month_report(MONTH, as_of="2026-11-01T00:00:00Z")


def test_an_installation_without_the_sample_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(source, "CHECKOUT", tmp_path)
    with pytest.raises(Problem, match="no sample practice"):
        month_report(MONTH)


def test_a_store_without_tables_is_refused(tmp_path):
    with pytest.raises(Problem, match="ccm db upgrade"):
        month_report(MONTH, database=f"sqlite:///{tmp_path / 'empty.db'}")


def test_the_files_are_those_of_the_close(sample, tmp_path):
    assert "claim_lines.csv, holds.csv, seconds.csv" in sample.files(str(tmp_path)).says
    assert len((tmp_path / "claim_lines.csv").read_text().splitlines()) == len(sample.close.claim_lines) + 1
    assert sample.files("").says.startswith("No files were written")

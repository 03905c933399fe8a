"""A reviewer's finding goes into the worksheet, and the worksheet stays one from which can be estimated."""

from __future__ import annotations

import pandas as pd
import pytest

from ccmlib.audit.draw import draw
from ccmlib.audit.record import record, recorded
from ccmlib.audit.worksheet import read_worksheet, write_worksheet
from ccmlib.problem import Problem

from .claims import practice_lines


@pytest.fixture
def worksheet(tmp_path):
    sample = draw(practice_lines(), "simple", 3, 7)
    return write_worksheet(sample.worksheet(), tmp_path / "sheet.csv"), list(sample.worksheet().unit_id)


def test_findings_recorded_one_by_one_make_a_worksheet_that_is_read_for_the_estimate(worksheet):
    path, units = worksheet
    assert "2 units without a finding" in record(path, units[0], "ok", reviewer="A. Auditor")
    record(path, units[1], "error", 1000, "A. Auditor", 'the note, with a comma and a "quote"')
    assert "Every unit has a finding" in record(path, units[2], "missing_paper")
    sheet = read_worksheet(path).set_index("unit_id")
    assert list(sheet.audited_cents[units]) == [int(sheet.allowed_cents[units[0]]), 1000, 0]
    assert sheet.note[units[1]] == 'the note, with a comma and a "quote"'


def test_the_last_finding_of_a_unit_stands(worksheet):
    path, units = worksheet
    record(path, units[0], "missing_paper")
    record(path, units[0], "ok")
    sheet = pd.read_csv(path, dtype=str).set_index("unit_id")
    assert sheet.finding[units[0]] == "ok" and sheet.audited_cents[units[0]] == sheet.allowed_cents[units[0]]


@pytest.mark.parametrize(
    ("finding", "cents", "told"),
    [
        ("fine", None, "is no finding"),
        ("error", None, "without an amount"),
        ("ok", 1, "does not go with 1 cents"),
        ("missing_paper", 100, "does not go with 100 cents"),
        ("error", -5, "does not go with -5 cents"),
    ],
)
def test_a_finding_that_contradicts_itself_is_refused_and_nothing_is_written(worksheet, finding, cents, told):
    path, units = worksheet
    before = path.read_bytes()
    with pytest.raises(Problem, match=told):
        record(path, units[0], finding, cents)
    assert path.read_bytes() == before


def test_a_unit_that_was_not_drawn_cannot_be_recorded(worksheet):
    path, _ = worksheet
    with pytest.raises(Problem, match="never swapped"):
        record(path, "P99999/2026-03/ccm", "ok")


def test_recording_leaves_the_given_frame_as_it_was(worksheet):
    sheet = draw(practice_lines(), "simple", 3, 7).worksheet()
    before = sheet.copy()
    recorded(sheet, sheet.unit_id[0], "ok")
    pd.testing.assert_frame_equal(sheet, before)

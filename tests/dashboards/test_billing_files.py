"""Files taken away from the billing page: the close's own rows, and no cell that a spreadsheet would run."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from dashboards.billing.files import claims_csv, dollars, holds_csv, neutral, workbook
from dashboards.billing.model import Billing

from .conftest import NOW


@pytest.fixture
def decided(session_of):
    """The sample month as it would be closed."""
    return Billing(session_of("billing_analyst"), lambda: NOW).decided


def evil(decided, text: str):
    """The month with `text` as a place of service and as evidence."""
    close = replace(decided.close)
    close.__dict__["claim_lines"] = decided.close.claim_lines.assign(place_of_service_code=text)
    close.__dict__["holds"] = decided.close.holds.assign(evidence=text)
    return replace(decided, close=close)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(decided, text):
    changed = evil(decided, text)
    claims = pd.read_csv(io.BytesIO(claims_csv(changed).content), dtype=str, lineterminator="\n")
    assert set(claims.place_of_service_code) == {f"'{text}"}
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(changed).content))["Held and to look at"]
    column = list(sheet["G"][1:])
    assert {cell.data_type for cell in column} == {"s"} and all(str(cell.value).startswith("'") for cell in column)


def test_numbers_and_harmless_text_stay_as_they_are():
    assert [neutral(value) for value in (-5, "99490", "a=b", "")] == [-5, "99490", "a=b", ""]


def test_the_csv_files_are_the_decision(decided):
    for file, frame in ((claims_csv(decided), decided.close.claim_lines), (holds_csv(decided), decided.close.holds)):
        read = pd.read_csv(io.BytesIO(file.content), dtype=str, keep_default_na=False)
        pd.testing.assert_frame_equal(read, frame.fillna("").astype(str), check_dtype=False)
    assert claims_csv(decided).name == "claim_lines_PR01_2026-10.csv"


def test_the_workbook_has_dollars_that_sum_to_the_cent(decided):
    book = openpyxl.load_workbook(io.BytesIO(workbook(decided).content))
    assert book.sheetnames == ["Claim lines", "Held and to look at", "Near threshold", "Seconds"]
    sheet = book["Claim lines"]
    titles = [cell.value for cell in sheet[1]]
    column = sheet[get_column_letter(titles.index("allowed") + 1)][1:]
    assert round(sum(cell.value for cell in column) * 100) == decided.allowed_cents
    assert all("$" in cell.number_format for cell in column)


def test_cents_become_exact_dollars():
    frame = dollars(pd.DataFrame({"allowed_cents": [6613, 5]}))
    assert list(map(str, frame.allowed)) == ["66.13", "0.05"]

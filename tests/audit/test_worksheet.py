"""A worksheet comes back as it was drawn and filled in, or is refused with the line that needs mending."""

import pandas as pd
import pytest

from ccmlib.audit import draw, estimate, read_worksheet, write_worksheet
from ccmlib.problem import Problem

from .claims import overpaid, practice_lines, reviewed_ok

SHEET = draw(practice_lines(), "simple", 12, 5).worksheet()


def saved(sheet: pd.DataFrame, folder) -> pd.DataFrame:
    return read_worksheet(write_worksheet(sheet, folder / "sheet.csv"))


def test_a_filled_in_worksheet_comes_back(tmp_path):
    sheet = overpaid(SHEET.assign(finding="ok"), {2: 1_613, 3: -200})
    sheet.loc[5, ["finding", "audited_cents"]] = ["missing_paper", ""]
    found = saved(sheet.sample(frac=1, random_state=3), tmp_path)
    over = found.allowed_cents - found.audited_cents
    assert over.tolist() == [0, 0, 1_613, -200, 0, found.allowed_cents[5], 0, 0, 0, 0, 0, 0]
    assert found.unit_id.tolist() == SHEET.unit_id.tolist()


def test_missing_paper_is_an_error_and_wholly_overpaid():
    sheet = SHEET.assign(finding="ok")
    sheet.loc[4, "finding"] = "missing_paper"
    found = estimate(sheet)
    assert found.findings == {"ok": 11, "error": 0, "missing_paper": 1}
    assert found.strata[0].errors == 1 and found.strata[0].over.sum() == SHEET.allowed_cents[4]


def test_an_error_may_cost_nothing_and_still_counts():
    found = estimate(overpaid(SHEET.assign(finding="ok"), {0: 0}))
    assert found.error_rate.point == pytest.approx(1 / 12) and found.total().point == 0


def changed(**cells):
    sheet = reviewed_ok_text()
    for column, value in cells.items():
        sheet.loc[3, column] = value
    return sheet


def reviewed_ok_text() -> pd.DataFrame:
    return SHEET.assign(finding="ok").astype(str).astype(object)


BAD = {
    "no finding": (changed(finding=""), "line 5: has no finding"),
    "an unknown finding": (changed(finding="OK"), "line 5: has the finding 'OK'"),
    "an error without amount": (changed(finding="error"), "line 5: is an error without audited_cents"),
    "an amount in dollars": (changed(finding="error", audited_cents="66.13"), "audited_cents '66.13' is not a whole"),
    "a negative amount": (changed(finding="error", audited_cents="-5"), "'-5' is not a whole number of cents"),
    "ok with another amount": (changed(audited_cents="10"), "line 5: is ok, but audited_cents 10"),
    "missing paper with an amount": (changed(finding="missing_paper", audited_cents="10"), "line 5: is missing_paper"),
    "a drawn number that is none": (changed(allowed_cents="66.13"), "line 5: allowed_cents '66.13'"),
    "a drawn amount that was changed": (changed(allowed_cents="6614"), "not as it was drawn"),
    "a unit that was swapped": (changed(unit_id="P00069/2026-03/ccm"), "not as it was drawn"),
    "a stratum that was changed": (changed(stratum="other"), "not as it was drawn"),
    "a row that was dropped": (reviewed_ok_text().drop(index=7), "a row was dropped"),
    "a row that was added": (pd.concat([reviewed_ok_text(), reviewed_ok_text()[:1]]), "not as it was drawn"),
    "no row": (reviewed_ok_text()[:0], "no unit"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_worksheet_is_refused(name, tmp_path):
    sheet, message = BAD[name]
    with pytest.raises(Problem, match=message):
        saved(sheet, tmp_path)


def test_many_faults_are_told_at_once_and_counted(tmp_path):
    with pytest.raises(Problem, match=r"line 2: has no finding.*line 6: has no finding.*and 7 more faults\.$"):
        saved(SHEET, tmp_path)


def test_a_column_that_was_taken_out_is_named(tmp_path):
    path = write_worksheet(SHEET, tmp_path / "sheet.csv")
    pd.read_csv(path, dtype=str).drop(columns=["finding"]).to_csv(path, index=False)
    with pytest.raises(Problem, match="no column finding"):
        read_worksheet(path)


def test_a_file_that_is_no_worksheet_is_a_problem(tmp_path):
    for number, content in enumerate([b"", b"\xff\xfe\x00", b"a,b\n1\n"]):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(content)
        with pytest.raises(Problem):
            read_worksheet(path)
    with pytest.raises(Problem, match="cannot be read"):
        read_worksheet(tmp_path / "absent.csv")


def test_what_a_spreadsheet_adds_does_no_harm(tmp_path):
    sheet = reviewed_ok(draw(practice_lines(), "simple", 12, 5)).assign(note='seen, "twice"', my_own="x")
    path = tmp_path / "sheet.csv"
    sheet.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    assert estimate(read_worksheet(path)).total().point == 0


def test_a_review_is_never_overwritten(tmp_path):
    write_worksheet(SHEET, tmp_path / "sheet.csv")
    with pytest.raises(Problem, match="may hold a review"):
        write_worksheet(SHEET, tmp_path / "sheet.csv")


def test_the_order_of_the_rows_does_not_matter():
    sheet = overpaid(SHEET.assign(finding="ok"), {2: 1_613, 3: -200, 9: 6_613})
    assert estimate(sheet).summary() == estimate(sheet.sample(frac=1, random_state=8)).summary()

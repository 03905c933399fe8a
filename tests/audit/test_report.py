"""The report draws from the months asked, rehearses when nothing was reviewed, and refuses another draw's worksheet."""

import pandas as pd
import pytest

from ccmlib.audit import estimate, read_worksheet
from ccmlib.audit.report import audit_report
from ccmlib.audit.report.claims import months_between
from ccmlib.month import Month
from ccmlib.problem import Problem

ASKED = {"month": "2026-10", "since": "2026-09", "size": 20, "seed": 1}


@pytest.fixture(scope="module")
def report():
    return audit_report(**ASKED)


def test_the_frame_has_every_claim_of_the_months(report):
    assert {str(month) for month in report.claims.months} == set(report.sample.frame.units.service_month)
    assert report.sample.frame.units.allowed_cents.sum() == report.claims.lines.allowed_cents.sum()


def test_a_rehearsal_takes_what_is_to_be_looked_at_as_unsupported_and_says_so(report):
    keys = ["patient_id", "service_month", "program"]
    doubted = report.claims.holds[report.claims.holds.severity == "review"][keys].drop_duplicates()
    drawn = report.sample.units.merge(doubted, on=keys)
    assert report.estimate.findings == {"ok": 20 - len(drawn), "error": 0, "missing_paper": len(drawn)} and len(drawn)
    assert repr(report.found()).startswith("A rehearsal, reviewed by nobody")


def test_a_reviewed_worksheet_is_estimated_and_another_draws_is_refused(report, tmp_path):
    report.files(str(tmp_path))
    (path,) = tmp_path.glob("*.csv")
    pd.read_csv(path, dtype=str).assign(finding="ok").to_csv(path, index=False)
    reviewed = audit_report(**ASKED, worksheet=str(path))
    assert reviewed.estimate.summary() == estimate(read_worksheet(path)).summary()
    assert repr(reviewed.found()).startswith("20 ok")
    with pytest.raises(Problem, match="not this draw"):
        audit_report(**ASKED | {"seed": 2}, worksheet=str(path)).found()


def test_a_second_run_leaves_the_worksheet_alone(report, tmp_path):
    report.files(str(tmp_path))
    (path,) = tmp_path.glob("*.csv")
    path.write_text("a review")
    assert "left alone" in repr(report.files(str(tmp_path)))
    assert path.read_text() == "a review" and "No files" in repr(report.files(""))


@pytest.mark.parametrize("strata", ["", "family, site"])
def test_every_section_says_what_it_shows(strata):
    report = audit_report(**ASKED, strata=strata, take_all_percentile=90.0)
    names = ["header", "sizes", "strata", "units", "record", "found", "error_rate", "overpayment", "limits", "cautions"]
    for section in (getattr(report, name)() for name in names):
        assert repr(section) and section._repr_html_().startswith('<div class="ccm">')


def test_a_span_of_months_ends_where_it_should():
    assert months_between("2026-11", "2027-01") == [Month("2026-11"), Month("2026-12"), Month("2027-01")]
    for first, last in (("2026-11", "2026-10"), ("2016-01", "2026-10")):
        with pytest.raises(Problem, match="no span"):
            months_between(first, last)

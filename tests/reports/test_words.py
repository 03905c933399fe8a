"""What stands on the page is in words a nurse would use, and every state has its sentence."""

from __future__ import annotations

import re

import pytest

from ccmlib.reports.held_patients import held_frame
from ccmlib.reports.reviews import reviews_frame

SECTIONS = (
    "header", "summary", "claims", "money", "holds", "held_patients", "near", "reached", "balance", "reviews",
    "alternatives", "rules",
)  # fmt: skip


def words(html: str) -> str:
    """What a reader sees of `html`, with single blanks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("name", SECTIONS)
def test_no_identifier_of_the_program_is_shown(sample, name):
    shown = words(getattr(sample, name)()._repr_html_())
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", shown)
    assert not {"nan", "NaN", "NaT", "None,", "<NA>"} & set(shown.split())


@pytest.mark.parametrize("name", SECTIONS)
def test_an_empty_month_is_said_in_words(decide, name):
    section = getattr(decide(log=[]), name)()
    assert section.says.strip()
    assert "<svg" not in section._repr_html_()


def test_nobody_is_held(decide):
    report = decide(log=[{"minutes": 20}])
    assert report.held_patients().says == "Nobody is held. 1 patient is ready."
    assert report.summary().says == "Nobody is held. 1 patient is ready."
    assert report.reviews().says == "Nothing is marked for review."


def test_a_held_patient_shows_why_and_what_mends_it_and_who(decide):
    row = held_frame(decide(log=[{"minutes": 25}], plans=[]).close).iloc[0]
    assert words(row.Why) == " ✗ care plan missing No care plan. "
    assert "Write the care plan" in row["What would mend it"] and "(care manager)" in row["What would mend it"]


def test_every_reason_that_holds_a_patient_is_listed(decide):
    row = held_frame(decide(log=[{"minutes": 25}], plans=[], coverage=[]).close).iloc[0]
    assert "no Part B" in row.Why and "care plan missing" in row.Why
    assert row.Why.count("<p>") == row["What would mend it"].count("<p>") == 2


def test_time_that_cannot_be_mended_is_told_beside_the_hold(decide):
    row = held_frame(decide(log=[{"minutes": 25, "staff": "admin"}]).close).iloc[0]
    assert "25:00 not counted. Work of somebody who is not clinical staff." in words(row.Why)


def test_every_held_patient_of_the_sample_has_a_sentence(close):
    frame = held_frame(close)
    assert all(re.search(r"</span> \S", why) for why in frame.Why)


def test_a_review_names_its_entries_and_whether_the_claim_is_billed(decide):
    log = [{"minutes": 21, "source": "imputed", "entry_id": "e77"}]
    row = reviews_frame(decide(log=log).close).iloc[0]
    assert "e77" in row.Entries and "✓ billed" in row.Claim and "! imputed time" in row["What to look at"]


def test_names_from_the_facts_cannot_become_markup(decide):
    report = decide(log=[{"minutes": 10}], practice={"name": "<script>alert(1)</script>"})
    assert "<script>" not in report.header()._repr_html_()
    assert "&lt;script&gt;" in report.header()._repr_html_()


def test_several_practices_are_told_apart(two_practices):
    assert "2 practices" in words(two_practices.header()._repr_html_())
    assert two_practices.summary().says == "Nobody is held. 2 patients are ready."

"""What the care manager does on the enrollment page, in a real browser against the real server."""

from __future__ import annotations

import re
import shutil

import pytest

from ccmlib.enrollment.consents import STATEMENTS
from ccmlib.preview import decided

from .served import served

PATIENT, MONTH = "P0022", "2026-10"


@pytest.fixture(scope="module")
def url(sample_template, tmp_path_factory):
    """The store that the server serves."""
    folder = tmp_path_factory.mktemp("enrollment")
    shutil.copyfile(sample_template, folder / "ccm.db")
    return f"sqlite:///{folder / 'ccm.db'}"


@pytest.fixture(scope="module")
def address(url, tmp_path_factory):
    """The server over it."""
    with served(url, tmp_path_factory.mktemp("server")) as there:
        yield there


def billed(url):
    lines = decided(url, MONTH).claim_lines
    return lines[lines.patient_id == PATIENT].hcpcs_code.tolist()


def test_a_consent_is_recorded_and_the_patient_becomes_billable(window, url):
    assert billed(url) == []
    manager = window("care_manager")
    manager.page.add_init_script("window.print = () => { window.top.printed = document.body.innerText }")
    page = manager.open("enrollment", "tr[data-key]")
    page.locator(f"tr[data-key={PATIENT}] button.pick").click()
    page.get_by_role("heading", name="Record a consent").wait_for()
    with page.expect_download() as letter:
        page.get_by_role("button", name="Save letter").click()
    assert "$13.23 a month" in letter.value.path().read_text("utf-8")
    page.get_by_role("button", name="Print letter").click()
    page.wait_for_function("window.printed && window.printed.includes('Dear Delia Vale')")
    for says in STATEMENTS.values():
        page.get_by_label(says).check()
    page.get_by_label("How", exact=True).select_option(label="Verbal")
    page.get_by_label("Recorded by").select_option(label="Calvin Kestrel, registered nurse")
    page.get_by_label("Given on").fill("2026-09-30")
    page.get_by_label("Given on").blur()
    page.get_by_label("Given at").fill("11:00")
    page.get_by_role("button", name="Record consent…").click()
    page.get_by_role("alert").get_by_text("given 30 Sep 2026 11:00").wait_for()
    manager.picture("enrollment_confirm")
    page.get_by_role("button", name="Record consent", exact=True).click()
    page.get_by_text(re.compile("is now enrolled")).wait_for()
    manager.picture("enrollment")
    assert billed(url) == ["99490"]
    assert manager.complaints == []


def test_a_withdrawal_shows_the_day_it_takes_effect(window):
    manager = window("care_manager")
    page = manager.open("enrollment", "tr[data-key]")
    page.get_by_label("Find a patient").fill("P0003")
    page.get_by_role("button", name=re.compile("^Found 1")).wait_for()
    page.locator("tr[data-key=P0003] button.pick").click()
    page.get_by_label("Withdrawn on").fill("2026-10-12")
    page.get_by_label("Withdrawn on").blur()
    page.get_by_text("Takes effect at the end of 31 Oct 2026.").wait_for()
    page.get_by_role("button", name="Record withdrawal…").click()
    page.get_by_role("button", name="Record withdrawal", exact=True).click()
    page.get_by_text(re.compile("is now not enrolled")).wait_for()
    assert manager.complaints == []

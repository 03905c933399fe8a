"""What the care manager does at the desk, in a real browser against the real server."""

from __future__ import annotations

import datetime as dt
import re
import shutil

import pytest

from ccmlib.access.session import Session
from ccmlib.acts.time_entry import record_manual
from ccmlib.month import Month, midnight
from ccmlib.month import zone as zone_of
from ccmlib.store import engine as stores

from ..desk.clinic import WORK
from .served import served

ZONE, PATIENT = "America/New_York", "P0001"
FIELDS = {
    "Services: what was done": "Monthly check-in by phone, blood pressure log read",
    "Medicines taken as agreed?": "All taken", "Symptoms, new or worse?": "None new",
    "Care plan: what changes?": "No change", "Follow-up, referrals, next appointment": "Lab on Tuesday",
    "Outcome or next steps": "Call again in two weeks",
}  # fmt: skip


def nearly_there(url):
    """Log 19:59 for the patient from the first second of this month on; skip in the first minutes of a month."""
    now = dt.datetime.now(dt.UTC)
    month = Month(f"{now.astimezone(zone_of(ZONE)):%Y-%m}")
    start = dt.datetime.fromtimestamp(midnight(month.first, ZONE), dt.UTC)
    if now < start + dt.timedelta(minutes=21):
        pytest.skip("the month has only just begun")
    session = Session("seed", "care_manager", ("*",), url)
    store = stores.open(url)
    record_manual(store, session, PATIENT, WORK, start, start + dt.timedelta(seconds=1199), now, 7)
    store.dispose()


@pytest.fixture(scope="module")
def address(sample_template, tmp_path_factory):
    """A server over the sample practice in which the patient is one second short."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copyfile(sample_template, folder / "ccm.db")
    url = f"sqlite:///{folder / 'ccm.db'}"
    nearly_there(url)
    with served(url, folder) as there:
        yield there


def chosen(window, role):
    """A window of the care desk with the patient chosen."""
    seen = window(role)
    page = seen.open("care_desk", "tr[data-key]")
    page.get_by_label("Find a patient").fill(PATIENT)
    page.get_by_role("button", name=re.compile("^Found 1")).wait_for()
    page.locator(f"tr[data-key={PATIENT}] button.pick").click()
    page.get_by_text("19:59 counted this month, 1 s short of 20:00.").wait_for()
    return seen, page


def test_a_call_documented_with_the_timer_crosses_twenty_minutes(window):
    manager, page = chosen(window, "care_manager")
    page.get_by_role("button", name="Start timer").click()
    page.locator(".ccm-clock.on").wait_for()
    page.reload()
    page.locator(".ccm-clock.on").wait_for()
    page.get_by_text("Your timer for this patient has run on").wait_for()
    page.get_by_label("Staff member").select_option(value=None, label="Calvin Kestrel, registered nurse")
    for label, words in FIELDS.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Stop and save…").click()
    page.get_by_role("alert").get_by_text(
        re.compile("by timer for .*: CCM, symptom check, by Calvin Kestrel")
    ).wait_for()
    manager.picture("care_desk_confirm")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text(re.compile("Reached: 99490 ×1")).wait_for()
    assert re.search(r"20:\d\d counted this month", page.locator(".desk-result").inner_text())
    page.get_by_role("heading", name="Beatrice Kingfisher").scroll_into_view_if_needed()
    page.mouse.wheel(0, 600)
    manager.picture("care_desk")
    assert manager.complaints == []


def test_the_practice_manager_follows_up_tasks_and_has_no_timer(window):
    manager = window("practice_manager")
    page = manager.open("care_desk", "tr[data-key]")
    page.locator("tr[data-key] button.pick").first.press("Enter")
    page.get_by_role("button", name="Open task…").wait_for()
    assert page.get_by_role("button", name="Start timer").count() == 0
    page.get_by_label("New task").select_option(label="Escalation to the practitioner")
    page.get_by_label("For", exact=True).select_option(label="Desmond Foxglove, physician")
    page.get_by_label("Due at").fill("23:59")
    page.get_by_role("button", name="Open task…").click()
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_text(re.compile("Task opened: Escalation to the practitioner")).wait_for()
    assert manager.complaints == []

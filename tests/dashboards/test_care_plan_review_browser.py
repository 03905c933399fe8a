"""What people do on the care-plan page, in a real browser against the real server."""

from __future__ import annotations

import re


def test_the_practitioner_approves_a_plan(window):
    practitioner = window("practitioner")
    page = practitioner.open("care_plan_review", "tr[data-key]")
    page.get_by_role("button", name=re.compile("Unapproved 3")).click()
    page.get_by_role("button", name="P0074", exact=True).press("Enter")
    page.get_by_role("heading", name=re.compile("P0074")).wait_for()
    page.get_by_role("button", name="Approve version 1…").click()
    page.get_by_role("alert").get_by_text("becomes the active plan, approved by Desmond Foxglove, MD").wait_for()
    practitioner.picture("care_plan_approve")
    page.get_by_role("button", name="Approve version 1", exact=True).click()
    page.get_by_text("Version 1 approved by Desmond Foxglove").wait_for()
    assert page.get_by_role("button", name=re.compile("Unapproved 2")).is_visible()
    assert practitioner.complaints == []


def test_the_care_manager_writes_the_next_version(window):
    manager = window("care_manager")
    page = manager.open("care_plan_review", "tr[data-key]")
    page.get_by_label("Find a patient").fill("P0001")
    page.get_by_role("button", name="P0001", exact=True).click()
    page.get_by_role("heading", name=re.compile("P0001")).wait_for()
    page.get_by_role("button", name="Edit…").click()
    page.get_by_label("Text").fill("Meals on wheels three times a week")
    page.get_by_label("Element").select_option(label="Community and social services")
    page.get_by_role("button", name="Add item").click()
    page.get_by_text("Draft of the next version: 1 added.").wait_for()
    page.get_by_role("button", name="Save draft…").click()
    page.get_by_role("button", name="Save version 2").click()
    page.get_by_text("Version 2 saved as a draft").wait_for()
    page.get_by_role("button", name="Changes", exact=True).click()
    page.get_by_role("table", name="What changed between the versions").get_by_text("Meals on wheels").wait_for()
    manager.picture("care_plan_changes")
    assert page.get_by_role("button", name=re.compile("Approve")).count() == 0
    assert manager.complaints == []

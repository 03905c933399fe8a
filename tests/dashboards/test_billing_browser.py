"""What people do on the billing page, in a real browser against the real server."""

from __future__ import annotations

import re


def test_the_manager_finds_why_a_patient_is_held_and_what_it_costs(window):
    manager = window("practice_manager")
    page = manager.open("billing", "tr[data-key]")
    page.get_by_label("Find a patient").fill("raymond king")
    page.get_by_role("button", name="P0003").press("Enter")
    panel = page.get_by_role("region", name="Why: P0003, October 2026")
    panel.get_by_text("Held: below threshold.").wait_for()
    assert "1 min 40 s short of 20:00" in panel.inner_text() and "Log work that was done" in panel.inner_text()
    assert re.search(r"18:20 counted of 18:20 logged", panel.get_by_role("img").get_attribute("aria-label"))
    assert "It keeps back $66.13." in panel.inner_text()
    manager.picture("billing")
    assert manager.complaints == []


def test_the_keyboard_goes_from_row_to_row(window):
    page = window("billing_analyst").open("billing", "tr[data-key]")
    keys = page.eval_on_selector_all("tr[data-key]", "rows => rows.map(row => row.dataset.key)")
    page.get_by_role("button", name=keys[0], exact=True).press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("region", name=f"Why: {keys[1]},").wait_for()
    assert page.evaluate("document.activeElement.innerText") == keys[1]
    assert page.locator(f"tr[data-key={keys[1]}] button").get_attribute("aria-pressed") == "true"


def test_a_file_is_taken_away(window):
    page = window("auditor").open("billing", "tr[data-key]")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Claims CSV").click()
    assert coming.value.suggested_filename == "claim_lines_PR01_2026-10.csv"
    assert coming.value.path().read_text("utf-8").startswith("practice_id,patient_id,program,hcpcs_code")


def test_an_auditor_finds_no_way_to_close(window):
    auditor = window("auditor")
    page = auditor.open("billing", "tr[data-key]")
    assert page.get_by_role("button", name=re.compile("Close|Amend")).count() == 0
    assert auditor.complaints == []


def test_closing_says_what_it_will_write_and_what_it_wrote(window):
    page = window("practice_manager").open("billing", "tr[data-key]")
    page.get_by_role("button", name="Close October…").click()
    page.get_by_role("alert").get_by_text("writes 54 claim lines of 44 patients, $3,983.04 allowed").wait_for()
    assert page.evaluate("document.activeElement.innerText") == "Cancel"
    page.get_by_role("button", name="Close October", exact=True).click()
    page.get_by_text("Closed October 2026: 54 claim lines of 44 patients, $3,983.04 allowed.").wait_for()
    assert page.get_by_role("button", name="Amend October…").is_visible()

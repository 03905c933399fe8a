"""What happens as time passes: the server's clock runs ahead, and its sweep finds what is over."""

from __future__ import annotations

import json

import pytest

from ccmlib.access.permissions import permissions

POLICY = permissions().policy
IDLE = POLICY.idle_minutes * 60


@pytest.fixture
def tab(ahead):
    """A signed-in user, their open page, and the small websocket by which it is told what happens."""
    browser = ahead.browser("practice_manager")
    kernel = browser.get("/page/billing").kernel
    return browser, kernel, browser.socket(f"/presence/{kernel}")


def test_a_session_nobody_uses_is_warned_about_and_then_ends_with_its_kernel(ahead, tab):
    browser, kernel, presence = tab
    ahead.later(IDLE - 60)
    warned = json.loads(presence.recv())
    assert warned["state"] == "soon" and 0 < warned["seconds"] <= POLICY.warn_minutes * 60
    ahead.later(IDLE + 1)
    told = [json.loads(presence.recv())]
    while told[-1]["state"] == "soon":
        told.append(json.loads(presence.recv()))
    assert told[-1] == {"state": "over", "why": "idle"}
    assert browser.get("/").status == 302
    assert json.loads(browser.get(f"/still/{kernel}").text)["over"] == "expired"


def test_who_says_that_the_page_is_in_use_stays_signed_in(ahead, tab):
    browser, _, presence = tab
    ahead.later(IDLE - 60)
    assert json.loads(presence.recv())["state"] == "soon"
    presence.send("used")
    while json.loads(presence.recv())["state"] != "on":
        continue
    ahead.later(2 * IDLE - 120)
    assert browser.get("/").status == 200


def test_a_session_ends_after_its_hours_however_much_it_is_used(ahead):
    browser = ahead.browser("auditor")
    for passed in range(0, POLICY.session_hours * 3600, IDLE // 2):
        ahead.later(passed)
        assert browser.get("/").status == 200
    ahead.later(POLICY.session_hours * 3600 + 1)
    assert browser.get("/").status == 302


def test_a_page_out_of_reach_gives_its_kernel_back(ahead, tab):
    browser, kernel, presence = tab
    other = browser.socket("/presence")
    presence.close()
    assert json.loads(browser.get(f"/still/{kernel}").text) == {"over": ""}
    gone = browser.get("/page/care_desk").kernel  # never connected
    told = browser.socket(f"/presence/{gone}")
    ahead.later(POLICY.away_seconds + 5)
    kept = browser.get(f"/still/{gone}").text
    while json.loads(browser.get(f"/still/{kernel}").text)["over"] == "":
        continue
    assert json.loads(kept) == {"over": ""} and json.loads(browser.get(f"/still/{gone}").text) == {"over": ""}
    told.close()
    other.close()


def test_a_page_nobody_uses_is_closed_while_its_user_works_on_another(ahead, tab):
    browser, kernel, presence = tab
    for passed in range(0, POLICY.unused_minutes * 60 + IDLE, IDLE // 2):
        ahead.later(passed)
        assert browser.get("/").status == 200
    told = [json.loads(presence.recv())]
    while told[-1]["state"] != "over":
        told.append(json.loads(presence.recv()))
    assert told[-1]["why"] == "unused"
    assert json.loads(browser.get(f"/still/{kernel}").text) == {"over": "stopped"}


def test_a_password_older_than_the_policy_allows_must_be_changed_first(ahead):
    ahead.later(POLICY.password_days * 86_400 + 60)
    browser = ahead.browser("auditor")
    assert browser.get("/").headers["Location"] == "/password"
    assert "too old" in browser.get("/password").text

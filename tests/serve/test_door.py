"""Signing in, out, and changing the password, over real HTTP."""

from __future__ import annotations

import pytest

from ccmlib.access.trail import read_trail

from .browser import PASSWORD
from .conftest import SECRET

NEW = "five other random words now"


@pytest.mark.parametrize("path", ["/", "/page/billing", "/password", "/voila/static/voila.js"])
def test_who_is_not_signed_in_is_led_to_the_sign_in_page(server, path):
    answer = server.browser().get(path)
    assert answer.status == 302 and answer.headers["Location"].startswith("/sign-in")


def test_an_unknown_name_and_a_wrong_password_are_told_the_same(server):
    server.add("told.alike", "auditor")
    said = []
    for name in ("told.alike", "nobody.of.that.name"):
        answer = server.browser().post("/sign-in", {"name": name, "password": "not the right words"})
        assert answer.status == 403 and "ccm_session" not in answer.headers.get("Set-Cookie", "")
        said.append(answer.text.split('role="alert"')[1].split("</p>")[0])
    assert said[0] == said[1]


def test_after_some_failures_a_name_has_to_wait_even_with_the_right_password(server):
    server.add("many.failures", "auditor")
    browser = server.browser()
    for _ in range(5):
        browser.post("/sign-in", {"name": "many.failures", "password": "not the right words"})
    answer = browser.post("/sign-in", {"name": "many.failures", "password": PASSWORD})
    assert answer.status == 403 and "Wait" in answer.text
    assert server.browser("auditor").get("/").status == 200


def test_a_form_without_its_key_is_refused(server):
    browser = server.browser()
    browser.get("/sign-in")
    assert browser.post("/sign-in", {"name": "auditor", "password": PASSWORD}, key=False).status == 403
    signed = server.browser("auditor")
    assert signed.post("/sign-out", key=False).status == 403
    assert signed.get("/").status == 200


def test_a_form_sent_from_another_site_is_refused(server):
    browser = server.browser("auditor")
    answer = browser.request("POST", "/sign-out", f"_xsrf={browser.cookies['_xsrf']}", {
        "Origin": "http://elsewhere.example", "Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
    assert answer.status == 404 and browser.get("/").status == 200


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(server):
    browser = server.browser()
    answer = browser.post("/sign-in", {"name": "auditor", "password": PASSWORD})
    assert {"HttpOnly", "SameSite=Strict"} <= set(answer.headers["Set-Cookie"].split("; "))


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "/page/../../x", "/nowhere"])
def test_signing_in_leads_to_no_other_site(server, wanted):
    answer = server.browser().post("/sign-in", {"name": "auditor", "password": PASSWORD, "next": wanted})
    assert answer.headers["Location"] == "/"


def test_a_cookie_replayed_after_signing_out_is_refused(server):
    browser = server.browser("auditor")
    thief = browser.copy()
    assert thief.get("/").status == 200
    assert browser.post("/sign-out").headers["Location"] == "/over/signed_out"
    assert thief.get("/").status == 302
    assert thief.get("/page/billing").status == 302


def test_a_cookie_replayed_after_a_change_of_password_is_refused(server):
    name = server.add("changes.password", "auditor")
    browser = server.browser(name)
    thief, elsewhere = browser.copy(), server.browser(name)
    changed = browser.post("/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert changed.status == 302 and browser.get("/").status == 200
    assert thief.get("/").status == 302 and elsewhere.get("/").status == 302
    assert server.browser().post("/sign-in", {"name": name, "password": PASSWORD}).status == 403


@pytest.mark.parametrize(
    "fields, told",
    [
        ({"old": "wrong words it is", "new": NEW, "again": NEW}, "wrong"),
        ({"old": PASSWORD, "new": NEW, "again": NEW + "x"}, "differ"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "at least 12"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "old one"),
        ({"old": PASSWORD, "new": "practitioner words", "again": "practitioner words"}, "user name"),
    ],
)
def test_a_change_of_password_that_is_refused_says_why(server, fields, told):
    answer = server.browser("practitioner").post("/password", fields)
    assert answer.status == 400 and told in answer.text


def test_a_temporary_password_opens_nothing_until_it_is_changed(server):
    name = server.add("temporary.one", "auditor", temporary=True)
    browser = server.browser(name)
    for path in ("/", "/page/billing"):
        assert browser.get(path).headers["Location"] == "/password"
    browser.post("/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert browser.get("/").status == 200


@pytest.mark.parametrize("header", ["X-Forwarded-User", "Remote-User", "X-Remote-User", "X-CCM-User", "Authorization"])
def test_no_header_signs_anybody_in(server, header):
    for value in ("practice_manager", f"token {SECRET}", f"Bearer {SECRET}"):
        assert server.browser().get("/", **{header: value}).status == 302
    assert server.browser().get(f"/?token={SECRET}").status == 302


def test_a_request_for_another_host_name_is_refused(server):
    browser = server.browser("auditor")
    assert browser.get("/", Host="attacker.example").status == 403


def test_the_trail_tells_who_signed_in_who_failed_and_what_was_refused(server):
    name = server.add("leaves.trail", "care_manager")
    server.browser().post("/sign-in", {"name": name, "password": "not the right words"})
    browser = server.browser(name)
    assert browser.get("/page/billing").status == 403
    browser.post("/sign-out")
    with server.engine.connect() as connection:
        events = [event.event for event in read_trail(connection, name)]
    assert events == ["user_added", "sign_in_failed", "signed_in", "page_refused", "session_ended"]

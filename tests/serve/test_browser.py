"""The same in a real browser: signing in, working, signing out in a second tab; quiet and from this server only."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from ccmlib.access.permissions import permissions

from .browser import PASSWORD

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
#: Where screenshots are left, when it is named.
PICTURES = os.environ.get("CCM_SCREENSHOTS", "")


@pytest.fixture(scope="module")
def chromium():
    path = shutil.which("chromium")
    if not path:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


class Window:
    """A browser window with its own cookies, which writes down what should not happen."""

    def __init__(self, chromium, server, dark: bool = False):
        self.home = f"http://127.0.0.1:{server.port}"
        scheme = "dark" if dark else "light"
        self.context = chromium.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 720})
        self.complaints: list[str] = []

    def tab(self):
        """A new tab."""
        page = self.context.new_page()
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)
        return page

    def _asked(self, request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.complaints.append(request.url)

    def signed_in(self, name: str, wanted: str = "/"):
        """A tab of a user who has just signed in, on the page they wanted."""
        page = self.tab()
        page.goto(self.home + wanted)
        page.get_by_label("User name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(self.home + wanted)
        return page


def picture(page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def drawn(page):
    """The page, once its widgets are there."""
    page.get_by_text("nothing asked").wait_for(timeout=60_000)
    return page


def test_signing_out_ends_a_second_tab_and_leaves_nothing_on_its_screen(server, chromium):
    window = Window(chromium, server)
    first = drawn(window.signed_in("practice_manager", "/page/billing"))
    second = drawn(_open(window, "/page/care_desk"))
    start = _open(window, "/")
    first.get_by_role("button", name="Sign out").click()
    for tab in (second, start):
        tab.wait_for_url("**/over/signed_out*")
        assert tab.get_by_role("heading", name="You are signed out").is_visible()
        assert "nothing asked" not in tab.content()
    picture(second, "signed_out")
    second.goto(window.home + "/page/care_desk")
    assert second.url.startswith(window.home + "/sign-in")
    assert window.complaints == []


def test_a_widget_answers_inside_the_main_part_of_the_page(server, chromium):
    window = Window(chromium, server)
    page = drawn(window.signed_in("practice_manager", "/page/billing"))
    page.locator("main").get_by_role("button", name="Close the month").click()
    page.get_by_text("allowed", exact=True).wait_for()
    picture(page, "page")
    assert window.complaints == []


def test_a_disabled_button_enabled_from_the_console_is_still_refused(server, chromium):
    window = Window(chromium, server)
    page = drawn(window.signed_in("auditor", "/page/billing"))
    button = page.get_by_role("button", name="Close the month")
    assert button.is_disabled()
    button.evaluate("button => { button.disabled = false; button.click(); }")
    page.get_by_text("you may not close a month").wait_for()
    assert window.complaints == []


def test_who_is_warned_can_stay_signed_in_with_one_button(ahead, chromium):
    window = Window(chromium, ahead)
    page = window.signed_in("care_manager")
    ahead.later(permissions().policy.idle_minutes * 60 - 100)
    stay = page.get_by_role("button", name="Stay signed in")
    stay.wait_for()
    picture(page, "warned")
    stay.click()
    stay.wait_for(state="detached")
    assert window.complaints == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("role", ["practice_manager", "administrator"])
def test_the_start_page_is_quiet(server, chromium, role, dark):
    window = Window(chromium, server, dark)
    page = window.signed_in(role)
    assert page.get_by_role("heading", level=1).count() == 1
    picture(page, f"start_{role}_{'dark' if dark else 'light'}")
    assert window.complaints == []


def _open(window: Window, path: str):
    page = window.tab()
    page.goto(window.home + path)
    return page

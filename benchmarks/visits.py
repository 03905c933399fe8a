"""What people do in the browser, timed: opening a page, pressing a filter, and writing something, many at once."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from .served_practice import Served

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
ROW = "tr[data-key]"
PATIENCE = 300_000
#: Seconds from the press of the filter called `words` until the table drawn is that list's.
PRESS = """(words) => new Promise((done) => {
  const table = () => document.querySelector("table:has(tr[data-key])");
  const button = [...document.querySelectorAll(".tabs button")].find((each) => each.textContent.startsWith(words));
  const before = table(), begin = performance.now();
  button.click();
  (function look() {
    const now = table();
    if (now && now !== before) requestAnimationFrame(() => done((performance.now() - begin) / 1000));
    else requestAnimationFrame(look);
  })();
})"""
#: Notes in the page itself when its first row is visible, in milliseconds from asking for it: Playwright looks only
#: twice a second.
NOTE_ROWS = """(function look() {
  const row = document.querySelector("tr[data-key]");
  if (row && row.getClientRects().length) window.rowsAt = performance.now();
  else requestAnimationFrame(look);
})();"""
#: What the page's bar says, without the mark before it, which is drawn apart from the words.
MESSAGE = """() => document.querySelector(".ccm-message [role=status]").innerText.replace(/^[✓✗] /, "")"""


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    path = shutil.which("chromium")
    if not path:
        raise SystemExit("Chromium is not installed; nothing was measured.")
    with sync_playwright() as running:
        opened = running.chromium.launch(executable_path=path, args=FLAGS.split())
        yield opened
        opened.close()


def signed_in(chromium: Browser, served: Served, name: str) -> Page:
    """A tab of a browser of its own in which the user is signed in."""
    page = chromium.new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(NOTE_ROWS)
    page.goto(f"{served.address}/sign-in")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(served.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{served.address}/")
    return page


def opening(page: Page, served: Served, name: str) -> float:
    """Seconds from asking for the page called `name`, a warm kernel waiting, until its first row is visible."""
    page.goto(f"{served.address}/")
    served.settled()
    page.goto(f"{served.address}/page/{name}", wait_until="commit")
    page.wait_for_selector(ROW)
    return page.evaluate("window.rowsAt") / 1000


def pressing(page: Page, filters: tuple[str, ...]) -> list[float]:
    """Seconds of a press on each of the filters, one after the other."""
    return [page.evaluate(PRESS, words) for words in filters]


def opened_at_once(pages: list[Page], served: Served, name: str) -> float:
    """Seconds until the page called `name`, asked for in every tab at once, shows its rows in all of them."""
    begin = time.perf_counter()
    for page in pages:
        page.evaluate("(address) => { window.location = address; }", f"{served.address}/page/{name}")
    for page in pages:
        page.wait_for_selector(ROW)
    return time.perf_counter() - begin


def choose_first(page: Page) -> None:
    """The first patient of the worklist, and somebody of the practice for the task; the same in every tab."""
    page.locator(f"{ROW} button.pick").first.click()
    page.get_by_label("For", exact=True).select_option(index=1)
    page.get_by_label("Due at").fill("23:59")


def tasks_at_once(pages: list[Page], number: int) -> tuple[int, list[str]]:
    """Every tab opens a task, all confirming before the first answer is waited for.

    How many tabs were told that it is written, and what the others were told. The `number` of the round chooses the
    urgency, so that no answer reads like the one before.
    """
    for page in pages:
        page.get_by_label("Urgency").select_option(index=number % 3)
        page.get_by_role("button", name="Open task…").click()
        page.get_by_role("button", name="Open", exact=True).wait_for()
    before = [_message(page) for page in pages]
    for page in pages:
        page.get_by_role("button", name="Open", exact=True).click(no_wait_after=True)
    said = [_next_message(page, old) for page, old in zip(pages, before, strict=True)]
    refused = [words for words in said if "Task opened" not in words]
    return len(said) - len(refused), refused


def _message(page: Page) -> str:
    return page.evaluate(MESSAGE)


def _next_message(page: Page, old: str) -> str:
    page.wait_for_function(f"(old) => ![old, ''].includes(({MESSAGE})())", arg=old)
    return _message(page)

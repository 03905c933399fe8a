"""From the page to paper: the system's Chromium prints it, and tells on which sheet each section begins."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Browser, Playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Without a sandbox because containers forbid it; the page is our own, runs no script and reaches no network.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: Page numbers can move a line; a page that does not settle is a fault of its style sheet.
MOST_PRINTINGS = 4


class Printer:
    """A running browser that prints pages, in a thread of its own: a notebook's own loop must not be in its way."""

    def __init__(self, browser: Browser, thread: ThreadPoolExecutor):
        self._browser, self._thread = browser, thread

    def pdf(self, html: str) -> bytes:
        """`html` as a PDF on the paper that its style sheet asks for."""
        return self._thread.submit(_printed, self._browser, html).result()


def _printed(browser: Browser, html: str) -> bytes:
    context = browser.new_context(offline=True, java_script_enabled=False)
    try:
        page = context.new_page()
        page.set_content(html)
        return page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    finally:
        context.close()


@contextmanager
def printer(program: str = "") -> Iterator[Printer]:
    """A printer for as many pages as wanted; `program` is the browser, searched for when empty.

    Raises Problem when there is no Chromium, no Playwright, or it does not start.
    """
    path = program or next((found for name in BROWSERS if (found := shutil.which(name))), "")
    if not path:
        raise Problem("No Chromium was found, so no PDF can be made; install chromium (the HTML needs none).")
    with ThreadPoolExecutor(max_workers=1) as thread:
        playwright, browser = thread.submit(_started, path).result()
        try:
            yield Printer(browser, thread)
        finally:
            thread.submit(_ended, playwright, browser).result()


def _started(path: str) -> tuple[Playwright, Browser]:
    try:
        import pypdf  # noqa: F401  needed to find the pages; better told before anything is printed
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise Problem(f"A PDF needs the package {error.name}; install it (the HTML needs none).") from error
    playwright = sync_playwright().start()
    try:
        return playwright, playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    except Error as error:
        playwright.stop()
        raise Problem(
            f"{path} does not start, so no PDF can be made; check that it runs (the HTML needs none)."
        ) from error


def _ended(playwright: Playwright, browser: Browser) -> None:
    browser.close()
    playwright.stop()


def settled(page: Callable[[Mapping[str, int]], str], press: Printer) -> tuple[str, bytes]:
    """HTML and PDF of `page`, printed until the page numbers it shows are those on which its sections begin."""
    pages: dict[str, int] = {}
    for _ in range(MOST_PRINTINGS):
        html = page(pages)
        pdf = press.pdf(html)
        found = beginnings(pdf)
        if found == pages:
            return html, pdf
        pages = found
    raise Problem("The page numbers of the binder do not settle; report this page as a fault.")


def beginnings(pdf: bytes) -> dict[str, int]:
    """The sheet (from 1) on which each linked section of a PDF begins, by its anchor."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(pdf))
    return {
        name.lstrip("/"): reader.get_destination_page_number(place) + 1
        for name, place in reader.named_destinations.items()
    }

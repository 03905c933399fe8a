"""The sample practice in a store of one's own, and sessions of users who look at it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ccmlib.access.session import Session
from ccmlib.importers.extract import import_extract
from ccmlib.store import engine as stores
from ccmlib.store import migrate

from .served import Window, served

ROOT = Path(__file__).parents[2]
#: When the facts of the sample were learned, and when its pages are looked at.
LEARNED = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
NOW = dt.datetime(2026, 11, 3, 15, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory) -> Path:
    """A SQLite file that knows the sample practice; copied, never written."""
    file = tmp_path_factory.mktemp("sample") / "ccm.db"
    store = stores.open(f"sqlite:///{file}")
    migrate.upgrade(store)
    with stores.writing(store) as connection:
        import_extract(connection, ROOT / "data" / "samples", int(LEARNED.timestamp()), "import")
    store.dispose()
    return file


@pytest.fixture
def sample_url(sample_template, tmp_path) -> str:
    """The URL of a store with the sample practice, one's own."""
    shutil.copyfile(sample_template, tmp_path / "ccm.db")
    return f"sqlite:///{tmp_path / 'ccm.db'}"


@pytest.fixture
def session_of(sample_url) -> Callable[..., Session]:
    """Called with a role (and practices), the session of such a user."""

    def made(role: str, *practices: str) -> Session:
        return Session(f"demo.{role}", role, practices or ("*",), sample_url)

    return made


@pytest.fixture(scope="module")
def chromium():
    """The system's Chromium, without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium")
    if not path:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(sample_template, tmp_path_factory):
    """The address of the real server over a copy of the sample practice; a user for each role, named after it."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copyfile(sample_template, folder / "ccm.db")
    with served(f"sqlite:///{folder / 'ccm.db'}", folder) as there:
        yield there


@pytest.fixture
def window(chromium, address) -> Callable[[str], Window]:
    """Called with a role, a browser window in which such a user is signed in."""
    return lambda role: Window(chromium, address, role)

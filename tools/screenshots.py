"""The pictures of the dashboards in docs/images, from the sample practice: the real server, its demo users, Chromium.

    python tools/screenshots.py [--out docs/images]

Nothing is left behind but the pictures; they show today's worklist, so day and month in them are those of the run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import re
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from ccmlib.access.session import Session
from ccmlib.access.users import demo_users
from ccmlib.acts.time_entry import record_manual
from ccmlib.acts.timer import start_timer
from ccmlib.desk.documentation import CALL, Documentation
from ccmlib.importers.extract import import_extract
from ccmlib.serve.run import run_server
from ccmlib.store import Engine, migrate
from ccmlib.store import engine as stores

ROOT = Path(__file__).resolve().parents[1]
SIZE, LARGEST_BYTES = {"width": 1280, "height": 860}, 250_000
PATIENCE, START_SECONDS = 120_000, 120
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
ROW = "tr[data-key]"
#: Whom the pictures show: held below the threshold; with a plan of all elements; at the desk; eligible.
HELD, PLANNED, AT_DESK, ELIGIBLE = "P0003", "P0001", "P0001", "P0022"
CALLED = Documentation(
    staff_id="S03", program="ccm", activity="symptom_check", template=CALL, services="Monthly call, readings gone over",
    adherence="All taken", symptoms="None new", plan_updates="No change", follow_up="Lab next week",
    outcome="Call again in two weeks",
)  # fmt: skip
TYPED = {
    "Services: what was done": "Monthly call, home blood pressure readings gone over",
    "Medicines taken as agreed?": "Missed the evening dose twice this week",
    "Symptoms, new or worse?": "Ankles less swollen than last month",
}  # fmt: skip


def main() -> None:
    """Take every picture."""
    ask = argparse.ArgumentParser(description="Take the pictures of the dashboards.")
    ask.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    asked = ask.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/ccm.db"
        passwords = sample_store(database)
        with served(database) as address, sync_playwright() as running:
            chromium = running.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
            for name, (role, show) in PICTURES.items():
                page = chromium.new_context(viewport=SIZE, color_scheme="light").new_page()
                page.set_default_timeout(PATIENCE)
                sign_in(page, address, role, passwords)
                show(page, address)
                take(page, asked.out / f"{name}.png")
                page.goto(f"{address}/over/signed_out")  # left as a user leaves: the server ends its kernel
                page.context.close()
            chromium.close()


def sample_store(database: str) -> dict[str, str]:
    """A store with the sample practice, one call of this month and the demo users; their passwords by role."""
    now, store = dt.datetime.now(dt.UTC), stores.open(database)
    migrate.upgrade(store)
    with stores.writing(store) as connection:
        import_extract(connection, ROOT / "data" / "samples", int(now.timestamp()), "import")
    call_earlier(store, database, now)
    passwords = {role: password for _, role, password in demo_users(store, int(now.timestamp()))}
    store.dispose()
    return passwords


def call_earlier(store: Engine, database: str, now: dt.datetime) -> None:
    """A documented call of 17:20 an hour ago, so that the desk has something to count, and a timer that runs."""
    begin = now - dt.timedelta(hours=1)
    session = Session("demo.care_manager", "care_manager", ("*",), database)
    start_timer(store, session, AT_DESK, now - dt.timedelta(seconds=130))
    record_manual(store, session, AT_DESK, CALLED, begin, begin + dt.timedelta(seconds=1040), now, 7)


@contextmanager
def served(database: str) -> Iterator[str]:
    """The address of the real server over a store, until the end of the block."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(database, there))
    process.start()
    try:
        if not here.poll(START_SECONDS):
            raise SystemExit("The server did not start; no picture was taken.")
        yield here.recv().rstrip("/")
    finally:
        process.terminate()
        process.join()


def serve(database: str, told) -> None:
    """Serve on a free port until a signal comes."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    run_server(database, "127.0.0.1", port, ROOT / "dashboards", lambda: int(time.time()), announce=told.send)


def sign_in(page: Page, address: str, role: str, passwords: dict[str, str]) -> None:
    """Sign in as the demo user of a role; without a role, stay at the door."""
    page.goto(f"{address}/sign-in")
    if role:
        page.get_by_label("User name").fill(f"demo.{role}")
        page.get_by_label("Password").fill(passwords[role])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{address}/")


def take(page: Page, file: Path) -> None:
    """One picture. Stops when it is larger than a page should carry."""
    page.mouse.move(0, SIZE["height"] - 1)
    page.screenshot(path=file, animations="disabled", caret="hide")
    size = file.stat().st_size
    print(f"{file.name:24} {size / 1000:5.0f} KB")
    if size > LARGEST_BYTES:
        raise SystemExit(f"{file} has {size:,} bytes; a picture may have {LARGEST_BYTES:,}.")


def dashboard(page: Page, address: str, name: str) -> None:
    """Open a dashboard and wait for its rows."""
    page.goto(f"{address}/page/{name}")
    page.wait_for_selector(ROW)


def search(page: Page, patient: str) -> None:
    """Look for one patient and choose the row."""
    page.get_by_label("Find a patient").fill(patient)
    page.get_by_role("button", name=re.compile("^Found 1")).wait_for()
    page.locator(f"tr[data-key={patient}] button.pick").click()


def as_it_is(page: Page, address: str) -> None:
    """What is there after signing in, or before."""


def billing(page: Page, address: str) -> None:
    """The month, with its first held patient."""
    dashboard(page, address, "billing")


def billing_patient(page: Page, address: str) -> None:
    """Why one patient is held."""
    dashboard(page, address, "billing")
    search(page, HELD)
    page.get_by_role("region", name=f"Why: {HELD}").wait_for()


def care_plan_review(page: Page, address: str) -> None:
    """The queue, and one patient's plan."""
    dashboard(page, address, "care_plan_review")
    page.locator(f"{ROW} button.pick").first.click()
    page.locator(".ccm-panel h2").filter(has_text=re.compile("P\\d")).wait_for()


def care_desk(page: Page, address: str) -> None:
    """A call under way."""
    dashboard(page, address, "care_desk")
    search(page, AT_DESK)
    page.locator(".ccm-clock.on").wait_for()
    page.get_by_label("Staff member").select_option(label="Calvin Kestrel, registered nurse")
    for label, words in TYPED.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("heading", name="Today").evaluate("heading => heading.scrollIntoView()")
    page.evaluate("window.scrollBy(0, -56)")  # below the bar that says what happened, which stays in sight


def enrollment(page: Page, address: str) -> None:
    """Who is eligible, and the consent form of one of them."""
    dashboard(page, address, "enrollment")
    search(page, ELIGIBLE)
    page.get_by_role("heading", name="Record a consent").wait_for()


#: Whose page each picture shows, and what was done there.
PICTURES: dict[str, tuple[str, Callable[[Page, str], None]]] = {
    "sign_in": ("", as_it_is), "start": ("practice_manager", as_it_is), "billing": ("practice_manager", billing),
    "billing_patient": ("practice_manager", billing_patient),
    "care_plan_review": ("practitioner", care_plan_review), "care_desk": ("care_manager", care_desk),
    "enrollment": ("care_manager", enrollment),
}  # fmt: skip

if __name__ == "__main__":
    main()

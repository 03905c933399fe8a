"""How fast the dashboards are for a practice of 5,000 patients, and whether ten people at once lose a write.

    python -m benchmarks.dashboards        writes benchmarks/results/dashboards.md; needs Chromium; some minutes

Run it on a machine that does nothing else: the page, the server and the browser share its cores. The table tells
the load before and after.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from ccmlib.store import engine as stores
from ccmlib.store import read

from .served_practice import Served, served_practice
from .visits import browser, choose_first, opened_at_once, opening, pressing, signed_in, tasks_at_once

RESULT = Path(__file__).parent / "results" / "dashboards.md"
#: What the dashboards have to keep, in seconds.
ROWS_WITHIN, FILTER_WITHIN = 2.5, 0.3
PAGES = {"billing": "Billing", "care_plan_review": "Care plans", "care_desk": "Care desk", "enrollment": "Enrollment"}
#: The filters of the billing page, pressed in this order; it opens on the first of them.
FILTERS = ("Near threshold", "To look at", "Ready", "Held")
MANAGER, TEAM = "manager", tuple(f"member{number:02}" for number in range(10))
ROLES = {MANAGER: "practice_manager"} | dict.fromkeys(TEAM, "practice_manager")


@dataclass
class Found:
    """Seconds by page and of presses, and what came of the ten sessions."""

    load: list[float] = field(default_factory=list)
    pages: dict[str, list[float]] = field(default_factory=dict)
    presses: list[float] = field(default_factory=list)
    all_open: float = 0.0
    told: int = 0
    stored: int = 0
    refused: list[str] = field(default_factory=list)
    server_mb: float = 0.0
    kernels_mb: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, print, write."""
    ask = argparse.ArgumentParser(description="Measure the dashboards.")
    ask.add_argument("--patients", type=int, default=5_000)
    ask.add_argument("--runs", type=int, default=5, help="how often each page is opened; medians are shown")
    ask.add_argument("--rounds", type=int, default=3, help="tasks that each of the ten sessions writes")
    ask.add_argument("--out", type=Path, default=RESULT, help="where the table is written")
    asked = ask.parse_args()
    text = report(measured(asked.patients, asked.runs, asked.rounds), asked.patients, asked.runs)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(text, "utf-8")
    print(text)


def measured(patients: int, runs: int, rounds: int) -> Found:
    """All numbers."""
    found = Found()
    with (
        tempfile.TemporaryDirectory() as folder,
        served_practice(Path(folder), patients, ROLES) as served,
        browser() as chromium,
    ):
        found.load.append(os.getloadavg()[0])
        alone(chromium, served, found, runs)
        found.load.append(os.getloadavg()[0])
        together(chromium, served, found, rounds)
    return found


def alone(chromium, served: Served, found: Found, runs: int) -> None:
    """One user: every page, and the filters of the billing page. The first visit of each is not counted."""
    page = signed_in(chromium, served, MANAGER)
    for name in PAGES:
        found.pages[name] = [opening(page, served, name) for _ in range(runs + 1)][1:]
        if name == "billing":
            found.presses = [second for _ in range(runs) for second in pressing(page, FILTERS)]
    page.goto(f"{served.address}/")
    page.context.close()


def together(chromium, served: Served, found: Found, rounds: int) -> None:
    """Ten users at the care desk at once, each writing tasks for the same patient."""
    pages = [signed_in(chromium, served, name) for name in TEAM]
    found.all_open = opened_at_once(pages, served, "care_desk")
    for page in pages:
        choose_first(page)
    for number in range(rounds):
        told, refused = tasks_at_once(pages, number)
        found.told += told
        found.refused += refused
    found.server_mb, kernels = served.megabytes()
    found.kernels_mb = sorted(kernels)[-len(TEAM) :]
    found.stored = tasks_of(served.database, TEAM)


def tasks_of(database: str, users: tuple[str, ...]) -> int:
    """How many tasks the users have in the store."""
    store = stores.open(database)
    with store.connect() as connection:
        tasks = read.table_now(connection, "tasks")
    store.dispose()
    return int(tasks.opened_by.isin(users).sum())


def report(found: Found, patients: int, runs: int) -> str:
    """The whole page."""
    title = f"# The dashboards of a practice of {patients:,} patients"
    busy = f"Load average (1 min) before: {found.load[0]:.1f}, after the pages: {found.load[1]:.1f}."
    return "\n\n".join([title, SAYS.format(runs=runs), busy, single(found), many(found), machine()]) + "\n"


def single(found: Found) -> str:
    """One user."""
    rows = [timed(f"{words}: rows visible, kernel warm", found.pages[name], ROWS_WITHIN)
            for name, words in PAGES.items()]  # fmt: skip
    return table(
        ("one user", "median", "slowest", "asked", "kept"),
        [*rows, timed("Billing: a filter pressed, its rows visible", found.presses, FILTER_WITHIN)],
    )


def timed(what: str, seconds: list[float], within: float) -> tuple[str, ...]:
    """Median and slowest beside what is asked; kept when the median is."""
    median = statistics.median(seconds)
    return what, f"{median:.2f} s", f"{max(seconds):.2f} s", f"{within} s", "yes" if median <= within else "**no**"


def many(found: Found) -> str:
    """Ten users."""
    rows = [
        ("care desks opened at once, the last one's rows visible", f"{found.all_open:.1f} s"),
        ("tasks that a page said are written", f"{found.told}"),
        ("tasks of theirs in the store", f"{found.stored}"),
        ("**writes lost**", f"**{found.told - found.stored}**"),
        ("writes refused, and the page said why", f"{len(found.refused)}"),
        ("memory of the server", f"{found.server_mb:,.0f} MB"),
        ("memory of a session's kernel, median", f"{statistics.median(found.kernels_mb):,.0f} MB"),
        ("memory of the ten kernels and the server", f"{sum(found.kernels_mb) + found.server_mb:,.0f} MB"),
    ]
    why = "".join(f"\n\nRefused: {words}" for words in sorted(set(found.refused)))
    return table((f"{len(TEAM)} sessions at once", ""), rows) + why


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table, numbers to the right."""
    lines = [head, ("---", *["--:"] * (len(head) - 1)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """What it ran on."""
    return f"{os.cpu_count()} cores for the server, the kernels and the browser; Python {platform.python_version()}."


SAYS = (
    "Wall seconds in Chromium on the same machine, from asking for the page until its first row is visible; {runs} "
    "visits of each page after one that is not counted, a warm kernel waiting before each. Ten sessions write tasks "
    "for the same patient through the pages, all confirming before the first answer comes. Memory is proportional "
    "(shared pages are shared out)."
)

if __name__ == "__main__":
    main()

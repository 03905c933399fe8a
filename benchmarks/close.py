"""How fast a month closes, beside a plain loop over the patients that gives the same claims, holds and seconds.

    python -m benchmarks.close                       5,000 patients, a look
    python -m benchmarks.close --patients 100000     the numbers of benchmarks/results/close.md
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import statistics
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from .frames import practice_frames, with_one_login, write_frames
from .measure import Run, milliseconds, plain_loop, workbench

MONTH = "2026-10"
RESULT = Path(__file__).parent / "results" / "close.md"
#: Patients of a practice with about 30,000 entries.
ONE_LOGIN = 3_750


def main() -> None:
    """Measure, print, write."""
    ask = argparse.ArgumentParser(description="Measure the close of a month.")
    ask.add_argument("--patients", type=int, default=5_000)
    ask.add_argument("--runs", type=int, default=3, help="how often each is run; medians are shown")
    ask.add_argument("--out", type=Path, default=RESULT, help="where the table is written")
    asked = ask.parse_args()
    text = report(asked.patients, asked.runs)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(text, "utf-8")
    print(text)


def report(patients: int, runs: int) -> str:
    """The whole page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frames.pickle"
        entries = afresh(write_frames, path, patients, MONTH)
        close, loop = ([afresh(way, path, MONTH) for _ in range(runs)] for way in (workbench, plain_loop))
    require_equal(close + loop)
    title = f"# Closing a month of {patients:,} patients, {entries:,} entries"
    tables = [large_table(close, loop, entries), small_table()]
    return "\n\n".join([title, SAYS.format(runs=runs), *tables, machine()]) + "\n"


def afresh(work: Callable, *given):
    """``work(*given)`` in a fresh process; this one stays small, for a process inherits its parent's peak memory."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def require_equal(runs: list[Run]) -> None:
    """Stop unless every run decided the same."""
    for name, digest in runs[0].digests.items():
        if any(run.digests[name] != digest for run in runs):
            raise SystemExit(f"The close and the plain loop differ in {name}; nothing was written.")


def median(runs: list[Run], *steps: str) -> float:
    """CPU seconds of some steps together."""
    return statistics.median(sum(run.seconds[step] for step in steps) for run in runs)


def large_table(close: list[Run], loop: list[Run], entries: int) -> str:
    """The month of the title."""
    decide, whole = median(close, "decide"), median(close, "facts", "decide", "holds")
    plain = median(loop, "loop")
    rows = [
        ("facts from frames", f"{median(close, 'facts'):.2f} s"),
        ("`close_month` with claim lines, seconds and hold rows", f"{decide:.2f} s"),
        ("`.holds`: evidence in words, money kept back", f"{median(close, 'holds'):.2f} s"),
        ("everything", f"{whole:.2f} s"),
        ("entries per second, everything", f"{entries / whole:,.0f}"),
        ("plain loop: claim lines, seconds and hold rows", f"{plain:.2f} s"),
        ("plain loop ÷ `close_month` with the same", f"{plain / decide:.1f}"),
        ("plain loop ÷ everything", f"{plain / whole:.1f}"),
        ("peak memory of the close, facts included", memory(close)),
        ("peak memory of the plain loop, facts included", memory(loop)),
    ]
    return table(("", "median"), rows)


def memory(runs: list[Run]) -> str:
    """Peak, and what was there with the facts read."""
    peak, loaded = (statistics.median(getattr(run, name) for run in runs) for name in ("peak_mb", "loaded_mb"))
    return f"{peak:,.0f} MB ({loaded:,.0f} MB with the facts read)"


def small_table() -> str:
    """Small practices, and one login for everybody."""
    many = practice_frames(ONE_LOGIN, MONTH)
    ordinary, shared = milliseconds(many, MONTH), milliseconds(with_one_login(many), MONTH)
    count = f"{len(many['time_entries']):,} entries"
    small = {"1 patient": practice_frames(1, MONTH), "1,000 patients": practice_frames(1_000, MONTH)}
    rows = [(name, f"{milliseconds(frames, MONTH):.0f} ms") for name, frames in small.items()]
    rows += [(f"{count}, ordinary", f"{ordinary:.0f} ms"), (f"{count}, all under one login", f"{shared:.0f} ms")]
    rows.append(("one login ÷ ordinary", f"{shared / ordinary:.2f}"))
    return table(("everything, the rules already read", "median"), rows)


def table(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    """A Markdown table of two columns."""
    return "\n".join(f"| {left} | {right} |" for left, right in [head, ("---", "--:"), *rows])


def machine() -> str:
    """What it ran on."""
    return (
        f"{os.cpu_count()} cores, one used; Python {platform.python_version()}, pandas {pd.__version__}, "
        f"NumPy {np.__version__}."
    )


SAYS = (
    "CPU seconds (user and system), medians; runs in a fresh process each: {runs}. The plain loop is "
    "`tests.reference`; it was given the same frames and gave the same claim lines, holds and seconds."
)

if __name__ == "__main__":
    main()

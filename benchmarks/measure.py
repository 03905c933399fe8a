"""One close of a month, measured in a process of its own: CPU seconds (user and system) and peak memory."""

from __future__ import annotations

import hashlib
import pickle
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ccmlib.close import MonthClose, close_month
from ccmlib.facts import MonthFacts
from ccmlib.month import Month
from ccmlib.rulebook import Rulebook, Rules
from tests.reference import reference_close

WHO = ["practice_id", "patient_id", "program"]
HOLDS = [*WHO, "reason", "severity", "seconds"]
#: ``ru_maxrss`` is in bytes on macOS and in KiB elsewhere.
MEGABYTE = 1 << 20 if sys.platform == "darwin" else 1 << 10


@dataclass
class Run:
    """CPU seconds by step, MB at the peak before and after, and a digest by table of what was decided."""

    seconds: dict[str, float] = field(default_factory=dict)
    loaded_mb: int = 0
    peak_mb: int = 0
    digests: dict[str, str] = field(default_factory=dict)

    def step(self, name: str, work: Callable):
        """``work()``, measured."""
        begin = time.process_time()
        result = work()
        self.seconds[name] = time.process_time() - begin
        return result


def workbench(path: Path, month: str) -> Run:
    """The close of the frames pickled at `path`."""
    run, frames, when = Run(), frames_at(path), Month(month)
    rules = Rulebook.load().on(when)
    run.loaded_mb = peak()
    facts = run.step("facts", lambda: MonthFacts.of(when, frames))
    close = run.step("decide", lambda: decided(facts, rules))
    run.step("holds", lambda: close.holds)
    run.peak_mb = peak()
    run.digests = digests(close.claim_lines, close.holds, close.seconds)
    return run


def decided(facts: MonthFacts, rules: Rules) -> MonthClose:
    """The close with the claim lines and seconds, which are made when asked for; hold rows are made in any case."""
    close = close_month(facts, rules)
    for made_when_asked in ("claim_lines", "seconds"):
        getattr(close, made_when_asked)
    return close


def plain_loop(path: Path, month: str) -> Run:
    """The same by ``tests.reference``: a readable loop over the patients."""
    run, frames = Run(), frames_at(path)
    run.loaded_mb = peak()
    tables = run.step("loop", lambda: reference_close(frames, month))
    run.peak_mb = peak()
    run.digests = digests(*map(pd.DataFrame, tables))
    return run


def milliseconds(frames: dict[str, pd.DataFrame], month: str, times: int = 5) -> float:
    """CPU milliseconds of a close with everything, in a process that has closed a month before: the median."""
    facts, book, run, found = MonthFacts.of(Month(month), frames), Rulebook.load(), Run(), []
    for _ in range(times + 1):
        run.step("whole", lambda: decided(facts, book.on(Month(month))).holds)
        found.append(run.seconds["whole"] * 1000)
    return statistics.median(found[1:])


def frames_at(path: Path) -> dict[str, pd.DataFrame]:
    """The frames pickled at `path`."""
    with path.open("rb") as file:
        return pickle.load(file)


def peak() -> int:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE


def digests(claims: pd.DataFrame, holds: pd.DataFrame, seconds: pd.DataFrame) -> dict[str, str]:
    """SHA-256 of each table's rows. The loop gives no evidence and no kept-back money, so holds go without.

    It asks of billed patients alone whether a visit of the same date needs a modifier; the close asks of all.
    """
    unasked = (holds.reason == "conflict") & (holds.severity == "review") & ~holds.patient_id.isin(claims.patient_id)
    tables = {
        "claim_lines": claims.sort_values([*WHO, "hcpcs_code"]),
        "holds": holds[~unasked][HOLDS].sort_values(HOLDS),
        "seconds": seconds.sort_values([*WHO, "clock"]),
    }
    return {name: hashlib.sha256(table.to_csv(index=False).encode()).hexdigest() for name, table in tables.items()}

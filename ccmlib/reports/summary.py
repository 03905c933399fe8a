"""The state of the month at one glance: tiles with a number, its unit and its money."""

from __future__ import annotations

from .. import wording
from ..close import MonthClose
from ..requirement import REVIEW
from .markup import Html, element, joined
from .near import NEAR_MINUTES, near_steps
from .patient_month import hold_rows, patient_months
from .section import Section


def summary(close: MonthClose) -> Section:
    """Five tiles: ready, held, to look at, near the next threshold, time."""
    tiles = [_ready(close), _held(close), _to_look_at(close), _near(close), _time(close)]
    return Section(sentence(close), (element("div", joined(tiles, "\n"), "tiles"),))


def sentence(close: MonthClose) -> str:
    """How the month stands, in one sentence."""
    months = patient_months(close)
    ready, held = months[~months.held], months[months.held]
    if months.empty:
        return "No time is logged in this month: nobody is ready and nobody is held."
    if held.empty:
        return f"Nobody is held. {wording.times(len(ready), 'patient')} {_are(len(ready))} ready."
    count = wording.times(len(ready), "patient")
    return f"{count} {_are(len(ready))} ready to bill, {len(held):,} {_are(len(held))} held."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _tile(state: str, name: str, number: str, unit: str, *more: str) -> Html:
    head = [element("small", name), element("strong", number), " ", element("span", unit)]
    return element("div", joined([*head, *(element("p", line) for line in more)]), f"tile {state}".strip())


def _ready(close: MonthClose) -> Html:
    months = patient_months(close)
    ready = months[~months.held]
    return _tile(
        "ready", "Ready to bill", f"{len(ready):,}", _patients(len(ready)), wording.money(ready.allowed_cents.sum())
    )


def _held(close: MonthClose) -> Html:
    months = patient_months(close)
    held = months[months.held]
    kept_back = f"{wording.money(held.kept_back_cents.sum())} kept back"
    return _tile("hold", "Held", f"{len(held):,}", _patients(len(held)), kept_back)


def _to_look_at(close: MonthClose) -> Html:
    rows = hold_rows(close)
    rows = rows[(rows.severity == REVIEW) & ~rows.held]
    count = len(rows[["patient", "program"]].drop_duplicates())
    return _tile("review", "To look at", f"{count:,}", _patients(count), "billed, to be checked")


def _near(close: MonthClose) -> Html:
    steps = near_steps(close)
    worth = wording.money(steps.cents.sum())
    return _tile(
        "",
        "Near the next threshold",
        f"{len(steps):,}",
        _patients(len(steps)),
        f"{worth} · under {NEAR_MINUTES} min",
    )


def _time(close: MonthClose) -> Html:
    total = close.seconds[["logged", "claimed", "held"]].sum()
    rest = f"{wording.hours(total.claimed)} claimed · {wording.hours(total.held)} held"
    return _tile("", "Time logged", wording.hours(total.logged), "hours", rest)


def _patients(count: int) -> str:
    return "patient" if count == 1 else "patients"

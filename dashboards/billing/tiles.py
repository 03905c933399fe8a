"""The state of the month at one glance."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ccmlib import wording
from ccmlib.month import Month
from ccmlib.reports.near import NEAR_MINUTES

from ..ui.shapes import Tile
from .decided import Decided


def tiles(decided: Decided) -> Iterator[Tile]:
    """Ready, held, to look at, near the next threshold, and against the last close."""
    ready, held, near = decided.ready, decided.held, decided.near
    kept_back = f"{wording.money(held.kept_back_cents.sum())} kept back"
    worth = f"{wording.money(near.cents.sum())} · under {NEAR_MINUTES} min short"
    yield Tile("Ready to bill", *_patients(ready), wording.money(decided.allowed_cents), "ready")
    yield Tile("Held", *_patients(held), kept_back, "hold")
    yield Tile("To look at", *_patients(decided.to_look_at), "billed, a person should check", "review")
    yield Tile("Near the next threshold", *_patients(near), worth)
    yield _against(decided)


def _patients(frame: pd.DataFrame) -> tuple[str, str]:
    return f"{len(frame):,}", "patient" if len(frame) == 1 else "patients"


def _against(decided: Decided) -> Tile:
    if decided.last:
        return _against_this_month(decided)
    if decided.before:
        return _against_month_before(decided)
    return Tile("Against the last close", "–", "", "no month is closed yet")


def _against_this_month(decided: Decided) -> Tile:
    changes = decided.changes
    difference = decided.allowed_cents - int(decided.last_lines.allowed_cents.sum())
    name = f"Against the close of {decided.last.closed_at.day} {decided.last.closed_at:%b}"
    more = (
        f"{wording.times(changes.patient_id.nunique(), 'patient')} would change"
        if len(changes)
        else "nothing would change"
    )
    return Tile(name, signed(difference), "allowed", more)


def _against_month_before(decided: Decided) -> Tile:
    then = int(decided.before_lines.allowed_cents.sum())
    name = f"Against {Month(decided.before.service_month).first:%B}'s close"
    share = f"{100 * (decided.allowed_cents - then) / then:+.1f}%" if then else "–"
    return Tile(name, share, "allowed", f"{wording.money(then)} then · {_captured(decided)}")


def _captured(decided: Decided) -> str:
    """The share of the logged time that is billed."""
    logged, claimed = decided.close.seconds[["logged", "claimed"]].sum()
    return f"{100 * claimed / logged:.0f}% of the time billed" if logged else "no time logged"


def signed(cents: int) -> str:
    """A difference in money, with its sign."""
    return f"+{wording.money(cents)}" if cents > 0 else wording.money(cents)

"""A closed month as its close decided it, for reports and claims that must not decide again."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from .ledger.close_record import Close
from .ledger.tables import DECIDED
from .month import Month
from .replay import required
from .store import Connection, Engine, ledger, migrate


@dataclass(frozen=True)
class ClosedMonth:
    """The closes that hold for a month, one for each practice, and what they decided, as ``MonthClose`` has it.

    `lines`: the claim lines with close_id, line_no, action, reference and replaces; voided ones too.
    """

    month: Month
    closes: list[Close]
    claim_lines: pd.DataFrame
    holds: pd.DataFrame
    seconds: pd.DataFrame
    lines: pd.DataFrame


def closed_month(store: Engine, month: Month, practice_id: str = "") -> ClosedMonth:
    """The month as closed last, of one practice or of all that closed it. Raises Problem when it is not closed."""
    migrate.require_current(store)
    with store.connect() as connection:
        return _closed(connection, month, required(ledger.closes(connection, month, practice_id), month, practice_id))


def closes_of(store: Engine, month: Month | None = None, practice_id: str = "") -> list[Close]:
    """Every close and amendment in the order of the ledger, of one month or all, one practice or all."""
    migrate.require_current(store)
    with store.connect() as connection:
        return ledger.closes(connection, month, practice_id)


def _closed(connection: Connection, month: Month, closes: list[Close]) -> ClosedMonth:
    newest = {close.practice_id: close for close in closes}
    holding = [newest[practice_id] for practice_id in sorted(newest)]
    parts = [ledger.decided(connection, close) for close in holding]
    frames = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in DECIDED}
    lines = pd.concat([ledger.lines(connection, close) for close in holding], ignore_index=True)
    return ClosedMonth(month, holding, **frames, lines=lines)

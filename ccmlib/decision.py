"""A decision as the ledger keeps it: claim lines, holds and seconds as plain frames, and their digests."""

from __future__ import annotations

import pandas as pd

from .close import close_month
from .facts import TABLES, MonthFacts
from .ledger.close_record import DECISION_DIGESTS
from .ledger.digests import facts_digest, rows_digest
from .ledger.tables import DECIDED
from .rulebook import Rules
from .store.digest import row_digests


def decision_of(facts: MonthFacts, rules: Rules) -> dict[str, pd.DataFrame]:
    """What is decided of a month: claim_lines, holds and seconds, each row with its `line_digest`."""
    close = close_month(facts, rules)
    return with_digests({name: getattr(close, name)[table.names] for name, table in DECIDED.items()})


def with_digests(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Frames of a decision, each row with its `line_digest`."""
    return {name: frame.assign(line_digest=row_digests(frame, DECIDED[name])) for name, frame in frames.items()}


def decision_digests(decision: dict[str, pd.DataFrame]) -> dict[str, str]:
    """The digest of each part of a decision, by the name that a close has for it."""
    return {DECISION_DIGESTS[name]: rows_digest(frame["line_digest"]) for name, frame in decision.items()}


def facts_digest_of(facts: MonthFacts) -> str:
    """The digest of everything known of a month."""
    return facts_digest({name: row_digests(frame, TABLES[name]) for name, frame in facts.frames().items()})

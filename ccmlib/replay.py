"""A closed month decided again from what was known then, under today's rules and code: identical, or what differs."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from . import __version__
from .decision import decision_digests, decision_of, facts_digest_of
from .ledger.close_record import Close
from .ledger.difference import Difference, differences
from .ledger.digests import code_digest, policies_text, text_digest
from .ledger.tables import DECIDED, plain
from .month import Month
from .problem import Problem
from .rulebook import Rulebook, Rules
from .store import Connection, Engine, ledger, migrate, read
from .store.late import late_facts


@dataclass(frozen=True)
class Replay:
    """What the replay of one close gave.

    `differences`: rows decided otherwise. `changed`: what is not what it was at the close, of facts, rules,
    policies, code and ledger (its rows are not those whose digest was recorded); these are the reasons when
    something differs. `late`: the facts learned since then that touch the month; they are not part of a replay.
    """

    close: Close
    differences: list[Difference]
    changed: list[str]
    late: pd.DataFrame

    @property
    def identical(self) -> bool:
        """Whether the same facts gave the same decision; other rules or code that change nothing are no difference."""
        return not self.differences and not {"facts", "ledger"} & set(self.changed)


def replay(store: Engine, month: Month, practice_id: str = "") -> list[Replay]:
    """Decide again every close and amendment of `month`, of one practice or of all, in the order of the ledger.

    Raises Problem when the month is not closed, or cannot be decided any more under today's rules.
    """
    migrate.require_current(store)
    rules, code = Rulebook.load().on(month), code_digest()
    with store.connect() as connection:
        closes = required(ledger.closes(connection, month, practice_id), month, practice_id)
        return [_again(connection, close, rules, code) for close in closes]


def required(closes: list[Close], month: Month, practice_id: str) -> list[Close]:
    """The closes; raises Problem when there is none."""
    if not closes:
        whose = f" of {practice_id}" if practice_id else ""
        raise Problem(f"{month}{whose} is not closed; run `ccm close {month}` first.")
    return closes


def _again(connection: Connection, close: Close, rules: Rules, code: str) -> Replay:
    month = Month(close.service_month)
    facts = read.month_facts(connection, month, close.as_of, close.practice_id)
    now, closed = decision_of(facts, rules), ledger.decided(connection, close)
    found = [
        row for name, table in DECIDED.items() for row in differences(table, closed[name], plain(now[name], table))
    ]
    same = all(getattr(close, name) == digest for name, digest in decision_digests(now).items())
    policies = text_digest(policies_text(rules))
    was = {
        "facts": facts_digest_of(facts) == close.facts_digest,
        "rules": rules.digest == close.rules_digest,
        "policies": policies == close.policies_digest,
        "code": (__version__, code) == (close.code_version, close.code_digest),
        "ledger": same != bool(found),
    }
    late = late_facts(connection, month, close.as_of, ledger.utc(ledger.newest_second(connection)), close.practice_id)
    return Replay(close, found, [name for name, is_same in was.items() if not is_same], late)

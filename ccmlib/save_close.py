"""Closing a month for good: the decision of each practice goes into the ledger, in one transaction, or not at all.

Closing again writes an amendment when something is decided otherwise, with the late facts that caused it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from . import __version__
from .decision import decision_digests, decision_of, facts_digest_of, with_digests
from .facts import MonthFacts
from .ledger.amendment import amended_lines, changed_patients, first_lines
from .ledger.close_record import DECISION_DIGESTS, Close
from .ledger.digests import code_digest, policies_text, text_digest
from .ledger.tables import COUNTED_IN, KEPT_IN
from .month import Month
from .problem import Problem
from .rulebook import Rulebook, Rules
from .store import Connection, Engine, engine, ledger, migrate, read
from .store.late import late_facts


@dataclass(frozen=True)
class Saved:
    """What became of one practice's month: the close that holds now, and whether it was written just now.

    `lines`: the claim lines of that close with their action, reference and what they replace. `late`: facts
    learned since the close before: those that caused an amendment, or all when there was nothing to amend.
    `because`: what else changed since then (rules, policies, code). `early`: the month was not over yet.
    """

    close: Close
    written: bool
    lines: pd.DataFrame
    late: pd.DataFrame
    because: list[str]
    early: bool


@dataclass(frozen=True)
class _Asked:
    """The close of a month, asked for."""

    month: Month
    closed_by: str
    now: dt.datetime
    as_of: dt.datetime
    rules: Rules
    code: str


def close_and_save(store: Engine, month: Month, practice_id: str, closed_by: str, now: dt.datetime) -> list[Saved]:
    """Close `month` for one practice, or for each on its own when `practice_id` is empty; what became of each.

    A close sees everything the store knows when it writes. Where nothing is decided otherwise than in the
    last close of the month, nothing is written. Raises Problem when somebody else closed the month while this
    close was waiting for its turn, and as ``close_month`` does; nothing is written then.
    """
    migrate.require_current(store)
    rules, code, expected = Rulebook.load().on(month), code_digest(), _closed_so_far(store, month, practice_id)
    with engine.writing(store) as connection:
        _refuse_meanwhile(ledger.closes(connection, month, practice_id), expected)
        as_of = ledger.utc(max(read.utc_second(now), ledger.newest_second(connection)))
        asked = _Asked(month, closed_by, now.replace(microsecond=0), as_of, rules, code)
        return [_close(connection, asked, one) for one in read.practice_ids(connection, practice_id)]


def _closed_so_far(store: Engine, month: Month, practice_id: str) -> set[int]:
    with store.connect() as connection:
        return {close.close_id for close in ledger.closes(connection, month, practice_id)}


def _refuse_meanwhile(closes: list[Close], expected: set[int]) -> None:
    for close in closes:
        if close.close_id not in expected:
            raise Problem(
                f"{close.service_month} of {close.practice_id} was closed by {close.closed_by} while this close waited "
                "its turn; nothing was written. Look at that close, then close again if it must be amended."
            )


def _close(connection: Connection, asked: _Asked, practice_id: str) -> Saved:
    """Gather, decide, compare with the last close, and append what differs."""
    facts = read.month_facts(connection, asked.month, asked.as_of, practice_id)
    decision = decision_of(facts, asked.rules)
    last = ledger.last_close(connection, asked.month, practice_id)
    made = _record(connection, asked, facts, decision, last)
    if last is None:
        frames, late = {"closed_lines": first_lines(made.close_id, decision["claim_lines"])}, pd.DataFrame()
    else:
        late = late_facts(connection, asked.month, last.as_of, asked.as_of, practice_id)
        if _same(last, made):
            return Saved(last, False, ledger.state(connection, last), late, [], early(last, facts))
        frames, late = _amended(connection, made, last, decision, late)
    kept = {KEPT_IN[name]: frame for name, frame in decision.items()}
    close, lines = _saved(connection, made, kept | frames)
    return Saved(close, True, lines, late, because(last, made) if last else [], early(close, facts))


def _record(connection: Connection, asked: _Asked, facts: MonthFacts, decision: dict, last: Close | None) -> Close:
    close_id, previous_hash, facts_seal = ledger.next_place(connection)
    policies = policies_text(asked.rules)
    return Close(
        close_id, facts.practices["practice_id"].iloc[0], str(asked.month), last.sequence + 1 if last else 0,
        asked.as_of, asked.now, asked.closed_by, __version__, asked.code, facts_digest_of(facts), asked.rules.digest,
        policies, text_digest(policies), **decision_digests(decision), **dict.fromkeys(COUNTED_IN.values(), 0),
        facts_seal=facts_seal, previous_hash=previous_hash,
    )  # fmt: skip


def _same(one: Close, other: Close) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in DECISION_DIGESTS.values())


def _amended(connection: Connection, made: Close, last: Close, decision: dict, late: pd.DataFrame):
    """The lines of an amendment and its late facts as ledger tables, and these facts: of patients decided otherwise."""
    before = with_digests(ledger.decided(connection, last))
    old = before["claim_lines"].assign(reference=ledger.state(connection, last)["reference"])
    changed = changed_patients(before, decision)
    late = late[late["patient_id"].isin(changed | {""})].reset_index(drop=True)
    return {"closed_lines": amended_lines(made.close_id, old, decision["claim_lines"]), "late_facts": late}, late


def because(last: Close, made: Close) -> list[str]:
    """What besides facts changed from one close to the next: rules, policies, code."""
    digests = {name: f"{name}_digest" for name in ("rules", "policies", "code")}
    return [name for name, digest in digests.items() if getattr(last, digest) != getattr(made, digest)]


def _saved(connection: Connection, made: Close, frames: dict[str, pd.DataFrame]) -> tuple[Close, pd.DataFrame]:
    frames = {name: frame.assign(line_no=range(1, len(frame) + 1)) for name, frame in frames.items()}
    counts = {COUNTED_IN[name]: len(frame) for name, frame in frames.items()}
    return ledger.save(connection, replace(made, **counts), frames), frames["closed_lines"]


def early(close: Close, facts: MonthFacts) -> bool:
    """Whether the close was made before the month was over in the practice's time zone."""
    _, end = facts.month.bounds(facts.practices["time_zone"].iloc[0])
    return close.as_of.timestamp() < end

"""What the ledger's commands say, in lines for the terminal and as values for machines."""

from __future__ import annotations

import datetime as dt

from . import wording
from .ledger.close_record import Close
from .ledger.difference import Difference
from .ledger.finding import Finding
from .replay import Replay
from .save_close import Saved
from .verify import Standing

#: Differences and findings told one by one; the rest is counted.
TOLD = 50
REASONS = {
    "facts": "what the store says was known then is not what it was; run `ccm verify`",
    "ledger": "the ledger's rows are not those that were closed; run `ccm verify`",
    "rules": "the rules changed since",
    "policies": "a policy changed since",
    "code": "this is another version of the program",
}
NO_REASON = "neither facts nor rules nor code changed; look for another version of a library"


def saved_lines(saved: list[Saved]) -> list[str]:
    """What became of each practice's month."""
    return [line for one in saved for line in _saved(one)]


def saved_said(saved: list[Saved]) -> list[dict]:
    """The same for machines."""
    return [
        close_said(one.close)
        | {"written": one.written, "lines": _actions(one), "allowed_cents": _allowed(one), "early": one.early,
           "because": one.because, "late_facts": [_fact(row) for row in one.late.to_dict("records")]}
        for one in saved
    ]  # fmt: skip


def close_lines(closes: list[Close]) -> list[str]:
    """The closes of the ledger, one a line."""
    return [f"{_which(one)}: {_counts(one)}, {moment(one.closed_at)}, {one.closed_by}; {one.digest}" for one in closes]


def close_said(close: Close) -> dict:
    """A close for machines: when, by whom, counts and digests."""
    return {
        "practice_id": close.practice_id, "service_month": close.service_month, "close_id": close.close_id,
        "sequence": close.sequence, "as_of": close.as_of.isoformat(), "closed_at": close.closed_at.isoformat(),
        "closed_by": close.closed_by, "code_version": close.code_version, "facts_digest": close.facts_digest,
        "rules_digest": close.rules_digest, "previous_hash": close.previous_hash, "hash": close.digest,
    }  # fmt: skip


def replay_lines(replays: list[Replay]) -> list[str]:
    """What each close gave when it was decided again."""
    return [line for one in replays for line in _replayed(one)]


def replay_said(replays: list[Replay]) -> list[dict]:
    """The same for machines."""
    return [
        close_said(one.close)
        | {"identical": one.identical, "changed": one.changed, "late_facts": len(one.late),
           "differences": [_difference(row) for row in one.differences]}
        for one in replays
    ]  # fmt: skip


def verify_lines(findings: list[Finding], found: Standing) -> list[str]:
    """What is wrong, or how much was found to be whole."""
    if findings:
        count = wording.times(len(findings), "finding")
        return [*_told(findings), f"{count}: facts or ledger are not what was written."]
    return [
        f"Facts and ledger are whole: {wording.times(found.rows, 'row')} under {wording.times(found.seals, 'seal')}, "
        f"{wording.times(found.closes, 'close')}; newest hash {found.head}"
    ]


def verify_said(findings: list[Finding], found: Standing) -> dict:
    """The same for machines."""
    rows = [{"table": one.table, "rows": one.rows, "what": one.what} for one in findings]
    return {"whole": not findings, "findings": rows, "rows": found.rows, "closes": found.closes, "head": found.head}


def moment(instant: dt.datetime) -> str:
    """An instant in UTC: ``9 Oct 2026 10:04:05 UTC``."""
    return f"{wording.date(instant.date())} {instant:%H:%M:%S} UTC"


def _saved(one: Saved) -> list[str]:
    if not one.written:
        return [f"{_which(one.close)} still holds, nothing to amend{_with_late(one)}."]
    lines = [
        f"{_which(one.close)}: {_billed(one)}, {wording.money(_allowed(one))} allowed, "
        f"as known at {moment(one.close.as_of)}."
    ]
    lines += ["  The month was not over yet; what comes in later needs an amendment."] if one.early else []
    lines += _amendment(one) if one.close.sequence else []
    return [*lines, f"  Hash of this close: {one.close.digest}"]


def _amendment(one: Saved) -> list[str]:
    said = [f"{count:,} {action}" for action, count in _actions(one).items()]
    lines = [f"  Claim lines: {wording.listed(said)}."]
    lines += [f"  {_line(row)}" for row in one.lines.to_dict("records") if row["action"] in ("void", "replace", "add")]
    lines += [f"  {_late(row)}" for row in one.late.to_dict("records")]
    return lines[: TOLD + 1] + [f"  Also: {REASONS[name]}." for name in one.because]


def _line(row: dict) -> str:
    instead = f" for {row['replaces']}" if row["replaces"] else ""
    return f"{row['action']} {row['reference']}{instead}: {row['patient_id']} {row['hcpcs_code']} ×{row['units']}"


def _late(row: dict) -> str:
    learned = f"learned {moment(row['known_at'])} from {row['known_by']}"
    return f"late: {row['table_name']} row {row['fact_id']:.0f}, {learned}"


def _with_late(one: Saved) -> str:
    return f"; {wording.times(len(one.late), 'late fact')} changed nothing" if len(one.late) else ""


def _replayed(one: Replay) -> list[str]:
    late = f"; {wording.times(len(one.late), 'late fact')} since then" if len(one.late) else ""
    if one.identical:
        since = [REASONS[name] for name in one.changed]
        return [f"{_which(one.close)}: identical{late}{'; with no effect, ' + wording.listed(since) if since else ''}."]
    why = [REASONS[name] for name in one.changed] or [NO_REASON]
    count = wording.times(len(one.differences), "difference")
    head = f"{_which(one.close)}: {count}{late}. Why: {wording.listed(why)}."
    return [head, *(f"  {line}" for line in _told(one.differences))]


def _told(rows: list) -> list[str]:
    more = [f"... and {len(rows) - TOLD:,} more"] if len(rows) > TOLD else []
    return [str(row) for row in rows[:TOLD]] + more


def _which(close: Close) -> str:
    return f"{close.service_month} of {close.practice_id}, {close.name} (number {close.close_id})"


def _counts(close: Close) -> str:
    return f"{wording.times(close.line_count, 'line row')}, {wording.times(close.hold_count, 'hold')}"


def _billed(one: Saved) -> str:
    count = int((one.lines.action != "void").sum())
    return f"{wording.times(count, 'claim line')}, {wording.times(one.close.hold_count, 'hold')}"


def _actions(one: Saved) -> dict[str, int]:
    return {str(action): int(count) for action, count in one.lines.groupby("action", sort=True).size().items()}


def _allowed(one: Saved) -> int:
    return int(one.lines.allowed_cents[one.lines.action != "void"].sum())


def _difference(row: Difference) -> dict:
    return {"table": row.table, "key": list(row.key), "columns": row.columns}


def _fact(row: dict) -> dict:
    return {"table": row["table_name"], "fact_id": int(row["fact_id"]), "patient_id": row["patient_id"],
            "known_at": row["known_at"].isoformat(), "known_by": row["known_by"]}  # fmt: skip

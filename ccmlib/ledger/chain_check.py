"""The chain of seals and the chain of closes: each link's own hash, and that it hangs on the one before."""

from __future__ import annotations

from collections.abc import Iterable

from .close_record import Close
from .finding import Finding, findings_of, rows_from
from .seal import NOTHING_BEFORE, Seal
from .tables import COUNTED_IN

CHANGED = "not what was written: its values give another hash."
BROKEN = "does not follow the one before it."
UNKNOWN = "a seal over a table that does not exist."
LOST = "not the one of the earlier export."
COUNT = "not as many rows as the close wrote."
HEAD = "not closed on the seal that stood before it."


def check_seals(seals: list[Seal], tables: Iterable[str]) -> list[Finding]:
    """What is wrong with the seals, given in the order of their ids."""
    found, before = [], (0, NOTHING_BEFORE)
    for seal in seals:
        found += _gone("seals", before[0], seal.seal_id)
        wrong = [(seal.true_hash != seal.seal_hash, CHANGED), (seal.previous_hash != before[1], BROKEN)]
        wrong += [(seal.table_name not in tables, UNKNOWN)]
        found += [Finding("seals", f"row {seal.seal_id}", what) for is_so, what in wrong if is_so]
        before = (seal.seal_id, seal.seal_hash)
    return found


def check_closes(closes: list[Close], seals: list[Seal]) -> list[Finding]:
    """What is wrong with the chain of closes, given in the order of their ids."""
    found, before, sequences = [], (0, NOTHING_BEFORE), {}
    heads = {seal.first_id: seal.previous_hash for seal in seals if seal.table_name == "closes"}
    for close in closes:
        found += _gone("closes", before[0], close.close_id)
        expected = sequences.get(close.of, -1) + 1
        follows = close.previous_hash == before[1] and close.sequence == expected
        wrong = [(not follows, BROKEN), (heads.get(close.close_id) != close.facts_seal, HEAD)]
        found += [Finding("closes", f"row {close.close_id}", what) for is_so, what in wrong if is_so]
        before, sequences[close.of] = (close.close_id, close.digest), close.sequence
    return found


def check_earlier(seals: list[Seal], hashes: list[str]) -> list[Finding]:
    """What the store has not any more of the seals it had earlier, whose `hashes` are given in their order."""
    now = {seal.seal_id: seal.seal_hash for seal in seals}
    lost = [seal_id for seal_id, earlier in enumerate(hashes, 1) if now.get(seal_id) != earlier]
    return findings_of("seals", lost, LOST)


def check_counts(closes: list[Close], counts: dict[str, dict[int, int]]) -> list[Finding]:
    """Closes that wrote another number of rows than there are; `counts` gives these for each table and close_id."""
    wrong = [
        (close.close_id, name)
        for close in closes
        for name, column in COUNTED_IN.items()
        if counts[name].get(close.close_id, 0) != getattr(close, column)
    ]
    return [Finding("closes", f"row {close_id}", f"{name}: {COUNT}") for close_id, name in wrong]


def _gone(table: str, before: int, after: int) -> list[Finding]:
    return [Finding(table, rows_from(before + 1, after - 1), "gone.")] if after > before + 1 else []

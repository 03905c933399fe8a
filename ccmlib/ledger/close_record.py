"""One close of one practice's month, as the ledger records it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

#: Of a close's values, the digests of what it decided.
DECISION_DIGESTS = {"claim_lines": "lines_digest", "holds": "holds_digest", "seconds": "seconds_digest"}


@dataclass(frozen=True)
class Close:
    """What was decided when, by whom, from what. Instants are UTC, digests 64 hexadecimal digits.

    `sequence`: 0 for the first close of a month, then its amendments. `as_of`: the last second whose
    facts it saw. `policies`: their values in force, as JSON. `facts_seal`: the hash of the last seal
    before it, which stands for every row the store had. `previous_hash`: the digest of the close before, of
    whichever practice and month. `digest`: the close's own hash, over all its other values.
    """

    close_id: int
    practice_id: str
    service_month: str
    sequence: int
    as_of: dt.datetime
    closed_at: dt.datetime
    closed_by: str
    code_version: str
    code_digest: str
    facts_digest: str
    rules_digest: str
    policies: str
    policies_digest: str
    lines_digest: str
    holds_digest: str
    seconds_digest: str
    line_count: int
    hold_count: int
    second_count: int
    late_count: int
    facts_seal: str
    previous_hash: str
    digest: str = ""

    @property
    def of(self) -> tuple[str, str]:
        """The practice and the month."""
        return self.practice_id, self.service_month

    @property
    def name(self) -> str:
        """``close`` or ``amendment 1``, ``amendment 2`` ..."""
        return f"amendment {self.sequence}" if self.sequence else "close"

    @property
    def policy_values(self) -> dict:
        """The policies' values by name."""
        return json.loads(self.policies)

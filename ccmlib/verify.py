"""Whether facts and ledger still are what was written, row by row; and the file that lets others check it elsewhere."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from .decision import decision_digests, with_digests
from .ledger.chain_check import check_closes, check_counts, check_earlier, check_seals
from .ledger.close_record import DECISION_DIGESTS, Close
from .ledger.finding import Finding
from .ledger.seal import NOTHING_BEFORE
from .ledger.tables import LEDGER
from .ledger.verify_export import read_export
from .problem import Problem
from .store import Connection, Engine, ledger, migrate
from .store.check import check_tables
from .store.export import export_lines
from .store.insert import seals
from .store.schema import SEALED

WRONG = "not the rows whose digest the close recorded."


def verify(store: Engine, earlier: Path | None = None) -> list[Finding]:
    """Everything in facts and ledger that is not as it was written; nothing when all is.

    With `earlier`, a file that ``export`` wrote before, also what of it the store lost since: only that shows
    that the newest rows were taken away together with their seals.
    """
    migrate.require_current(store)
    with store.connect() as connection:
        return found_in(connection, _hashes(earlier) if earlier else [])


def found_in(connection: Connection, earlier: list[str] = ()) -> list[Finding]:
    """The findings of ``verify``; `earlier` are the hashes of the seals of an export, in their order."""
    chain = seals(connection)
    found = check_seals(chain, SEALED) + check_earlier(chain, earlier) + check_tables(connection, chain)
    if any(finding.table in ("seals", *LEDGER) for finding in found):
        return found  # what follows would only say again that rows are not as they were
    closes = ledger.closes(connection)
    found += check_closes(closes, chain) + check_counts(closes, ledger.counts(connection))
    return found + [wrong for close in closes for wrong in _decision(connection, close)]


def _decision(connection: Connection, close: Close) -> list[Finding]:
    digests = decision_digests(with_digests(ledger.decided(connection, close)))
    wrong = [name for name in DECISION_DIGESTS.values() if digests[name] != getattr(close, name)]
    return [Finding("closes", f"row {close.close_id}", f"{name}: {WRONG}") for name in wrong]


@dataclass(frozen=True)
class Standing:
    """How much is under seal. `head`: the hash of the newest seal; whoever keeps it can check everything up to it."""

    rows: int
    closes: int
    seals: int
    head: str


def standing(store: Engine) -> Standing:
    """What ``verify`` looks at, in numbers."""
    migrate.require_current(store)
    with store.connect() as connection:
        chain = seals(connection)
        rows = sum(seal.last_id - seal.first_id + 1 for seal in chain)
        head = chain[-1].seal_hash if chain else NOTHING_BEFORE
        return Standing(rows, len(ledger.closes(connection)), len(chain), head)


def export(store: Engine, path: Path) -> Path:
    """Write what ``verify_export.py`` needs to check the chain elsewhere: ids, digests and closes, no fact in clear.

    The file is JSON, a line an object. It is there whole or not at all.
    """
    migrate.require_current(store)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with store.connect() as connection, part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(line) + "\n" for line in export_lines(connection))
    os.replace(part, path)
    return path


def _hashes(path: Path) -> list[str]:
    try:
        return [line["seal"]["seal_hash"] for line in read_export(path) if "seal" in line]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem(f"{path} cannot be read as a file that `ccm verify --export` wrote: {error}.") from error

"""What a stand-alone check of the chain needs: each seal with the ids and digests of its rows, and each close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import sqlalchemy as sa

from ..ledger.seal import Seal, row_line
from ..ledger.tables import LEDGER
from .insert import seals
from .schema import FACTS, KEPT, SEALED, row_id

FORMAT = 1


def export_lines(connection: sa.Connection) -> Iterator[dict]:
    """The objects of an export, in order: what it is, the seals, the closes, how many there are."""
    chain, closes = seals(connection), list(_closes(connection))
    yield {"ledger": FORMAT, "check_with": "python verify_export.py FILE"}
    for seal in chain:
        yield {"seal": _shown(seal), "rows": _lines(connection, seal)}
    yield from ({"close": close} for close in closes)
    yield {"end": {"seals": len(chain), "closes": len(closes)}}


def _shown(seal: Seal) -> dict:
    return {name: value for name, value in asdict(seal).items() if name != "marks"}


def _lines(connection: sa.Connection, seal: Seal) -> list[str]:
    made, number = SEALED[seal.table_name], row_id(seal.table_name)
    supersedes = made.c.supersedes if seal.table_name in FACTS else sa.null()
    query = sa.select(number, supersedes, made.c.digest).where(number.between(seal.first_id, seal.last_id))
    return [row_line(*row).decode() for row in connection.execute(query.order_by(number))]


def _closes(connection: sa.Connection) -> Iterator[dict]:
    made = KEPT["closes"].c
    columns = [made[name] for name in (*LEDGER["closes"].names, "digest")]
    for row in connection.execute(sa.select(*columns).order_by(made.close_id)).mappings():
        yield dict(row)

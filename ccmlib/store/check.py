"""Every sealed table of a store against the seals over it; what cannot even be read is a finding too."""

from __future__ import annotations

import sqlalchemy as sa

from ..ledger.finding import Finding
from ..ledger.row_check import check_rows
from ..ledger.seal import Seal
from .engine import first_line
from .schema import SEALED
from .stored import stored_rows


def check_tables(connection: sa.Connection, seals: list[Seal]) -> list[Finding]:
    """What is wrong with the rows of facts and ledger."""
    usable = [seal for seal in seals if _usable(seal)]
    return [
        finding
        for name in SEALED
        for finding in _table(connection, name, [seal for seal in usable if seal.table_name == name])
    ]


def _table(connection: sa.Connection, name: str, seals: list[Seal]) -> list[Finding]:
    unreadable = (sa.exc.DBAPIError, connection.dialect.loaded_dbapi.Error)
    try:
        parts = stored_rows(connection, name, seals)
        return [finding for group, rows in parts for finding in check_rows(name, group, rows)]
    except unreadable as error:
        return [Finding(name, "rows", f"cannot be read: {first_line(error)}.")]


def _usable(seal: Seal) -> bool:
    """Whether a seal, perhaps tampered with, still names rows at all."""
    numbers = isinstance(seal.first_id, int) and isinstance(seal.last_id, int)
    return numbers and isinstance(seal.marks, str) and seal.first_id <= seal.last_id

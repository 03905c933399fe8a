"""The fact tables, made from ``ccmlib.facts.TABLES``: what the database holds is said once, there.

Every table has the contract's columns and five of its own: ``fact_id``; ``known_at``, the UTC second at
which the store learned the row; ``known_by``, who brought it; ``supersedes``, the ``fact_id`` of the
version this row corrects; ``digest``, the SHA-256 of its contract values (see ``digest.py``).
``known_at`` is not called ``recorded_at`` because time entries and consents have a ``recorded_at`` or
``recorded_by`` in the contract: when the practice wrote the fact down, which is another thing.

Foreign keys between facts are not declared: an id names all versions of a fact, so it is not unique.
The importer checks references. At most one version of a fact is in force, which two unique indexes
keep: one first version a key, and one correction a version.

The ledger's tables are made from ``ccmlib.ledger.tables.LEDGER`` in the same way; they have an id and a `digest` of
their own. ``seals`` has a row for each batch of rows written to any of these tables, see ``ccmlib.ledger.seal``.
"""

from __future__ import annotations

import sqlalchemy as sa

from ..facts import TABLES, Column, Table
from ..ledger.tables import LEDGER

#: Unnamed constraints are named by PostgreSQL and not by SQLite; these names make the two the same.
NAMES = {"pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s", "ix": "ix_%(column_0_label)s"}
METADATA = sa.MetaData(naming_convention=NAMES)

#: SQLite numbers rows by itself only in a column of the type INTEGER.
FACT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TYPES = {
    "instant": sa.BigInteger(), "date": sa.Date(), "boolean": sa.Boolean(), "number": sa.Float(),
    "integer": sa.Integer(),
}  # fmt: skip
SEARCHED = ("patient_id", "practice_id", "started_at", "read_at")


def _column(column: Column) -> sa.Column:
    nullable = not column.required and column.kind != "boolean"
    return sa.Column(column.name, TYPES.get(column.kind, sa.Text()), nullable=nullable)


def _own_columns(name: str) -> list[sa.Column]:
    return [
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("known_by", sa.Text(), nullable=False),
        sa.Column("supersedes", FACT_ID, sa.ForeignKey(f"{name}.fact_id")),
        sa.Column("digest", sa.String(64), nullable=False),
    ]


def _unique(name: str, only: sa.ColumnElement, *columns: sa.Column) -> sa.Index:
    # An absent part of a key equals another absent one; SQLite cannot say so, but lets in one writer at a time.
    return sa.Index(name, *columns, unique=True, sqlite_where=only, postgresql_where=only,
                    postgresql_nulls_not_distinct=True)  # fmt: skip


def _indexes(table: Table, made: sa.Table) -> None:
    key = [made.c[name] for name in table.key]
    _unique(f"one_first_{table.name}", made.c.supersedes.is_(None), *key)
    _unique(f"one_correction_{table.name}", made.c.supersedes.is_not(None), made.c.supersedes)
    for name in table.names:
        if name in SEARCHED and name != table.key[0]:
            sa.Index(f"ix_{table.name}_{name}", made.c[name])
    if len(table.key) == 1:
        sa.Index(f"ix_{table.name}_{table.key[0]}", *key)


def _fact_table(table: Table) -> sa.Table:
    fact_id = sa.Column("fact_id", FACT_ID, primary_key=True)
    columns = [_column(column) for column in table.columns]
    made = sa.Table(table.name, METADATA, fact_id, *columns, *_own_columns(table.name))
    _indexes(table, made)
    return made


#: The SQLAlchemy table of each fact table, by name.
FACTS: dict[str, sa.Table] = {name: _fact_table(table) for name, table in TABLES.items()}


def _ledger_table(table: Table) -> sa.Table:
    own = [] if table.name == "closes" else [sa.Column("row_id", FACT_ID, primary_key=True)]
    columns = [_ledger_column(table, column) for column in table.columns]
    made = sa.Table(table.name, METADATA, *own, *columns, sa.Column("digest", sa.String(64), nullable=False))
    if own:
        sa.Index(f"ix_{table.name}_close_id", made.c.close_id)
    return made


def _ledger_column(table: Table, column: Column) -> sa.Column:
    if column.name != "close_id":
        return _column(column)
    if table.name == "closes":
        return sa.Column("close_id", FACT_ID, primary_key=True, autoincrement=False)
    return sa.Column("close_id", FACT_ID, sa.ForeignKey("closes.close_id"), nullable=False)


#: The SQLAlchemy table of each table of the ledger, by name.
KEPT: dict[str, sa.Table] = {name: _ledger_table(table) for name, table in LEDGER.items()}

# Two closes at once cannot both be the next one of a month.
sa.Index(
    "one_close_a_sequence",
    *(KEPT["closes"].c[name] for name in ("practice_id", "service_month", "sequence")),
    unique=True,
)

SEALS = sa.Table(
    "seals", METADATA,
    sa.Column("seal_id", FACT_ID, primary_key=True, autoincrement=False),
    sa.Column("table_name", sa.Text(), nullable=False),
    sa.Column("first_id", sa.BigInteger(), nullable=False),
    sa.Column("last_id", sa.BigInteger(), nullable=False),
    sa.Column("known_at", sa.BigInteger(), nullable=False),
    sa.Column("known_by", sa.Text(), nullable=False),
    sa.Column("rows_hash", sa.String(64), nullable=False),
    sa.Column("previous_hash", sa.String(64), nullable=False),
    sa.Column("seal_hash", sa.String(64), nullable=False),
    sa.Column("marks", sa.Text(), nullable=False),
)  # fmt: skip

#: Every table whose rows are sealed, and the column that numbers them.
SEALED: dict[str, sa.Table] = FACTS | KEPT


def row_id(name: str) -> sa.Column:
    """The column that numbers the rows of a sealed table."""
    return next(iter(SEALED[name].primary_key.columns))

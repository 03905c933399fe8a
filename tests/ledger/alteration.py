"""Altering rows behind the program's back, as somebody with the database's password could."""

from __future__ import annotations

import sqlalchemy as sa

from ccmlib.store.schema import SEALED, SEALS, row_id


def alter(connection: sa.Connection, table: str, statement: str, **values) -> None:
    """Run `statement` on `table` with its triggers and foreign keys out of the way."""
    off(connection, table)
    connection.execute(sa.text(statement), values)


def off(connection: sa.Connection, table: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        return
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for verb in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


def tables(connection: sa.Connection) -> dict[str, list[int]]:
    """The ids of the rows of every sealed table that has some, and of the seals."""
    found = {name: list(connection.scalars(sa.select(row_id(name)).order_by(row_id(name)))) for name in SEALED}
    found["seals"] = list(connection.scalars(sa.select(SEALS.c.seal_id).order_by(SEALS.c.seal_id)))
    return {name: ids for name, ids in found.items() if ids}


def columns(table: str) -> list[sa.Column]:
    """The columns of a table but the one that numbers its rows."""
    made = SEALED.get(table, SEALS)
    return [column for column in made.columns if not column.primary_key]


def number(table: str) -> str:
    """The name of the column that numbers the rows of a table."""
    return "seal_id" if table == "seals" else row_id(table).name

"""Every version of a fact, in force or not, with who brought it and when."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from ..facts import TABLES, Column
from .columns import fetched, frame_of
from .schema import FACTS

OWN = (Column("fact_id", "integer", True), Column("known_at", "instant", True), Column("known_by", "text", True))


def versions(connection: sa.Connection, name: str, *where: sa.ColumnElement) -> pd.DataFrame:
    """The versions of one table's facts that meet all of `where`, oldest first: its columns, `known_at`, `known_by`."""
    table, fact = TABLES[name], FACTS[name].c
    columns = [*table.columns, *OWN]
    query = sa.select(*(fact[column.name] for column in columns)).where(*where).order_by(fact.fact_id)
    rows = fetched(connection.execute(query).cursor, columns)
    known_at = rows["known_at"].cast(pa.timestamp("s", "UTC")).to_pandas()
    return frame_of(rows.select(table.names), table).assign(known_at=known_at, known_by=rows["known_by"].to_pandas())

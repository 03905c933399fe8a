"""Appending facts: a new fact is a row, a correction is a row that supersedes one, what is known writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from ..facts import TABLES, Column, Table, typed
from ..problem import Problem
from .columns import arrow_of, by_key, fetched, frame_of
from .digest import row_digests
from .engine import first_line
from .insert import insert
from .read import in_force
from .refusals import refuse_unfit
from .schema import FACTS, KEPT

#: Up to this many rows, their versions are looked up one by one; beyond, the whole table is read once.
FEW = 500
#: Clocks may differ by this many seconds, and a close and an import may fall on the same one.
SAME_MINUTE = 60
OWN = (Column("fact_id", "integer", True), Column("digest", "text", True))


@dataclass(frozen=True)
class Counts:
    """How many rows were new facts, corrections of known facts, and known already."""

    new: int = 0
    changed: int = 0
    same: int = 0


def append(connection: sa.Connection, table_name: str, frame: pd.DataFrame, known_at: int, known_by: str) -> Counts:
    """Append the facts of `frame`, learned at the UTC second `known_at` from `known_by`.

    Rows are compared with the versions in force by the table's key: an equal row writes nothing, a
    differing one is appended as its correction. Raises Problem when a required value is absent, two rows have
    one key, the store already learned something later, or another writer wrote the same fact meanwhile.
    What is brought in the second of a close, after it, counts as learned in the next one: the close did not see it.
    """
    table = TABLES[table_name]
    frame = typed(frame, table).reset_index(drop=True)
    refuse_unfit(frame, table)
    known_at = after_the_newest(connection, table_name, after_every_close(connection, known_at))
    compared = _compared(connection, frame, table)
    written = compared[compared["digest"] != compared["in_store"]]
    _write(connection, frame.loc[written.index], table, written, known_at, known_by)
    changed = int(written["fact_id"].notna().sum())
    return Counts(len(written) - changed, changed, len(frame) - len(written))


def _compared(connection: sa.Connection, frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """For each row its `digest`, and the `fact_id` and digest (`in_store`) of the version in force, if any."""
    stored = _versions(connection, frame, table)
    if stored.empty:
        matched = pd.DataFrame({"fact_id": pd.array([pd.NA] * len(frame), "Int64"), "in_store": ""}, index=frame.index)
    else:
        matched = frame[list(table.key)].merge(stored, how="left", on=list(table.key))[["fact_id", "in_store"]]
    return matched.assign(digest=row_digests(frame, table), in_store=matched["in_store"].fillna(""))


def _versions(connection: sa.Connection, frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The versions in force that rows of `frame` may match: the key columns, `fact_id` and `in_store`."""
    fact, first = FACTS[table.name], table.key[0]
    query = sa.select(*(fact.c[name] for name in (*table.key, "fact_id", "digest"))).where(in_force(table.name))
    if len(frame) <= FEW:
        query = query.where(fact.c[first].in_(frame[first].astype("str").unique().tolist()))
    columns = [*(table.column(name) for name in table.key), *OWN]
    rows = fetched(connection.execute(query).cursor, columns)
    keys = frame_of(rows.select(list(table.key)), _keys_only(table))
    return keys.assign(fact_id=rows["fact_id"].to_pandas().astype("Int64"), in_store=rows["digest"].to_pandas())


def _keys_only(table: Table) -> Table:
    return Table(table.name, table.key, tuple(table.column(name) for name in table.key))


def _write(
    connection: sa.Connection, frame: pd.DataFrame, table: Table, written: pd.DataFrame, known_at: int, known_by: str
) -> None:
    rows = arrow_of(frame, table)
    own = {
        "known_at": pa.array(np.full(len(rows), known_at, "int64")),
        "known_by": pa.repeat(known_by, len(rows)),
        "supersedes": pa.array(written["fact_id"], pa.int64(), from_pandas=True),
        "digest": pa.array(written["digest"], pa.string(), from_pandas=True),
    }
    for name, values in own.items():
        rows = rows.append_column(name, values)
    with _alone(connection, table):
        # In key order, indexes grow at their end: twice as fast.
        insert(connection, table.name, by_key(rows, table), known_at, known_by)


@contextmanager
def _alone(connection: sa.Connection, table: Table) -> Iterator[None]:
    try:
        yield
    except (sa.exc.IntegrityError, connection.dialect.loaded_dbapi.IntegrityError) as error:
        raise Problem(
            f"Another writer wrote the same {table.name} meanwhile; nothing was written, try again."
        ) from error
    except (sa.exc.OperationalError, connection.dialect.loaded_dbapi.OperationalError) as error:
        raise Problem(f"{table.name} could not be written: {first_line(error)}. Nothing was written.") from error


def after_every_close(connection: sa.Connection, known_at: int) -> int:
    """The second at which a fact brought at `known_at` counts as learned: after the last one that a close saw.

    Raises Problem when that close lies more than a minute ahead, so that a clock must be wrong.
    """
    seen = connection.scalar(sa.select(sa.func.max(KEPT["closes"].c.as_of)))
    if seen is None or known_at > seen:
        return known_at
    if seen - known_at > SAME_MINUTE:
        raise Problem(
            f"Facts cannot be learned at UTC second {known_at}: a month was closed as known at {seen}. "
            "Check this computer's clock."
        )
    return seen + 1


def after_the_newest(connection: sa.Connection, name: str, known_at: int) -> int:
    """The second at which a fact counts as learned: never before the newest one of its table.

    What was known at an instant must not change later. A writer who waited for another one read the clock before
    it, and counts with it; Problem when the newest fact lies more than a minute ahead, so that a clock must be wrong.
    """
    fact = FACTS[name]
    newest = connection.scalar(sa.select(fact.c.known_at).order_by(fact.c.fact_id.desc()).limit(1))
    if newest is None or known_at >= newest:
        return known_at
    if newest - known_at > SAME_MINUTE:
        raise Problem(
            f"Facts of {name} cannot be learned at UTC second {known_at}: the store learned some at {newest}. "
            "Check this computer's clock."
        )
    return newest

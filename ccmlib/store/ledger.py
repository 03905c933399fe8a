"""The ledger in the store: closes are appended with all they decided, and read back as decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, replace

import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from ..facts import Table
from ..ledger.close_record import Close
from ..ledger.seal import NOTHING_BEFORE
from ..ledger.tables import COUNTED_IN, DECIDED, KEPT_IN, LEDGER, plain
from ..month import Month
from ..problem import Problem
from .columns import arrow_of, fetched, frame_of
from .digest import row_digests
from .engine import first_line
from .insert import insert, last_seal
from .read import EPOCH
from .schema import FACTS, KEPT, row_id

CLOSES = LEDGER["closes"]


def closes(connection: sa.Connection, month: Month | None = None, practice_id: str = "") -> list[Close]:
    """The closes of one month or of all, of one practice or of all, in the order in which they were made."""
    made = KEPT["closes"].c
    where = [made.service_month == str(month)] if month else []
    where += [made.practice_id == practice_id] if practice_id else []
    query = sa.select(*(made[name] for name in CLOSES.names), made.digest).where(*where).order_by(made.close_id)
    return [_close(row) for row in connection.execute(query).mappings()]


def last_close(connection: sa.Connection, month: Month, practice_id: str) -> Close | None:
    """The newest close of a practice's month: the one that holds."""
    return next(reversed(closes(connection, month, practice_id)), None)


def next_place(connection: sa.Connection) -> tuple[int, str, str]:
    """Where a close is written: its id, the digest of the close before it, and the hash of the newest seal."""
    made = KEPT["closes"].c
    before = connection.execute(sa.select(made.close_id, made.digest).order_by(made.close_id.desc()).limit(1)).first()
    close_id, digest = before or (0, NOTHING_BEFORE)
    _, seal = last_seal(connection) or (0, NOTHING_BEFORE)
    return close_id + 1, digest, seal


def newest_second(connection: sa.Connection) -> int:
    """The last UTC second at which the store learned a fact or that a close saw; 0 when there is none."""
    seen = [sa.select(sa.func.max(fact.c.known_at)) for fact in FACTS.values()]
    seen.append(sa.select(sa.func.max(KEPT["closes"].c.as_of)))
    return max(connection.scalar(query) or 0 for query in seen)


def save(connection: sa.Connection, close: Close, frames: dict[str, pd.DataFrame]) -> Close:
    """Append `close` and the frames of its other ledger tables, by name; the close with its digest.

    Raises Problem when somebody else closed the same month meanwhile; nothing is written then.
    """
    row = pd.DataFrame([asdict(close)])
    made = replace(close, digest=row_digests(row, CLOSES).iloc[0])
    try:
        for name, frame in {"closes": row, **frames}.items():
            _append(connection, LEDGER[name], frame.assign(close_id=close.close_id), close)
    except (sa.exc.IntegrityError, connection.dialect.loaded_dbapi.IntegrityError) as error:
        raise Problem(
            f"{close.service_month} of {close.practice_id} was closed by somebody else meanwhile: {first_line(error)}. "
            "Nothing was written; look at that close, then close again if it must be amended."
        ) from error
    return made


def decided(connection: sa.Connection, close: Close) -> dict[str, pd.DataFrame]:
    """What `close` decided: claim_lines, holds and seconds as the close wrote them, absent texts empty."""
    rows = {name: closed_rows(connection, kept, close) for name, kept in KEPT_IN.items()}
    rows["claim_lines"] = rows["claim_lines"][rows["claim_lines"]["action"] != "void"]
    return {name: plain(frame, DECIDED[name]).reset_index(drop=True) for name, frame in rows.items()}


def state(connection: sa.Connection, close: Close) -> pd.DataFrame:
    """The claim lines that hold after `close`, each with its control `reference`."""
    every = lines(connection, close)
    return every[every["action"] != "void"].reset_index(drop=True)


def lines(connection: sa.Connection, close: Close) -> pd.DataFrame:
    """All claim lines that `close` wrote: those that hold, in their order, then those it took back."""
    return plain(closed_rows(connection, "closed_lines", close), LEDGER["closed_lines"])


def late_rows(connection: sa.Connection, close: Close) -> pd.DataFrame:
    """The late facts that caused the amendment `close`."""
    return closed_rows(connection, "late_facts", close)


def closed_rows(connection: sa.Connection, name: str, close: Close) -> pd.DataFrame:
    """The rows of one ledger table that `close` wrote, in its order."""
    table, made = LEDGER[name], KEPT[name]
    query = sa.select(*(made.c[column] for column in table.names)).where(made.c.close_id == close.close_id)
    return frame_of(fetched(connection.execute(query.order_by(row_id(name))).cursor, list(table.columns)), table)


def counts(connection: sa.Connection) -> dict[str, dict[int, int]]:
    """How many rows each close has in each of the other ledger tables: by table, then by close_id."""
    return {name: _counts(connection, KEPT[name].c.close_id) for name in COUNTED_IN}


def _counts(connection: sa.Connection, close_id: sa.Column) -> dict[int, int]:
    rows = connection.execute(sa.select(close_id, sa.func.count()).group_by(close_id))
    return {row[0]: row[1] for row in rows}


def utc(second: int) -> dt.datetime:
    """The instant of a UTC second."""
    return EPOCH + dt.timedelta(seconds=second)


def _append(connection: sa.Connection, table: Table, frame: pd.DataFrame, close: Close) -> None:
    rows = arrow_of(frame, table)
    rows = rows.append_column("digest", pa.array(row_digests(frame, table), pa.string()))
    insert(connection, table.name, rows, int(close.closed_at.timestamp()), close.closed_by)


def _close(row: sa.RowMapping) -> Close:
    return Close(**{**row, "as_of": utc(row["as_of"]), "closed_at": utc(row["closed_at"])})

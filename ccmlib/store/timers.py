"""What happened to timers: started, paused, resumed, saved, discarded. Append-only; instants are UTC seconds.

These are no facts of the extract: a close never reads them. They are kept so that a timer survives a page that is
reloaded and a kernel that ends, and so that a discarded one can be asked about.
"""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from .schema import FACT_ID, METADATA

TIMERS = sa.Table(
    "timers",
    METADATA,
    sa.Column("event_id", FACT_ID, primary_key=True),
    sa.Column("timer_id", sa.Text(), nullable=False, index=True),
    sa.Column("user_name", sa.Text(), nullable=False, index=True),
    sa.Column("patient_id", sa.Text(), nullable=False),
    sa.Column("event", sa.Text(), nullable=False),
    sa.Column("at", sa.BigInteger(), nullable=False),
    sa.Column("reason", sa.Text()),
)
COLUMNS = ["timer_id", "user_name", "patient_id", "event", "at", "reason"]
#: After one of these a timer is over.
OVER = ("saved", "discarded")


def append_event(
    connection: sa.Connection, timer_id: str, user: str, patient_id: str, event: str, at: int, reason: str = ""
) -> None:
    """Append one event."""
    values = (timer_id, user, patient_id, event, at, reason or None)
    connection.execute(sa.insert(TIMERS).values(dict(zip(COLUMNS, values, strict=True))))


def open_events(connection: sa.Connection, user: str) -> pd.DataFrame:
    """Every event of the user's timers that are not over, in the order in which they were written."""
    later = TIMERS.alias("later")
    over = sa.exists().where(later.c.timer_id == TIMERS.c.timer_id, later.c.event.in_(OVER))
    query = sa.select(*(TIMERS.c[name] for name in COLUMNS)).where(TIMERS.c.user_name == user, ~over)
    rows = connection.execute(query.order_by(TIMERS.c.event_id)).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=COLUMNS)


def timer_known(connection: sa.Connection, timer_id: str) -> bool:
    """Whether a timer of that id was ever started."""
    return connection.scalar(sa.select(TIMERS.c.event_id).where(TIMERS.c.timer_id == timer_id).limit(1)) is not None

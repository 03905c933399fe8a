"""The store at a glance: over which time work is logged, and a mark that changes with everything that is written."""

from __future__ import annotations

import sqlalchemy as sa

from .insert import last_seal
from .schema import FACTS


def logged_span(connection: sa.Connection) -> tuple[int, int] | None:
    """First and last UTC second at which a time entry began; None when none is logged."""
    began = FACTS["time_entries"].c.started_at
    first, last = connection.execute(sa.select(sa.func.min(began), sa.func.max(began))).one()
    return None if first is None else (int(first), int(last))


def newest_mark(connection: sa.Connection) -> str:
    """The hash of the newest seal: as long as it is the same, nothing was written. Empty in an empty store."""
    return (last_seal(connection) or (0, ""))[1]

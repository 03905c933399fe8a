"""The trail: who signed in, failed to, opened or was refused what; append-only."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from .tables import TRAIL


@dataclass(frozen=True)
class Event:
    """One line of the trail; `at` is a UTC second."""

    at: int
    user_name: str
    event: str
    subject: str | None


def note(connection: sa.Connection, at: int, user_name: str, event: str, subject: str = "") -> None:
    """Append one line to the trail."""
    row = {"at": at, "user_name": user_name, "event": event, "subject": subject or None}
    connection.execute(sa.insert(TRAIL).values(row))


def read_trail(connection: sa.Connection, user_name: str = "", event: str = "") -> list[Event]:
    """The trail in its order, of one user or one kind of event when named."""
    query = sa.select(TRAIL.c.at, TRAIL.c.user_name, TRAIL.c.event, TRAIL.c.subject).order_by(TRAIL.c.trail_id)
    if user_name:
        query = query.where(TRAIL.c.user_name == user_name)
    if event:
        query = query.where(TRAIL.c.event == event)
    return [Event(*row) for row in connection.execute(query)]

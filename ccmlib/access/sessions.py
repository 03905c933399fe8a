"""Sessions on the server: a session ends for good at sign-out, after its hours, when idle, or when the user changes.

The browser holds a random token, the store its SHA-256. Every look-up joins the user's row, so a changed
password or role is seen at the next request and not at the next sign-in.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from ..store.engine import writing
from .permissions import permissions
from .tables import SESSIONS
from .trail import note
from .users import User, user_named

TOKEN_BYTES = 32


@dataclass(frozen=True)
class LiveSession:
    """A session that has not ended, and its user; instants are UTC seconds."""

    session_id: str
    user: User
    opened_at: int
    seen_at: int

    def idle_at(self, last_used: int) -> int:
        """The second at which the session ends when it is not used after `last_used`."""
        return min(last_used + permissions().policy.idle_minutes * 60, self.ends_at)

    @property
    def ends_at(self) -> int:
        """The second at which the session ends however much it is used."""
        return self.opened_at + permissions().policy.session_hours * 3600


def session_id(token: str) -> str:
    """What the store keeps of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def open_session(engine: sa.Engine, user: User, now: int) -> str:
    """Open a session for the user; returns the token for the browser, which is kept nowhere else."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = {
        "session_id": session_id(token), "user_name": user.user_name, "version": user.version, "opened_at": now,
        "seen_at": now,
    }  # fmt: skip
    with writing(engine) as connection:
        connection.execute(sa.insert(SESSIONS).values(row))
        note(connection, now, user.user_name, "signed_in")
    return token


def live_session(engine: sa.Engine, identity: str, now: int, last_used: int = 0) -> LiveSession | None:
    """The session of that id if it is alive at `now`; `last_used` is when the server saw it last, if it did."""
    found = _look_up(engine, identity, now, last_used)
    return found if isinstance(found, LiveSession) else None


def why_over(engine: sa.Engine, identity: str, now: int, last_used: int = 0) -> str:
    """Why a session is over: ``signed_out``, ``changed``, ``idle`` or ``expired``; empty when it is alive."""
    found = _look_up(engine, identity, now, last_used)
    return "" if isinstance(found, LiveSession) else found


def touch(engine: sa.Engine, identity: str, now: int) -> None:
    """Write down that the session was used at `now`."""
    used = sa.update(SESSIONS).where(SESSIONS.c.session_id == identity, SESSIONS.c.seen_at < now)
    with writing(engine) as connection:
        connection.execute(used.values(seen_at=now))


def end_session(engine: sa.Engine, identity: str, now: int, why: str) -> None:
    """End a session for good; `why` is ``signed_out``, ``idle``, ``expired`` or ``changed``."""
    with writing(engine) as connection:
        row = connection.execute(_session(identity)).first()
        if row and not row.ended_why:
            ended = sa.update(SESSIONS).where(SESSIONS.c.session_id == identity)
            connection.execute(ended.values(ended_at=now, ended_why=why))
            note(connection, now, row.user_name, "session_ended", why)


def _look_up(engine: sa.Engine, identity: str, now: int, last_used: int) -> LiveSession | str:
    with engine.connect() as connection:
        row = connection.execute(_session(identity)).first()
        user = user_named(connection, row.user_name) if row else None
    if user is None:
        return "signed_out"
    if row.ended_why or not user.active or user.version != row.version:
        return row.ended_why or "changed"
    session = LiveSession(identity, user, row.opened_at, max(row.seen_at, last_used))
    if now < session.idle_at(session.seen_at):
        return session
    return "expired" if now >= session.ends_at else "idle"


def _session(identity: str) -> sa.Select:
    columns = [SESSIONS.c[name] for name in ("user_name", "version", "opened_at", "seen_at", "ended_why")]
    return sa.select(*columns).where(SESSIONS.c.session_id == identity)

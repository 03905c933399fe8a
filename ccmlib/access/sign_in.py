"""Signing in with a name and a password, and changing the password with the old one."""

from __future__ import annotations

import sqlalchemy as sa

from ..problem import Problem
from ..store.engine import writing
from .backoff import Backoff
from .passwords import matches
from .sessions import open_session
from .trail import note
from .users import change_password, password_hash, user_named

#: The trail keeps this much of a name that nobody has.
NAME_KEPT = 64
WRONG = "The user name or the password is wrong. Check both, then try again."


def sign_in(engine: sa.Engine, backoff: Backoff, name: str, password: str, now: int) -> str:
    """Check the password and open a session; returns the token for the browser.

    Raises Problem, in the same words for an unknown name and a wrong password, or when the name has to wait.
    """
    _refuse_wrong(engine, backoff, name, password, now)
    with engine.connect() as connection:
        user = user_named(connection, name)
    return open_session(engine, user, now)


def change_own_password(
    engine: sa.Engine, backoff: Backoff, name: str, old: str, new: str, again: str, now: int
) -> str:
    """Change a user's own password; returns the token of a new session, all older ones end.

    Raises Problem when the old password is wrong, the two new ones differ, or the new one is weak or the old one.
    """
    if new != again:
        raise Problem("The two new passwords differ. Type the new one twice.")
    if new == old:
        raise Problem("The new password is the old one. Choose another one.")
    _refuse_wrong(engine, backoff, name, old, now)
    change_password(engine, name, new, now)
    with engine.connect() as connection:
        user = user_named(connection, name)
    return open_session(engine, user, now)


def _refuse_wrong(engine: sa.Engine, backoff: Backoff, name: str, password: str, now: int) -> None:
    name = name.strip().casefold()
    wait = backoff.waits(name, now)
    if wait:
        raise Problem(f"Too many failures. Wait {wait} seconds, then try again.")
    # Counted before the slow check, so that many tries at once are not one try.
    backoff.failed(name, now)
    with engine.connect() as connection:
        stored = password_hash(connection, name)
    if not matches(stored, password):
        _note_failure(engine, name, now)
        raise Problem(WRONG)
    backoff.succeeded(name)


def _note_failure(engine: sa.Engine, name: str, now: int) -> None:
    with writing(engine) as connection:
        note(connection, now, name.replace("\0", "")[:NAME_KEPT], "sign_in_failed")

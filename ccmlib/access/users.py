"""Users: added, listed, given another password or role, and barred. A change ends all their sessions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from ..problem import Problem
from ..store.engine import writing
from .passwords import generated, hashed, refuse_weak
from .permissions import permissions
from .tables import USERS
from .trail import note

#: The user works for every practice of the store.
EVERY_PRACTICE = "*"
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class User:
    """A user without the password; `version` counts the changes of password, role and practices."""

    user_name: str
    role: str
    practices: tuple[str, ...]
    active: bool
    version: int
    password_set_at: int
    temporary: bool

    @property
    def name(self) -> str:
        """The user name."""
        return self.user_name

    @property
    def role_label(self) -> str:
        """The role in words."""
        return permissions().roles[self.role]

    def must_change(self, now: int) -> bool:
        """Whether the password is temporary, or older than the policy allows at the UTC second `now`."""
        return self.temporary or now - self.password_set_at > permissions().policy.password_days * DAY_SECONDS


def add_user(
    engine: sa.Engine, name: str, role: str, password: str, practices: Iterable[str], now: int, temporary: bool = False
) -> User:
    """Add a user who works for `practices` (ids, or ``"*"`` for all); `now` is a UTC second.

    A temporary password must be changed at the first sign-in. Raises Problem when the name is taken or
    cannot be one, the role or a practice is unknown, or the password is weak.
    """
    name = refuse_unfit(name)
    _refuse_role(role)
    refuse_weak(password, name, permissions().policy.minimum_password_characters)
    row = {
        "user_name": name, "role": role, "practices": " ".join(_practices(practices)), "active": True, "version": 1,
        "password_hash": hashed(password), "password_set_at": now, "temporary": temporary, "added_at": now,
    }  # fmt: skip
    with writing(engine) as connection:
        if user_named(connection, name):
            raise Problem(f"There is a user {name!r} already; choose another name.")
        connection.execute(sa.insert(USERS).values(row))
        note(connection, now, name, "user_added", role)
        return user_named(connection, name)


def list_users(engine: sa.Engine) -> list[User]:
    """All users, by name."""
    with engine.connect() as connection:
        return [_user(row) for row in connection.execute(_query().order_by(USERS.c.user_name))]


def user_named(connection: sa.Connection, name: str) -> User | None:
    """The user of that name (case does not matter), None when there is none."""
    row = connection.execute(_query().where(USERS.c.user_name == name.strip().casefold())).first()
    return _user(row) if row else None


def change_password(engine: sa.Engine, name: str, password: str, now: int, temporary: bool = False) -> None:
    """Give the user another password; every session opened with the old one ends."""
    refuse_weak(password, name, permissions().policy.minimum_password_characters)
    changed = {"password_hash": hashed(password), "password_set_at": now, "temporary": temporary}
    _change(engine, name, now, "password_changed", changed)


def change_role(engine: sa.Engine, name: str, role: str, practices: Iterable[str], now: int) -> None:
    """Give the user another role and other practices; every session ends."""
    _refuse_role(role)
    _change(engine, name, now, "role_changed", {"role": role, "practices": " ".join(_practices(practices))})


def bar(engine: sa.Engine, name: str, now: int) -> None:
    """Let the user sign in no more; every session ends."""
    _change(engine, name, now, "user_barred", {"active": False})


def demo_users(engine: sa.Engine, now: int) -> list[tuple[str, str, str]]:
    """One user for each role, named after it: (name, role, password). A later call gives new passwords.

    The passwords are random, told here once and stored only as hashes.
    """
    made = [(f"demo.{role}", role, generated()) for role in permissions().roles]
    known = {user.user_name for user in list_users(engine)}
    for name, role, password in made:
        if name in known:
            change_password(engine, name, password, now)
        else:
            add_user(engine, name, role, password, [EVERY_PRACTICE], now)
    return made


def password_hash(connection: sa.Connection, name: str) -> str | None:
    """The stored hash of an active user, None when there is no such user."""
    query = sa.select(USERS.c.password_hash).where(USERS.c.user_name == name.strip().casefold(), USERS.c.active)
    return connection.scalar(query)


def refuse_unfit(name: str) -> str:
    """The name as it is stored, in lower case; Problem when it cannot be a user's name."""
    stored = name.strip().casefold()
    if not NAME.fullmatch(stored):
        raise Problem(f"{name!r} cannot be a user name; use 2 to 64 letters, digits, dots, hyphens or underscores.")
    return stored


def _refuse_role(role: str) -> None:
    if role not in permissions().roles:
        raise Problem(f"There is no role {role!r}; roles are {', '.join(permissions().roles)}.")


def _practices(practices: Iterable[str]) -> list[str]:
    given = [practices] if isinstance(practices, str) else list(practices)
    if not given or any(not each or " " in each for each in given):
        raise Problem('Name at least one practice the user works for by its id, or "*" for all of them.')
    return given


def _change(engine: sa.Engine, name: str, now: int, event: str, values: dict) -> None:
    with writing(engine) as connection:
        user = user_named(connection, name)
        if user is None:
            raise Problem(f"There is no user {name!r}; `ccm user list` shows them.")
        changed = sa.update(USERS).where(USERS.c.user_name == user.user_name)
        connection.execute(changed.values(values | {"version": user.version + 1}))
        note(connection, now, user.user_name, event)


def _query() -> sa.Select:
    names = ("user_name", "role", "practices", "active", "version", "password_set_at", "temporary")
    return sa.select(*(USERS.c[name] for name in names))


def _user(row: sa.Row) -> User:
    return User(**dict(row._mapping) | {"practices": tuple(row.practices.split())})

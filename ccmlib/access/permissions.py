"""The permission table of ``permissions.toml``: roles, pages, actions and the numbers of the sign-in policy."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from ..problem import Problem

TABLE = Path(__file__).with_name("permissions.toml")


@dataclass(frozen=True)
class Page:
    """A page of the dashboards folder: its name in the address, its notebook, and the roles that may open it."""

    name: str
    title: str
    says: str
    notebook: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Action:
    """Something that is written or taken out, in words, and the roles that may do it."""

    name: str
    says: str
    roles: frozenset[str]
    everywhere: bool = False


@dataclass(frozen=True)
class Policy:
    """The numbers of signing in; each is explained beside its value in ``permissions.toml``."""

    minimum_password_characters: int
    password_days: int
    free_failures: int
    first_wait_seconds: int
    longest_wait_seconds: int
    session_hours: int
    idle_minutes: int
    warn_minutes: int
    pages_per_user: int
    away_seconds: int
    unused_minutes: int


@dataclass(frozen=True)
class Permissions:
    """The table: role labels, pages and actions by name, in the order written."""

    roles: dict[str, str]
    pages: dict[str, Page]
    actions: dict[str, Action]
    policy: Policy

    def pages_of(self, role: str) -> list[Page]:
        """The pages the role may open."""
        return [page for page in self.pages.values() if role in page.roles]

    def allows(self, role: str, action: str) -> bool:
        """Whether the role may do the action; an action that is not in the table is allowed to nobody."""
        return action in self.actions and role in self.actions[action].roles

    def roles_of(self, action: str) -> list[str]:
        """The labels of the roles that may do the action."""
        return [label for role, label in self.roles.items() if self.allows(role, action)]


@cache
def permissions(path: Path = TABLE) -> Permissions:
    """The table at `path`. Raises Problem when a role is unknown, a name comes twice or a notebook is no plain name."""
    found = tomllib.loads(path.read_text("utf-8"))
    roles = {row["name"]: row["label"] for row in found["role"]}
    pages = _by_name([Page(**_row(row, roles)) for row in found.get("page", [])])
    for page in pages.values():
        _refuse_path(page)
    actions = _by_name([Action(**_row(row, roles)) for row in found.get("action", [])])
    return Permissions(roles, pages, actions, Policy(**found["policy"]))


def _row(row: dict, roles: dict[str, str]) -> dict:
    unknown = set(row["roles"]) - set(roles)
    if unknown:
        raise Problem(f"The permission table gives {row['name']} to {sorted(unknown)[0]!r}, which is no role in it.")
    return row | {"roles": frozenset(row["roles"])}


def _by_name(rows: Iterable[Page] | Iterable[Action]) -> dict:
    named = {}
    for row in rows:
        if named.setdefault(row.name, row) is not row:
            raise Problem(f"The permission table has {row.name!r} twice; give each name once.")
    return named


def _refuse_path(page: Page) -> None:
    path = PurePosixPath(page.notebook)
    if path.name != page.notebook or path.suffix != ".ipynb" or "\\" in page.notebook:
        raise Problem(f"The page {page.name} names {page.notebook!r}; write the plain name of a notebook.")

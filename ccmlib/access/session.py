"""Inside a kernel: whose it is, and whether they may do what they ask.

The server puts the identity into the environment of the kernel it hands out; nothing the browser sends
can change it. Every function that writes calls ``require`` first, because a disabled button can be clicked.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from .. import wording
from ..problem import Problem
from .permissions import permissions
from .users import EVERY_PRACTICE


class Refused(Problem):
    """The user may not do this; says who may."""


@dataclass(frozen=True)
class Session:
    """Who sits before the page: user name, role, the practices they work for, and the store's URL."""

    user: str
    role: str
    practices: tuple[str, ...]
    database: str

    def works_for(self, practice_id: str) -> bool:
        """Whether the practice is one of the user's."""
        return EVERY_PRACTICE in self.practices or practice_id in self.practices

    def may(self, action: str) -> bool:
        """Whether the role allows the action somewhere: for a view that leaves a button out."""
        return permissions().allows(self.role, action)

    def environment(self) -> dict[str, str]:
        """The session as environment variables, as ``current`` reads them."""
        return {
            "CCM_USER": self.user, "CCM_ROLE": self.role, "CCM_PRACTICES": json.dumps(self.practices),
            "CCM_DATABASE": self.database,
        }  # fmt: skip


def current(environment: Mapping[str, str] = os.environ) -> Session:
    """The session of this kernel. Raises Refused when nobody is signed in."""
    names = ("CCM_USER", "CCM_ROLE", "CCM_PRACTICES", "CCM_DATABASE")
    if any(not environment.get(name) for name in names):
        raise Refused("Nobody is signed in here. Open this page from the workbench's start page.")
    user, role, practices, database = (environment[name] for name in names)
    return Session(user, role, tuple(json.loads(practices)), database)


def require(session: Session, action: str, practice_id: str = "") -> None:
    """Raise Refused unless the session's role may do `action` for that practice; call it in every write.

    `practice_id` may be left out only for an action that the permission table marks ``everywhere``.
    """
    table = permissions()
    if action not in table.actions:
        raise Refused(f"Nobody may do {action!r}: it is not in the permission table.")
    says = table.actions[action].says
    if not table.allows(session.role, action):
        role, who = table.roles.get(session.role, "a user without a role"), wording.listed(table.roles_of(action))
        raise Refused(f"As {role} you may not {says}. Who may: {who}.")
    if not table.actions[action].everywhere and not session.works_for(practice_id):
        raise Refused(f"You may not {says} for practice {practice_id or 'nobody named'!r}: you do not work for it.")

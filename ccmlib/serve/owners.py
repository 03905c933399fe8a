"""Whose each kernel is. A kernel that is not in here is nobody's, and nobody reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass
class Owner:
    """The session and user a kernel was handed to, the page it serves, and when it was used and reached last."""

    session_id: str
    user_name: str
    page: str
    used_at: int
    #: Since when no browser is connected to it; None while one is.
    away_since: int | None
    kernel_id: str = ""


class Owners:
    """The owners of all kernels that serve a page, those still starting included."""

    def __init__(self):
        self._owners: list[Owner] = []

    def reserve(self, owner: Owner) -> Owner:
        """Count a page whose kernel is still to come."""
        self._owners.append(owner)
        return owner

    def release(self, owner: Owner) -> None:
        """Forget an owner whose kernel did not come."""
        self._owners = [each for each in self._owners if each is not owner]

    def of(self, kernel_id: str) -> Owner | None:
        """The owner of a kernel, None when it is nobody's."""
        return next((owner for owner in self._owners if kernel_id and owner.kernel_id == kernel_id), None)

    def owns(self, kernel_id: str, session_id: str) -> bool:
        """Whether the kernel was handed to that session."""
        owner = self.of(kernel_id)
        return owner is not None and owner.session_id == session_id

    def count(self, user_name: str) -> int:
        """How many pages of the user are open, over all their sessions."""
        return sum(owner.user_name == user_name for owner in self._owners)

    def of_session(self, session_id: str) -> list[Owner]:
        """What a session has open."""
        return [owner for owner in self._owners if owner.session_id == session_id]

    def of_user(self, user_name: str) -> list[Owner]:
        """What a user has open."""
        return [owner for owner in self._owners if owner.user_name == user_name]

    def __iter__(self) -> Iterator[Owner]:
        return iter(list(self._owners))

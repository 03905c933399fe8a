"""The door: who is signed in, as the server sees it. Slow and writing work runs in threads, never in the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from ..access.backoff import Backoff
from ..access.permissions import Permissions
from ..access.session import Session
from ..access.sessions import LiveSession, end_session, live_session, session_id, touch, why_over
from ..access.sign_in import change_own_password, sign_in
from ..access.trail import note
from ..problem import Problem
from ..store import Engine
from ..store.engine import writing

#: Checking a password keeps a core busy; more at once would starve the pages.
CHECKS_AT_ONCE = 2
#: A session's last use is written down at most this often, in seconds.
WRITTEN_EVERY = 60


class Door:
    """Sessions, sign-ins and the trail over one store; `clock` gives the UTC second."""

    def __init__(self, engine: Engine, database: str, table: Permissions, clock: Callable[[], int]):
        self.engine, self.database, self.table, self.clock = engine, database, table, clock
        self._backoff = Backoff(table.policy)
        self._threads = ThreadPoolExecutor(CHECKS_AT_ONCE, "door")
        self._used: dict[str, int] = {}
        self._written: dict[str, int] = {}

    def session(self, identity: str) -> LiveSession | None:
        """The session of that id, if it is alive now."""
        return live_session(self.engine, identity, self.clock(), self._used.get(identity, 0))

    def session_of(self, token: str) -> LiveSession | None:
        """The session of a browser's token, if it is alive now."""
        return self.session(session_id(token))

    def why_over(self, identity: str) -> str:
        """Why the session is over, empty when it is alive."""
        return why_over(self.engine, identity, self.clock(), self._used.get(identity, 0))

    def seconds_left(self, session: LiveSession) -> int:
        """Until the session ends when nobody uses it."""
        return session.idle_at(max(session.seen_at, self._used.get(session.session_id, 0))) - self.clock()

    def used(self, identity: str) -> None:
        """Remember that the session is in use; written to the store now and then."""
        now = self._used[identity] = self.clock()
        if now - self._written.get(identity, 0) >= WRITTEN_EVERY:
            self._written[identity] = now
            self._later(touch, self.engine, identity, now)

    def kernel_session(self, session: LiveSession) -> Session:
        """What a kernel of this session is told about it."""
        return Session(session.user.user_name, session.user.role, session.user.practices, self.database)

    async def sign_in(self, name: str, password: str) -> str:
        """The token of a new session; Problem when the name or password is wrong or has to wait."""
        return await self._run(sign_in, self.engine, self._backoff, name, password, self.clock())

    async def change_password(self, name: str, old: str, new: str, again: str) -> str:
        """The token of a new session after the change; Problem when it is refused."""
        given = (name, old, new, again, self.clock())
        return await self._run(change_own_password, self.engine, self._backoff, *given)

    async def end(self, identity: str, why: str) -> None:
        """End the session for good."""
        self._used.pop(identity, None)
        self._written.pop(identity, None)
        await self._run(end_session, self.engine, identity, self.clock(), why)

    def note(self, user_name: str, event: str, subject: str) -> None:
        """Put a line into the trail, soon."""
        self._later(self._note, self.clock(), user_name, event, subject)

    def close(self) -> None:
        """Write down what is still waiting, and let go of the threads."""
        self._threads.shutdown(wait=True)

    def _note(self, at: int, user_name: str, event: str, subject: str) -> None:
        with writing(self.engine) as connection:
            note(connection, at, user_name, event, subject)

    async def _run(self, work: Callable, *given):
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *given))

    def _later(self, work: Callable, *given) -> None:
        self._threads.submit(_logged, work, given)


def _logged(work: Callable, given: tuple) -> None:
    try:
        work(*given)
    except Problem as problem:
        logging.getLogger(__name__).warning("%s", problem)

"""Warm kernels: started and with their imports done, waiting for a page. They are nobody's until they are taken."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from ..problem import Problem

#: After one is taken, its page has the processor to itself for this long before the next one starts.
REFILL_SECONDS = 4.0


class WarmPool:
    """Keeps `size` kernels starting or ready; `start` starts one and gives its id."""

    def __init__(self, start: Callable[[], Awaitable[str]], size: int):
        self._start, self._size = start, size
        self._waiting: deque[asyncio.Task[str]] = deque()
        self._closed = False

    def fill(self) -> None:
        """Start what is missing."""
        while not self._closed and len(self._waiting) < self._size:
            self._waiting.append(asyncio.ensure_future(self._start()))

    async def take(self) -> str:
        """The id of a warm kernel, or of a cold one when none is warm. No two callers get the same."""
        asyncio.get_running_loop().call_later(REFILL_SECONDS, self.fill)
        while self._waiting:
            try:
                return await self._waiting.popleft()
            except Problem:
                continue  # it did not start; the next one may have
        return await self._start()

    def close(self) -> None:
        """Start no more."""
        self._closed = True
        for waiting in self._waiting:
            waiting.cancel()

"""Each further failure to sign in under a name makes that name wait twice as long; known and unknown names alike."""

from __future__ import annotations

from collections import OrderedDict

from .permissions import Policy

#: Names kept; beyond, the one that failed longest ago is forgotten.
NAMES = 10_000


class Backoff:
    """How often each name failed in a row, and until when (a UTC second) it has to wait."""

    def __init__(self, policy: Policy):
        self._policy = policy
        self._failures: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def waits(self, name: str, now: int) -> int:
        """Seconds the name still has to wait at `now`; 0 when it may try."""
        return max(0, self._failures.get(name, (0, 0))[1] - now)

    def failed(self, name: str, now: int) -> None:
        """Count one more failure."""
        count = self._failures.pop(name, (0, 0))[0] + 1
        self._failures[name] = (count, now + self._wait(count))
        if len(self._failures) > NAMES:
            self._failures.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """Forget the failures of the name."""
        self._failures.pop(name, None)

    def _wait(self, count: int) -> int:
        beyond = count - self._policy.free_failures
        doubled = self._policy.first_wait_seconds << min(max(beyond - 1, 0), 30)
        return min(doubled, self._policy.longest_wait_seconds) if beyond > 0 else 0

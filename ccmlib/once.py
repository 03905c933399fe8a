"""Working a thing out once: for values that never change, and answers that depend on nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

Answer = TypeVar("Answer")


class Once:
    """Something that never changes, and so may remember every answer that was worked out from it."""

    @cached_property
    def _answers(self) -> dict[Callable, object]:
        return {}

    def once(self, question: Callable[..., Answer]) -> Answer:
        """``question(self)``, worked out for the first who asks; `question` must be pure."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return self._answers[question]

"""What a page says to its user, and how a failure becomes a sentence. Free of widgets, so that models can use it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import traitlets

from ccmlib.problem import Problem

DONE, NOTE, PROBLEM = "done", "note", "problem"
BROKEN = (
    "This should not have happened; nothing more was written. Reload the page and try again; if it comes back, "
    "tell the administrator the time."
)


class Speaking(traitlets.HasTraits):
    """A model that tells its user something: `message` in words and its `tone` (done, note or problem)."""

    message = traitlets.Unicode()
    tone = traitlets.Unicode(NOTE)

    def say(self, message: str, tone: str = DONE) -> None:
        """Put `message` into the page's bar; an empty one clears it."""
        with self.hold_trait_notifications():
            self.tone, self.message = tone, message

    @contextmanager
    def told(self, clear: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Do something; a Problem is told as its sentence, and `clear` takes what is stale off the page.

        Any other error is told in general words and goes to the log with its traceback, never to the page.
        """
        try:
            yield
        except Problem as problem:
            clear()
            self.say(str(problem), PROBLEM)
        except Exception:
            logging.getLogger(__name__).exception("A dashboard failed")
            clear()
            self.say(BROKEN, PROBLEM)

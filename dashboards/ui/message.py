"""The bar that says what happened: read out by a screen reader, never by color alone."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from .said import NOTE, Speaking


class Message(anywidget.AnyWidget):
    """A live region with plain `text`; `tone` is done, note or problem. Empty text hides it."""

    _esm = Path(__file__).with_name("message.js").read_text("utf-8")
    text = traitlets.Unicode().tag(sync=True)
    tone = traitlets.Unicode(NOTE).tag(sync=True)

    @classmethod
    def of(cls, model: Speaking) -> Message:
        """The bar that follows the model's message."""
        made = cls()

        def follow(_change=None):
            with made.hold_sync():  # one update, so that a new tone is never read out with an old text
                made.tone, made.text = model.tone, model.message

        model.observe(follow, ["tone", "message"])
        follow()
        return made

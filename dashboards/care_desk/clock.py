"""The face of the timer."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets


class Clock(anywidget.AnyWidget):
    """How long the timer has run, counting on in the browser while it runs; what is logged the kernel decides."""

    _esm = Path(__file__).with_name("clock.js").read_text("utf-8")
    seconds = traitlets.Int().tag(sync=True)
    running = traitlets.Bool().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)

    def show(self, seconds: int, running: bool, words: str) -> None:
        """Show this instead of what was shown before."""
        with self.hold_sync():
            self.seconds, self.running, self.words = seconds, running, words
        self.send("set")

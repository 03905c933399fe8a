"""Which list is shown: one button a list, the pressed one says so to a screen reader too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import anywidget
import traitlets


class Tabs(anywidget.AnyWidget):
    """A row of buttons called `label`; `options` are pairs [value, words], `selected` is the value pressed."""

    _esm = Path(__file__).with_name("tabs.js").read_text("utf-8")
    label = traitlets.Unicode().tag(sync=True)
    options = traitlets.List().tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)

    def show(self, options: Sequence[tuple[str, str]]) -> None:
        """Show these buttons instead of those before."""
        self.options = [list(pair) for pair in options]

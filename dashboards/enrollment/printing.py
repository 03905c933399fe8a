"""A button that prints a page made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import anywidget
import traitlets


class Print(anywidget.AnyWidget):
    """`make` gives the page as HTML, or None when it may not be."""

    _esm = Path(__file__).with_name("printing.js").read_text("utf-8")
    label = traitlets.Unicode().tag(sync=True)

    def __init__(self, label: str, make: Callable[[], str | None]):
        super().__init__(label=label)
        self._make = make
        self.on_msg(lambda _, content, __: self.click() if content == "make" else None)

    def click(self) -> str | None:
        """Make the page and send it to the browser's printer."""
        html = self._make()
        if html:
            self.send({"html": str(html)})
        return html

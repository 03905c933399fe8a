"""A file that the page makes when it is asked for: nothing is kept on the server, nothing has an address."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

import anywidget
import traitlets

from ccmlib.reports.markup import Html

from .shapes import File

__all__ = ["Download", "File", "link"]


class Download(anywidget.AnyWidget):
    """A button that makes a file and hands it to the browser. `make` gives the file, or None when it may not be."""

    _esm = Path(__file__).with_name("download.js").read_text("utf-8")
    label = traitlets.Unicode().tag(sync=True)

    def __init__(self, label: str, make: Callable[[], File | None]):
        super().__init__(label=label)
        self._make = make
        self.on_msg(lambda _, content, __: self.click() if content == "make" else None)

    def click(self) -> File | None:
        """Make the file and send it to the browser."""
        file = self._make()
        if file:
            self.send({"name": file.name, "kind": file.kind}, [file.content])
        return file


def link(label: str, file: File) -> Html:
    """A small file as a link that carries it."""
    return Html(f'<a download="{html.escape(file.name)}" href="{file.url}">{html.escape(label)}</a>')

"""Asking once before something is written: what will be written, then one button that does it and one that does not."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from ccmlib.reports.markup import element

from .fields import button


class Confirm(widgets.Box):
    """Hidden until ``ask``; `yes` does what was asked about, `no` does nothing. Either hides it again."""

    def __init__(self):
        self.statement = widgets.HTML()
        self.yes, self.no = button("Yes", self._yes, primary=True), button("Cancel", self.close_question)
        self._act: Callable[[], None] | None = None
        super().__init__([self.statement, self.yes, self.no])
        self.add_class("ccm-confirm")
        self.close_question()

    @property
    def asking(self) -> bool:
        """Whether a question stands on the page."""
        return self._act is not None

    def ask(self, statement: object, yes: str, act: Callable[[], None]) -> None:
        """State what will be written (text, or Html) and call `act` if the answer is the button `yes`."""
        self.statement.value = element("div", statement, role="alert")
        self.yes.description = self.yes.tooltip = yes
        self._act, self.layout.display = act, None
        self.no.focus()

    def close_question(self) -> None:
        """Take the question back."""
        self._act, self.layout.display, self.statement.value = None, "none", ""

    def _yes(self) -> None:
        act = self._act
        self.close_question()
        if act:
            act()

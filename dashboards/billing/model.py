"""The billing page as a model: what it shows and what it does. No widgets; the clock is passed in."""

from __future__ import annotations

from ccmlib import wording
from ccmlib.access.session import require
from ccmlib.acts.close_month_act import close_practice_month
from ccmlib.month import Month
from ccmlib.reports.markup import Html, element

from ..ui.shapes import File, Tile
from . import closing, files, lists
from .picked import FOUND, Picked
from .tiles import tiles
from .why import why

FILES = {"claims": files.claims_csv, "holds": files.holds_csv, "workbook": files.workbook}


class Billing(Picked):
    """What the page shows of the month picked, the files it gives away, and closing the month."""

    @property
    def may_close(self) -> bool:
        """Whether the role closes months; the act asks again."""
        return self.session.may("close_month")

    @property
    def may_download(self) -> bool:
        """Whether the role takes files away; ``file`` asks again."""
        return self.session.may("download_claims")

    def read_again(self) -> None:
        """Read what was written meanwhile."""
        with self.told(self._clear):
            self._read()
            self.say(f"Read again at {self.clock():%H:%M}.")

    def tiles(self) -> list[Tile]:
        """The tiles; none while nothing can be shown."""
        return list(tiles(self.decided)) if self.decided else []

    def tabs(self) -> list[tuple[str, str]]:
        """The lists as (name, words with the number of rows)."""
        if self.decided is None:
            return []
        found = [(FOUND, f"Found {len(self.decided.found(self.query)):,}")] if self.query.strip() else []
        sizes = {name: f"{words} {self._size(name):,}" for name, (words, _) in lists.LISTS.items()}
        return found + list(sizes.items())

    def listing(self) -> lists.Listing | None:
        """The list that is shown."""
        with self.told():
            if self.decided and self.listed == FOUND:
                return lists.found(self.decided, self.query)
            if self.decided:
                return lists.LISTS[self.listed][1](self.decided)
        return None

    def why(self) -> tuple[str, Html]:
        """Title and body of the panel about the selected patient."""
        with self.told():
            if self.decided and self.patient in self.decided.number_of:
                return f"Why: {self.patient}, {Month(self.month).first:%B %Y}", why(self.decided, self.patient)
        return "Why", element("p", "Choose a patient in the list to see why.", "empty")

    def known(self) -> str:
        """As of when the figures stand, and under which rules."""
        if self.decided is None:
            return ""
        close = self.decided.last
        since = f"closed {wording.date(close.closed_at.date())} by {close.closed_by}" if close else "not closed yet"
        return f"Preview of all that is known now; the month is {since}. Rules {self.decided.close.rules.digest[:12]}."

    def file(self, name: str) -> File | None:
        """One of ``FILES``, for the month shown; None, with a message, when it may not be."""
        with self.told():
            require(self.session, "download_claims", self.practice)
            if self.decided:
                return FILES[name](self.decided)
        return None

    def close_words(self) -> str:
        """What the button says that asks to close."""
        return (
            closing.button_words(Month(self.month), bool(self.decided and self.decided.last))
            if self.month
            else "Close…"
        )

    def close_statement(self) -> Html | None:
        """What closing would write, of the newest facts; None, with a message, when it may not be."""
        with self.told(self._clear):
            require(self.session, "close_month", self.practice)
            self._read()
            return closing.statement(self.decided, self.session.user, self.clock())
        return None

    def close_month(self) -> None:
        """Close the month that was stated; says what was written."""
        with self.told():
            month, mark = Month(self.month), self.decided.mark if self.decided else ""
            store = self.reading.store
            saved = close_practice_month(store, self.session, month, self.practice, self.clock(), mark)
            self._name_months()
            self._read()
            self.say(closing.written(saved))

    def _size(self, name: str) -> int:
        frames = {"held": "held", "near": "near", "look": "to_look_at", "ready": "ready", "changed": "changes"}
        return len(getattr(self.decided, frames[name]))

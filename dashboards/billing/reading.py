"""What the billing page reads: months, the user's practices, and a month decided once until something is written."""

from __future__ import annotations

import datetime as dt

from ccmlib.access.session import Session, require
from ccmlib.close import close_month
from ccmlib.month import Month
from ccmlib.problem import Problem
from ccmlib.rulebook import Rulebook
from ccmlib.store import ledger, read, span

from ..own_practices import OwnPractices
from .decided import Decided

#: Months kept in memory: going back to one costs nothing while nothing is written.
KEPT = 3


class Reading(OwnPractices):
    """The store as the session's user may see it, month by month."""

    def __init__(self, session: Session):
        super().__init__(session)
        self._decided: dict[tuple[Month, str, str], Decided] = {}

    def months(self, today: dt.date) -> list[Month]:
        """The months with logged time up to the one of `today`, newest first."""
        with self.store.connect() as connection:
            logged = span.logged_span(connection)
        if logged is None:
            raise Problem("No time is logged in the store yet, so there is no month to bill.")
        first, last = (dt.datetime.fromtimestamp(second, dt.UTC).date() for second in logged)
        month, end, found = Month(f"{first:%Y-%m}"), Month(f"{min(last, today):%Y-%m}"), []
        while month <= end:
            found.append(month)
            month = month.next
        return found[::-1]

    def closed(self, practice_id: str) -> dict[str, dt.datetime]:
        """When each closed month of the practice was closed last, by month."""
        with self.store.connect() as connection:
            return {close.service_month: close.closed_at for close in ledger.closes(connection, None, practice_id)}

    def decided(self, month: Month, practice_id: str) -> Decided:
        """The month as it would be closed now. Raises Refused for a practice that is not the user's."""
        require(self.session, "view_patient", practice_id)
        with self.store.connect() as connection:
            key = (month, practice_id, span.newest_mark(connection))
            if key not in self._decided:
                self._keep(key, self._decide(connection, *key))
        return self._decided[key]

    def _keep(self, key: tuple[Month, str, str], decided: Decided) -> None:
        self._decided[key] = decided
        for old in list(self._decided)[:-KEPT]:
            del self._decided[old]

    def _decide(self, connection, month: Month, practice_id: str, mark: str) -> Decided:
        facts = read.month_facts(connection, month, None, practice_id)
        close = close_month(facts, Rulebook.load().on(month))
        closes = ledger.closes(connection, None, practice_id)
        this = [each for each in closes if each.service_month == str(month)]
        earlier = [each for each in closes if each.service_month < str(month)]
        before = max(earlier, key=lambda each: (each.service_month, each.sequence), default=None)
        last = this[-1] if this else None
        states = [ledger.state(connection, each) if each else None for each in (last, before)]
        return Decided(close, mark, last, states[0], before, states[1])

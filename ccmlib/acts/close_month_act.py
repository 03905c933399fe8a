"""Closing a practice's month from a dashboard: permission first, then the ledger."""

from __future__ import annotations

import datetime as dt

from ..access.session import Session, require
from ..month import Month
from ..problem import Problem
from ..save_close import Saved, close_and_save
from ..store import Engine
from ..store.span import newest_mark


def close_practice_month(
    store: Engine, session: Session, month: Month, practice_id: str, now: dt.datetime, mark: str = ""
) -> Saved:
    """Close `month` of one practice in the name of the session's user; closing again writes an amendment.

    `mark` is the store's mark (``newest_mark``) when the user was told what would be written: if anything was
    written since, a Problem says so and nothing is closed. Raises Refused when the role or the practice does
    not allow it, and as ``close_and_save`` does.
    """
    if not practice_id:
        raise Problem("Name the practice whose month is closed.")
    require(session, "close_month", practice_id)
    with store.connect() as connection:
        if mark and newest_mark(connection) != mark:
            raise Problem("Something was written since you were asked. Nothing was closed; look again, then close.")
    return close_and_save(store, month, practice_id, session.user, now)[0]

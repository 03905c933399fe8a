"""The sample practice in a store of its own, and the people who work with its plans."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from functools import cache
from pathlib import Path

from ccmlib.access.session import Session
from ccmlib.importers.extract import import_extract
from ccmlib.month import Month
from ccmlib.preview import stored_facts
from ccmlib.store import engine, migrate

SAMPLE = Path(__file__).parent.parent.parent / "data" / "samples"
LEARNED = dt.datetime(2026, 10, 31, 12, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)
MONTH = "2026-11"
#: Patients of the sample: an active plan that nobody approved, a draft alone, an approved plan, goals overdue.
UNAPPROVED, DRAFT, IN_ORDER, OVERDUE, STALE = "P0031", "P0030", "P0001", "P0055", "P0032"
#: A physician, a nurse practitioner, a nurse, and the administrative member of the practice PR01.
PHYSICIAN, NURSE_PRACTITIONER, NURSE = "S01", "S02", "S03"


@cache
def _loaded() -> Path:
    path = Path(tempfile.mkdtemp(prefix="ccm-plans-")) / "loaded.db"
    store = engine.open(f"sqlite:///{path}")
    migrate.upgrade(store)
    with engine.writing(store) as connection:
        import_extract(connection, SAMPLE, int(LEARNED.timestamp()), "sample")
    with store.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.dispose()
    return path


def sample_database(folder: Path) -> str:
    """The URL of a store with the sample practice in `folder`."""
    shutil.copy(_loaded(), folder / "ccm.db")
    return f"sqlite:///{folder / 'ccm.db'}"


def signed_in(database: str, role: str = "practitioner", user: str = "", practices: tuple[str, ...] = ("PR01",)):
    """The session of a user."""
    return Session(user or f"demo.{role}", role, practices, database)


def facts_of(database: str, month: str = MONTH):
    """What the store knows of a month."""
    return stored_facts(database, Month(month))

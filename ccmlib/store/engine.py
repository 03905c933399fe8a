"""Opening the store: a SQLite file or a PostgreSQL database, and a transaction that writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from ..problem import Problem

#: How long a writer waits for another one, in milliseconds, before giving up.
BUSY_MILLISECONDS = 60_000
#: Memory SQLite may keep pages in; the default is too small for the indexes of a large import.
CACHE_KIBIBYTES = 200_000
#: The key of the PostgreSQL advisory lock that lets in one writer at a time ("ccm" in ASCII).
WRITER_LOCK = 0x63636D

PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    f"PRAGMA cache_size = -{CACHE_KIBIBYTES}",
    "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE deletes rows without the trigger that refuses it
)


def open(url: str) -> sa.Engine:
    """The engine of the store at `url`, such as ``sqlite:///ccm.db`` or ``postgresql://host/ccm``.

    Raises Problem when the URL cannot be read or the database cannot be reached.
    """
    engine = _engine(_url(url))
    try:
        with engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
    except sa.exc.DBAPIError as error:
        raise Problem(
            f"The store {_shown(engine.url)} cannot be opened: {first_line(error)}. Check the address."
        ) from error
    return engine


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that is alone in writing: another writer waits until it ends. An error undoes all of it."""
    # A PostgreSQL writer must see what the writer before it committed while it waited for the lock.
    options = {"isolation_level": "READ COMMITTED"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(ccm_writing=True, **options) as connection, _begun(connection):
        yield connection


def first_line(error: Exception) -> str:
    """What the database says went wrong, in one line."""
    return str(getattr(error, "orig", error)).strip().splitlines()[0].rstrip(".")


def _begun(connection: sa.Connection) -> sa.RootTransaction:
    try:
        return connection.begin()
    except sa.exc.OperationalError as error:
        raise Problem(
            f"The store is busy: {first_line(error)}. Wait until the other writer is done, try again."
        ) from error


def absolute(url: str) -> str:
    """The same address for a process in another folder: the path of a SQLite file from the root."""
    found = _url(url)
    if found.get_backend_name() == "sqlite" and found.database not in (None, "", ":memory:"):
        found = found.set(database=str(Path(found.database).resolve()))
    return found.render_as_string(hide_password=False)


def _url(text: str) -> sa.URL:
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise Problem(f"{text!r} is not a database URL; write sqlite:///FILE or postgresql://HOST/NAME.") from error
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise Problem(
            f"{_shown(url)} names no database that can be used; write sqlite:///FILE or postgresql://HOST/NAME."
        )
    return url


def _shown(url: sa.URL) -> str:
    return url.render_as_string(hide_password=True)


def _engine(url: sa.URL) -> sa.Engine:
    try:
        if url.get_backend_name() == "sqlite":
            return _sqlite(sa.create_engine(url))
        # Several tables are read as of one instant, so they must be one snapshot.
        return _postgresql(sa.create_engine(url, isolation_level="REPEATABLE READ"))
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ImportError) as error:
        raise Problem(f"The store {_shown(url)} cannot be opened: {error}. Install its driver.") from error


def _sqlite(engine: sa.Engine) -> sa.Engine:
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(engine: sa.Engine) -> sa.Engine:
    sa.event.listen(engine, "begin", _begin_postgresql)
    return engine


def _prepare(dbapi_connection, _record) -> None:
    # By itself the driver begins a transaction at the first write, after what was read to decide on it.
    dbapi_connection.isolation_level = None
    for pragma in (f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}", *PRAGMAS):
        dbapi_connection.execute(pragma)


def _writes(connection: sa.Connection) -> bool:
    return connection.get_execution_options().get("ccm_writing", False)


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _begin_postgresql(connection: sa.Connection) -> None:
    if _writes(connection):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_MILLISECONDS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

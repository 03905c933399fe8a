"""Fixtures for all tests: the shared reference files, and a store on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from ccmlib.store import engine as stores
from ccmlib.store import migrate

ROOT = Path(__file__).parent.parent
DATABASE_NUMBERS = count(1)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference files that are never copied into the project."""
    folder = Path(os.environ.get("CCM_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the reference files are not here; CCM_SHARED names their folder")
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path) -> Iterator[str]:
    """The URL of an empty database: a SQLite file, then a PostgreSQL database of its own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ccm.db'}"
    else:
        with request.getfixturevalue("postgresql_database")() as url:
            yield url


@pytest.fixture
def store(store_url) -> Iterator[sa.Engine]:
    """A store with this version's tables and nothing in them."""
    engine = stores.open(store_url)
    migrate.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_database(postgresql_url) -> Callable[[], AbstractContextManager[str]]:
    """Called, a context that makes an empty PostgreSQL database, gives its URL and drops it at the end."""
    return partial(_database, postgresql_url)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server: the one CCM_TEST_POSTGRES names, or one started for this run."""
    if "CCM_TEST_POSTGRES" in os.environ:
        yield os.environ["CCM_TEST_POSTGRES"]
        return
    folder = Path(tempfile.mkdtemp(prefix="ccm-pg-"))
    try:
        yield from _cluster(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(server: str) -> Iterator[str]:
    name = f"ccm_test_{os.getpid()}_{next(DATABASE_NUMBERS)}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


def _cluster(folder: Path) -> Iterator[str]:
    """A server that listens on a socket in `folder` alone: no port to find, nothing on the network."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not programs:
        pytest.skip("PostgreSQL is not installed and CCM_TEST_POSTGRES is not set")
    bin_, data = programs[-1], folder / "data"
    as_owner = _as_owner(folder)
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    _run(*as_owner, bin_ / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    _run(*as_owner, bin_ / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        _run(*as_owner, bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _as_owner(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as the user its package made."""
    if os.geteuid() != 0:
        return []
    try:
        shutil.chown(folder, "postgres")
    except LookupError:
        pytest.skip("PostgreSQL does not run as root, and there is no user called postgres")
    return ["runuser", "-u", "postgres", "--"]


def _run(*command: str | Path) -> None:
    try:
        subprocess.run([str(word) for word in command], check=True, cwd="/", stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)  # fmt: skip
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no PostgreSQL could be started: {error}")

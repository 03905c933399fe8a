"""The sample practice, closed once on each database; every test that alters the store gets a copy of it."""

from contextlib import contextmanager
from shutil import copyfile

import pytest
import sqlalchemy as sa

from ccmlib.store import engine as stores
from ccmlib.store import migrate

from .practice import close_all, frames, load


@pytest.fixture(scope="session")
def facts():
    """The facts of the practice by table name."""
    return frames()


@pytest.fixture
def loaded(store, facts):
    """A store that knows the practice."""
    load(store, facts)
    return store


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def template(request, facts, tmp_path_factory):
    """The URL of a store in which the three months of the practice are closed, and what the closes gave."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('template') / 'ccm.db'}"
        yield url, made(url, facts)
    else:
        with request.getfixturevalue("postgresql_database")() as url:
            yield url, made(url, facts)


@pytest.fixture
def closed(template, tmp_path):
    """A store of one's own in which the three months of the practice are closed, and what the closes gave."""
    url, saved = template
    with copied(sa.make_url(url), tmp_path) as copy:
        engine = stores.open(copy)
        yield engine, saved
        engine.dispose()


def made(url, facts):
    engine = stores.open(url)
    migrate.upgrade(engine)
    load(engine, facts)
    saved = close_all(engine)
    engine.dispose()
    return saved


@contextmanager
def copied(url, folder):
    if url.get_backend_name() == "sqlite":
        copyfile(url.database, folder / "ccm.db")
        yield f"sqlite:///{folder / 'ccm.db'}"
        return
    admin, name = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT"), f"{url.database}_copy"
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {url.database}")
        yield url.set(database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()

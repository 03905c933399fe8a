"""A database gets the shape of this version through migrations, and only through them."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from ccmlib.access import tables as access_tables
from ccmlib.problem import Problem
from ccmlib.store import engine as stores
from ccmlib.store import migrate, timers
from ccmlib.store.schema import METADATA

#: Modules that add tables of their own to the schema when they are imported.
WITH_TABLES = (access_tables, timers)


def test_migrating_an_empty_database_gives_the_tables_of_the_schema(store):
    with store.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_migrated_indexes_are_unique_and_partial_as_in_the_schema(store, store_url):
    migrated = _indexes(store)
    with store.begin() as connection:
        METADATA.drop_all(connection)
        METADATA.create_all(connection)
    assert _indexes(store) == migrated


def test_status_tells_what_is_missing_and_upgrade_brings_it(store_url):
    engine = stores.open(store_url)
    assert migrate.status(engine).current is None
    with pytest.raises(Problem, match="ccm db upgrade"):
        migrate.require_current(engine)
    assert migrate.upgrade(engine).up_to_date
    assert migrate.upgrade(engine).up_to_date
    migrate.require_current(engine)
    engine.dispose()


def test_a_store_of_a_later_version_is_refused(store):
    with store.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Problem, match="9999"):
        migrate.upgrade(store)


def _indexes(engine):
    inspector = sa.inspect(engine)
    inspector.clear_cache()
    return {name: _of_table(inspector, name) for name in METADATA.tables}


def _of_table(inspector, name):
    indexes = sorted(inspector.get_indexes(name), key=lambda index: index["name"])
    return [(index["name"], index["column_names"], index["unique"], _where(index)) for index in indexes]


def _where(index):
    options = index.get("dialect_options", {})
    where = [str(value).strip("()").lower() for key, value in options.items() if key.endswith("where")]
    return where, options.get("postgresql_nulls_not_distinct")

"""Facts come under seals as they are written, and those of a store that had none when it is upgraded."""

from alembic import command

from ccmlib.store import engine as stores
from ccmlib.store import insert, migrate, write
from ccmlib.store.engine import writing
from ccmlib.store.insert import seals
from ccmlib.verify import verify

from .practice import HOUR, LOADED, load


def test_every_batch_of_facts_is_sealed_as_it_is_written(loaded, facts):
    with loaded.connect() as connection:
        found = seals(connection)
    counts = {seal.table_name: seal.last_id - seal.first_id + 1 for seal in found}
    assert counts == {name: len(frame) for name, frame in facts.items() if len(frame)}
    assert {(seal.known_at, seal.known_by) for seal in found} == {(LOADED, "ann")}


def test_facts_that_are_known_already_need_no_seal(loaded, facts):
    with loaded.connect() as connection:
        before = seals(connection)
    load(loaded, facts, LOADED + HOUR)
    with loaded.connect() as connection:
        assert seals(connection) == before


def test_a_large_import_is_sealed_in_parts(store, facts, monkeypatch):
    monkeypatch.setattr(insert, "WRITTEN_AT_ONCE", 7)
    load(store, {"patients": facts["patients"]})
    with store.connect() as connection:
        parts = [(seal.first_id, seal.last_id) for seal in seals(connection)]
    assert parts[:2] == [(1, 7), (8, 14)] and parts[-1][1] == len(facts["patients"])
    assert verify(store) == []


def test_a_store_from_before_the_ledger_is_sealed_when_it_is_upgraded(store_url, facts, monkeypatch):
    engine = stores.open(store_url)
    with writing(engine) as connection:
        command.upgrade(migrate._config(connection), "0001")
    with monkeypatch.context() as before:
        before.setattr(insert, "_seal", lambda *_: None)
        before.setattr(write, "after_every_close", lambda _, known_at: known_at)
        load(engine, facts)
        load(engine, {"staff": facts["staff"].assign(credentials="RN")}, LOADED + HOUR, "carl")
    migrate.upgrade(engine)
    assert verify(engine) == []
    with engine.connect() as connection:
        found = [(seal.known_at, seal.known_by) for seal in seals(connection) if seal.table_name == "staff"]
    assert found == [(LOADED, "ann"), (LOADED + HOUR, "carl")]
    load(engine, {"staff": facts["staff"]}, LOADED + 2 * HOUR)
    assert verify(engine) == []
    engine.dispose()

"""The store is opened by its URL, or one sentence says why not; writers come one after the other."""

import threading

import pytest
import sqlalchemy as sa

from ccmlib.problem import Problem
from ccmlib.store import engine as stores
from ccmlib.store.engine import writing
from ccmlib.store.write import Counts, append

from .facts import entries


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ccm.db", "not a database URL"),
        ("", "not a database URL"),
        ("mysql://host/ccm", "no database that can be used"),
        ("sqlite+nothing:///ccm.db", "driver"),
        ("postgresql://nobody:secret@127.0.0.1:1/ccm", "cannot be opened"),
        ("sqlite:////nowhere/at/all/ccm.db", "cannot be opened"),
    ],
)
def test_a_store_that_cannot_be_opened_is_one_sentence_without_the_password(url, message):
    with pytest.raises(Problem, match=message) as raised:
        stores.open(url)
    assert "secret" not in str(raised.value) and "\n" not in str(raised.value)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("not a database, but long enough to be taken for one at first sight" * 20)
    with pytest.raises(Problem, match="not a database"):
        stores.open(f"sqlite:///{tmp_path / 'notes.txt'}")


def test_a_second_writer_waits_and_then_sees_what_the_first_wrote(store):
    started, counts = threading.Event(), []

    def second():
        started.set()
        with writing(store) as connection:
            counts.append(append(connection, "time_entries", entries(("E1", "one")), 200, "bob"))

    with writing(store) as connection:
        append(connection, "time_entries", entries(("E1", "one")), 100, "ann")
        thread = threading.Thread(target=second)
        thread.start()
        started.wait()
        assert counts == []
    thread.join()
    assert counts == [Counts(same=1)]


def test_a_reader_sees_one_snapshot_while_others_write(store):
    with store.connect() as reader:
        count = sa.text("SELECT count(*) FROM time_entries")
        assert reader.scalar(count) == 0
        with writing(store) as connection:
            append(connection, "time_entries", entries(("E1", "one")), 100, "ann")
        assert reader.scalar(count) == 0
    with store.connect() as reader:
        assert reader.scalar(count) == 1


def test_a_writer_that_waits_too_long_is_told_that_the_store_is_busy(store_url, monkeypatch):
    monkeypatch.setattr(stores, "BUSY_MILLISECONDS", 20)
    engine = stores.open(store_url)
    with writing(engine), pytest.raises(Problem, match="busy"), writing(engine):
        pass
    engine.dispose()


def test_an_absolute_address_names_the_same_file_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    url = stores.absolute("sqlite:///out/demo.db")
    assert url == f"sqlite:///{tmp_path / 'out' / 'demo.db'}" and stores.absolute(url) == url
    assert stores.absolute("postgresql://ann:secret@host/ccm").endswith("://ann:secret@host/ccm")

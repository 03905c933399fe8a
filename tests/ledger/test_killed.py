"""A close that is killed leaves the store as it was, or closed whole; never half a close, never a fact less."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from ccmlib.facts import TABLES
from ccmlib.replay import replay
from ccmlib.save_close import close_and_save
from ccmlib.store import engine as stores
from ccmlib.verify import verify

from .practice import HOUR, LOADED, MONTHS, at

ROOT = Path(__file__).parent.parent.parent
POINTS = 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_close_killed_at_20_points_is_never_half_a_close(loaded):
    url = loaded.url.render_as_string(hide_password=False)
    seen = killed(url, statements_of(loaded))
    assert [each["ended"] for each in seen] == [signal.SIGKILL] * (POINTS + 2)
    assert [each["findings"] for each in seen] == [[]] * (POINTS + 2)
    before, after = seen[:-1], seen[-1]
    assert len({json.dumps(each["rows"]) for each in before}) == 1
    assert before[0]["rows"]["closes"] == 0 and after["rows"]["closes"] == 1
    facts = [[each["rows"][name] for name in TABLES] for each in seen]
    assert all(each == facts[0] for each in facts) and sum(facts[0]) > 0
    assert verify(loaded) == []
    assert [one.identical for one in replay(loaded, MONTHS[0])] == [True]
    (again,) = close_and_save(loaded, MONTHS[0], "", "ann", at(LOADED + 2 * HOUR))
    assert not again.written


def statements_of(store) -> int:
    """How many statements a close takes: one that is undone is counted."""
    count = 0

    def statement(*_):
        nonlocal count
        count += 1

    def undo(*_):
        raise KeyboardInterrupt

    engine = stores.open(store.url.render_as_string(hide_password=False))
    sa.event.listen(engine, "before_cursor_execute", statement)
    sa.event.listen(engine, "commit", undo)
    with pytest.raises(KeyboardInterrupt):
        close_and_save(engine, MONTHS[0], "", "bob", at(LOADED + HOUR))
    engine.dispose()
    return count


def killed(url: str, statements: int) -> list[dict]:
    """What was seen after each killing of a close that takes so many statements."""
    command = [sys.executable, "-m", "tests.ledger.killed", url, str(MONTHS[0]), str(POINTS), str(statements)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]

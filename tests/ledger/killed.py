"""Run as a program: close a month in a store again and again, killed at one more statement each time.

``python -m tests.ledger.killed URL MONTH POINTS`` kills the close at POINTS statements spread over it, the last of
them just before and just after the commit, then lets it through. After each, a process of its own looks at the
store; what it sees is a line of JSON. Every close is a fork of one process that has opened nothing yet.
"""

import json
import os
import signal
import sys

import sqlalchemy as sa

from ccmlib.month import Month
from ccmlib.save_close import close_and_save
from ccmlib.store import engine as stores
from ccmlib.store.schema import FACTS, KEPT, SEALS
from ccmlib.verify import verify

from .practice import HOUR, LOADED, at


def in_a_fork(work, *arguments) -> int:
    """Run `work` in a process of its own; the signal that ended it, 0 when none did."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        work(*arguments)
        sys.stdout.flush()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def close(url: str, month: str, point: int | str) -> None:
    """Close `month`, to be killed at the statement with the number `point`, or at the ``commit``, or not at all."""
    engine, count = stores.open(url), 0

    def statement(*_):
        nonlocal count
        count += 1
        if count == point:
            die()

    sa.event.listen(engine, "before_cursor_execute", statement)
    if point == "commit":
        sa.event.listen(engine, "commit", die)
    close_and_save(engine, Month(month), "", "bob", at(LOADED + HOUR))
    if point == "after":
        die()
    print(json.dumps({"statements": count}))


def look(url: str, point: int | str, ended: int) -> None:
    """Tell how many rows there are of each table, and what ``verify`` finds."""
    engine = stores.open(url)
    with engine.connect() as connection:
        count = {
            name: connection.scalar(sa.select(sa.func.count()).select_from(table))
            for name, table in (FACTS | KEPT | {"seals": SEALS}).items()
        }
    found = [str(finding) for finding in verify(engine)]
    print(json.dumps({"point": point, "ended": ended, "rows": count, "findings": found}))


def main(url: str, month: str, points: str, statements: str) -> None:
    """Close a month of the store, killed at many points."""
    spread = [1 + number * (int(statements) - 1) // (int(points) - 1) for number in range(int(points))]
    for point in [*spread, "commit", "after"]:
        in_a_fork(look, url, point, in_a_fork(close, url, month, point))


if __name__ == "__main__":
    main(*sys.argv[1:])

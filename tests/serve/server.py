"""The server under test, as a process of its own: its clock is the real one plus the seconds written in a file."""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path

from ccmlib.serve import run_server


def main(database: str, port: str, dashboards: str, offset: str) -> None:
    """Serve until a signal comes."""

    def clock() -> int:
        return int(time.time()) + int(Path(offset).read_text("utf-8"))

    tell = partial(print, flush=True)
    run_server(database, "127.0.0.1", int(port), Path(dashboards), clock, sweep_seconds=0.5, announce=tell)


if __name__ == "__main__":
    main(*sys.argv[1:])

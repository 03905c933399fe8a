"""A large synthetic practice in a store of its own, and the real server over it, as a process of its own."""

from __future__ import annotations

import multiprocessing
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from ccmlib.access.users import add_user
from ccmlib.facts import TABLES
from ccmlib.sample import sample_practice
from ccmlib.serve.run import run_server
from ccmlib.store import engine as stores
from ccmlib.store import migrate, write

ROOT = Path(__file__).parents[1]
SEED, WARM = 5, 2
#: A server that is not listening by then does not come.
START_SECONDS = 120
MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Served:
    """A running server: its address, the store behind it, the users' password, and its process."""

    address: str
    database: str
    password: str
    process: psutil.Process

    def kernels(self) -> list[psutil.Process]:
        """The pages' kernels, warm ones too."""
        return [each for each in self.process.children(recursive=True) if _is_kernel(each)]

    def settled(self) -> None:
        """Wait until the pool's kernels have done their imports: until none of them works."""
        while len(self.kernels()) < WARM or _work(self.kernels()) > 0.05:
            continue

    def megabytes(self) -> tuple[float, list[float]]:
        """Memory of the server, and of each kernel; what processes share is shared out among them."""
        return _megabytes(self.process), [_megabytes(each) for each in self.kernels()]


@contextmanager
def served_practice(folder: Path, patients: int, users: dict[str, str]) -> Iterator[Served]:
    """The server over one practice of `patients`; `users` are roles by user name."""
    database, password = f"sqlite:///{folder / 'ccm.db'}", secrets.token_urlsafe(12)
    _store(database, patients, users, password)
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(database, _free_port(), there))
    process.start()
    try:
        if not here.poll(START_SECONDS):
            raise SystemExit("The server did not start; nothing was measured.")
        yield Served(here.recv().rstrip("/"), database, password, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.join()


def _serve(database: str, port: int, told) -> None:
    clock = lambda: int(time.time())  # noqa: E731
    run_server(database, "127.0.0.1", port, ROOT / "dashboards", clock, warm=WARM, announce=told.send)


def _store(database: str, patients: int, users: dict[str, str], password: str) -> None:
    frames = sample_practice(patients, 1, SEED, practices=1, planted=False)
    now, store = int(time.time()), stores.open(database)
    migrate.upgrade(store)
    with stores.writing(store) as connection:
        for name in TABLES:
            if name in frames:
                write.append(connection, name, frames[name], now, "benchmark")
    for name, role in users.items():
        add_user(store, name, role, password, ["*"], now)
    store.dispose()


def _is_kernel(process: psutil.Process) -> bool:
    try:
        return "ipykernel" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # it ended meanwhile
        return False


def _work(processes: list[psutil.Process]) -> float:
    """CPU seconds that the processes used within half a second."""
    before = sum(_cpu(each) for each in processes)
    psutil.cpu_percent(interval=0.5)
    return sum(_cpu(each) for each in processes) - before


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return times.user + times.system


def _megabytes(process: psutil.Process) -> float:
    memory = process.memory_full_info()
    return getattr(memory, "pss", memory.rss) / MEBIBYTE


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]

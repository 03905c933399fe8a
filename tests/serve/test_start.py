"""Starting and stopping the server."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccmlib.problem import Problem
from ccmlib.serve import run_server
from ccmlib.store import engine as stores
from ccmlib.store import migrate

from .conftest import started, stopped


@pytest.fixture
def database(tmp_path):
    url = f"sqlite:///{tmp_path / 'ccm.db'}"
    engine = stores.open(url)
    migrate.upgrade(engine)
    engine.dispose()
    return url


def test_passwords_do_not_cross_a_network_in_clear(database, tmp_path):
    with pytest.raises(Problem, match="in clear"):
        run_server(database, "0.0.0.0", 0, tmp_path, lambda: 0)


def test_a_folder_that_is_not_there_is_told(database, tmp_path):
    with pytest.raises(Problem, match="no folder"):
        run_server(database, "127.0.0.1", 0, tmp_path / "nowhere", lambda: 0)


def test_a_store_without_this_versions_tables_is_told(tmp_path):
    with pytest.raises(Problem, match="ccm db upgrade"):
        run_server(f"sqlite:///{tmp_path / 'new.db'}", "127.0.0.1", 0, tmp_path, lambda: 0)


def test_a_taken_port_is_told_and_no_other_one_is_taken_instead(server, database, tmp_path):
    with pytest.raises(Problem, match=f"Port {server.port} cannot be used"):
        run_server(database, "127.0.0.1", server.port, tmp_path, lambda: 0)


def running(kernel: str) -> bool:
    """Whether the kernel's process is there; it is known by its connection file."""
    commands = [entry / "cmdline" for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return any(kernel.encode() in _read(command) for command in commands)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are looked up in /proc")
def test_a_signal_ends_the_server_although_kernels_are_open(tmp_path):
    own = started(tmp_path)
    browser = own.browser("practice_manager")
    kernel = browser.get("/page/billing").kernel
    presence = browser.socket("/presence")
    assert running(kernel)
    assert stopped(own) == 0
    assert "stopped" in presence.recv()
    assert not running(kernel)
    left = [entry for entry in (tmp_path / "log").read_text("utf-8").splitlines() if "Traceback" in entry]
    assert left == []

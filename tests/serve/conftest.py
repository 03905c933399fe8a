"""One running server for the tests of a process: real HTTP, real websockets, a store of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from ccmlib.access.permissions import permissions
from ccmlib.access.users import add_user
from ccmlib.store import engine as stores
from ccmlib.store import migrate

from .browser import PASSWORD, Browser

HERE = Path(__file__).parent
#: What the server's environment holds and no kernel and no answer may.
SECRET = "a-secret-of-the-server"


@dataclass
class Server:
    """A running server, and the ways to reach around it."""

    port: int
    folder: Path
    process: subprocess.Popen
    engine: sa.Engine
    visitors: dict[str, Browser] = field(default_factory=dict)

    def browser(self, name: str = "") -> Browser:
        """A new browser, signed in when a name is given."""
        browser = Browser("127.0.0.1", self.port)
        return browser.sign_in(name) if name else browser

    def visitor(self, name: str) -> Browser:
        """A browser of a session that is signed in once for all tests: for those that do not end it."""
        if name not in self.visitors:
            self.visitors[name] = self.browser(name)
        return self.visitors[name].copy()

    def later(self, seconds: int) -> None:
        """Let the server's clock run ahead of the real one."""
        (self.folder / "next").write_text(str(seconds), "utf-8")
        (self.folder / "next").replace(self.folder / "offset")  # at once: the server must not read half of it

    def now(self) -> int:
        return int(time.time()) + int((self.folder / "offset").read_text("utf-8"))

    def add(self, name: str, role: str, practices: tuple[str, ...] = ("*",), temporary: bool = False) -> str:
        return add_user(self.engine, name, role, PASSWORD, practices, self.now(), temporary).user_name


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    """The server of these tests, with one user for each role, named after it."""
    with_server = started(tmp_path_factory.mktemp("serve"))
    yield with_server
    stopped(with_server)


@pytest.fixture
def ahead(server) -> Iterator[Server]:
    """The server, whose clock is set right again afterwards."""
    yield server
    server.later(0)


def started(folder: Path) -> Server:
    """A server on a free port over a new store, ready to answer."""
    engine = _store(folder)
    dashboards = folder / "dashboards"
    (dashboards / "billing").mkdir(parents=True)
    (dashboards / "__init__.py").touch()  # else a checkout's folder of the same name would be found instead
    (dashboards / "billing" / "model.py").write_text("SOURCE_STAYS_ON_THE_SERVER = True\n", "utf-8")
    for name in ("billing", "care_desk", "not_in_the_table"):
        shutil.copy(HERE / "probe.ipynb", dashboards / f"{name}.ipynb")
    (folder / "offset").write_text("0", "utf-8")
    # A configuration file in the current folder must not be run.
    (folder / "voila.py").write_text("raise SystemExit('voila.py was run')\n", "utf-8")
    port = free_port()
    command = [sys.executable, str(HERE / "server.py"), f"sqlite:///{folder / 'ccm.db'}", str(port), str(dashboards)]
    environment = os.environ | {"CCM_TEST_SECRET": SECRET, "JUPYTER_TOKEN": SECRET, "PGPASSWORD": SECRET,
                                "PYTHONPATH": str(HERE.parent.parent)}  # fmt: skip
    process = subprocess.Popen([*command, str(folder / "offset")], cwd=folder, env=environment, text=True,
                               stdout=subprocess.PIPE, stderr=(folder / "log").open("w"))  # fmt: skip
    assert process.stdout.readline().startswith("http://127.0.0.1"), (folder / "log").read_text("utf-8")
    return Server(port, folder, process, engine)


def stopped(server: Server) -> int:
    """End the server by the signal an administrator would use; its exit code."""
    server.process.terminate()
    code = server.process.wait(timeout=30)
    server.engine.dispose()
    return code


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _store(folder: Path) -> sa.Engine:
    engine = stores.open(f"sqlite:///{folder / 'ccm.db'}")
    migrate.upgrade(engine)
    for role in permissions().roles:
        add_user(engine, role, role, PASSWORD, ["*"], int(time.time()))
    return engine

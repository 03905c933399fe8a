"""The dashboards behind the real server, over the sample practice, and a browser window that writes down complaints."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from ccmlib.access.permissions import permissions
from ccmlib.access.users import add_user
from ccmlib.store import engine as stores

from ..serve.conftest import free_port

ROOT = Path(__file__).parents[2]
PASSWORD = "a long sentence for tests"
#: Where screenshots are left, when it is named.
PICTURES = os.environ.get("CCM_SCREENSHOTS", "")
#: A page starts a kernel; on a busy machine that takes a while.
PATIENCE = 90_000


@contextmanager
def served(url: str, folder: Path):
    """The address of a server over the store at `url`, with one user for each role, named after it."""
    store = stores.open(url)
    for role in permissions().roles:
        add_user(store, role, role, PASSWORD, ["*"], int(time.time()))
    store.dispose()
    (folder / "offset").write_text("0", "utf-8")
    server = ROOT / "tests" / "serve" / "server.py"
    command = [sys.executable, str(server), url, str(free_port()), str(ROOT / "dashboards"), str(folder / "offset")]
    with (folder / "log").open("w") as log, subprocess.Popen(
        command, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True, stdout=subprocess.PIPE, stderr=log
    ) as process:  # fmt: skip
        address = process.stdout.readline().strip().rstrip("/")
        assert address.startswith("http://127.0.0.1"), (folder / "log").read_text("utf-8")
        yield address
        process.terminate()


class Window:
    """A browser window of its own for a user of `role`; `complaints` are errors and requests to anywhere else."""

    def __init__(self, chromium, address: str, role: str):
        self.address, self.complaints = address, []
        self.page = chromium.new_context(viewport={"width": 1360, "height": 900}).new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)
        self._sign_in(role)

    def open(self, name: str, sign: str):
        """The page called `name`, once `sign` (a selector) is there."""
        self.page.goto(f"{self.address}/page/{name}")
        self.page.wait_for_selector(sign)
        return self.page

    def picture(self, name: str) -> None:
        """A screenshot, if somebody wants them."""
        if PICTURES:
            self.page.screenshot(path=Path(PICTURES) / f"{name}.png")

    def _sign_in(self, role: str) -> None:
        self.page.goto(f"{self.address}/sign-in")
        self.page.get_by_label("User name").fill(role)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{self.address}/")

    def _asked(self, request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(request.url)

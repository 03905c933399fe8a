"""Starting the server: the store, the door, the folder of dashboards, and where to listen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..access.permissions import permissions
from ..problem import Problem
from ..store import engine as stores
from ..store import migrate
from .app import Workbench
from .door import Door
from .place import Place

HOST, PORT = "127.0.0.1", 8866


def run_server(
    database_url: str,
    host: str,
    port: int,
    dashboards_folder: Path,
    clock: Callable[[], int],
    *,
    warm: int = 1,
    certificate: tuple[Path, Path] | None = None,
    behind_proxy: bool = False,
    sweep_seconds: float = 5.0,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the dashboards of a folder over the store at `database_url` until a signal comes.

    `clock` gives the UTC second. `warm` kernels wait with their imports done (about 100 MB each).
    `certificate` is a PEM file and its key; `behind_proxy` says that a proxy speaks TLS with the browsers and
    keeps the Host header. `announce` is told the address once the server listens. Raises Problem when the port
    is taken, the store has not this version's tables, the folder is missing, or passwords would cross a network
    in clear.
    """
    folder = Path(dashboards_folder).resolve()
    place = Place(host, port, folder, warm, sweep_seconds, certificate, behind_proxy, announce)
    _refuse_unfit(place)
    database_url = stores.absolute(database_url)  # kernels run in the dashboards' folder
    engine = stores.open(database_url)
    try:
        migrate.require_current(engine)
        server = Workbench(place, Door(engine, database_url, permissions(), clock))
        server.initialize([])
        server.start()
    finally:
        engine.dispose()


def _refuse_unfit(place: Place) -> None:
    if not place.dashboards.is_dir():
        raise Problem(f"There is no folder {place.dashboards}; name the folder of the dashboards' notebooks.")
    if not place.local and not place.secure:
        raise Problem(
            f"On {place.host} passwords would cross the network in clear. Give --certificate and --key, say that a "
            "proxy speaks TLS for it (--behind-proxy), or serve on 127.0.0.1."
        )

"""The standalone Voila application, with everything that it leaves open closed."""

from __future__ import annotations

import shutil
import tempfile

from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import Application
from voila.app import Voila

from ..problem import Problem
from .assets import CLIENT, TEMPLATE
from .configuration import configuration, own_settings
from .connection import ALLOWED_MESSAGES
from .door import Door
from .place import Place
from .routes import routes
from .sweep import sweep

#: What a form may send, in bytes.
LARGEST_FORM = 256 * 1024


class Workbench(Voila):
    """Voila with our door, kernels, routes and template. Nothing is read from configuration files or arguments."""

    def __init__(self, place: Place, door: Door):
        super().__init__(config=configuration(place))
        self.place, self.door, self.warm = place, door, place.warm

    def setup_template_dirs(self) -> None:
        """Our template only; what Jupyter folders offer is not looked at."""
        self.template_paths, self.static_paths = [str(TEMPLATE)], [str(CLIENT)]

    def init_settings(self) -> dict:
        """Voila's settings with our own over them."""
        settings = super().init_settings()
        self.kernel_manager.allowed_message_types = ALLOWED_MESSAGES
        return settings | own_settings(self.place, self.door) | {"ccm_voila": self.voila_configuration}

    def init_handlers(self) -> list:
        """The closed list of addresses."""
        return routes()

    def start(self) -> None:
        """Serve until a signal comes."""
        self.connection_dir = tempfile.mkdtemp(prefix="ccm-", dir=self.connection_dir_root)
        self.app = Application(self.init_handlers(), **self.init_settings())
        try:
            self.listen()
        finally:
            self.stop()

    def listen(self) -> None:
        """Listen on the one port asked for."""
        try:
            server = self.app.listen(
                self.place.port, self.place.host, ssl_options=self.place.tls(), max_body_size=LARGEST_FORM
            )
        except OSError as error:
            reason = error.strerror or "it is taken"
            raise Problem(f"Port {self.place.port} cannot be used ({reason}); choose another with --port.") from error
        self.ioloop = IOLoop.current()
        sweeping = PeriodicCallback(lambda: sweep(self.door, self.kernel_manager), self.place.sweep_seconds * 1000)
        self.ioloop.add_callback(self.kernel_manager.pool.fill)
        self.ioloop.add_callback(self.place.announce, self.place.address)
        sweeping.start()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("Stopping")
        finally:
            sweeping.stop()
            server.stop()

    def stop(self) -> None:
        """End every kernel, within seconds whatever they do; close the door."""
        self.kernel_manager.presences.end_all("stopped")
        self.kernel_manager.kill_all()
        self.door.close()
        shutil.rmtree(self.connection_dir, ignore_errors=True)

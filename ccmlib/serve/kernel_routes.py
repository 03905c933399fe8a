"""The addresses of a page's kernel: its websocket, its state, and its end. Each asks whose the kernel is."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado import web
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from .words import Worded

KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


class Channels(Worded, VoilaKernelWebsocketHandler):
    """The websocket between widgets and kernel."""

    def set_default_headers(self) -> None:
        """As everywhere: a handshake that is refused is a page too, which Jupyter forgets."""
        JupyterHandler.set_default_headers(self)

    async def open(self, kernel_id: str) -> None:
        """Note that a browser is there."""
        self.kernel_manager.presences.sockets.setdefault(kernel_id, set()).add(self)
        await super().open(kernel_id)

    def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on while the session lives; using a widget is using the page."""
        owner = self.kernel_manager.owners.of(self.kernel_id)
        session = self.current_user.session.session_id
        if owner is None or self.door.session(session) is None:
            self.close()
            return
        owner.used_at = self.door.clock()
        self.door.used(session)
        super().on_message(ws_message)

    def on_close(self) -> None:
        """Note that it is gone."""
        self.kernel_manager.presences.sockets.get(self.kernel_id, set()).discard(self)
        if self.connection:
            super().on_close()


class Kernel(Worded, APIHandler):
    """A kernel's state and end, for the session that owns it."""

    auth_resource = "kernels"

    @web.authenticated
    @authorized
    async def get(self, kernel_id: str) -> None:
        """The kernel's id, name and state, as JupyterLab's client asks for them."""
        self.finish(self.kernel_manager.kernel_model(kernel_id))

    @web.authenticated
    @authorized
    async def delete(self, kernel_id: str) -> None:
        """End the kernel."""
        await self.kernel_manager.shutdown_kernel(kernel_id)
        self.set_status(204)
        self.finish()


class Shutdown(Worded, APIHandler):
    """The page says that it is being left; its kernel ends with it."""

    auth_resource = "kernels"

    @web.authenticated
    @authorized(action="write")
    async def post(self, kernel_id: str) -> None:
        """End the kernel of the page."""
        await self.kernel_manager.shutdown_kernel(kernel_id)
        self.set_status(204)
        self.finish()

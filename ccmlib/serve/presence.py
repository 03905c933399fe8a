"""Which tabs are there: each signed-in page keeps one small websocket, by which it is told that it ends, and why."""

from __future__ import annotations

import json

from jupyter_server.base.websocket import WebSocketMixin
from tornado.websocket import WebSocketHandler

from .words import Worded

#: Of the range that applications may use: this page is over.
OVER = 4001


class Presences:
    """The tabs that are connected, by session and kernel, and the kernels' own websockets."""

    def __init__(self):
        self.tabs: set[Presence] = set()
        self.sockets: dict[str, set[WebSocketHandler]] = {}

    def tell(self, session_id: str, message: dict) -> None:
        """Tell every tab of a session."""
        for tab in [tab for tab in self.tabs if tab.session_id == session_id]:
            tab.tell(message)

    def end_session(self, session_id: str, why: str) -> None:
        """Tell every tab of the session that it is over."""
        for tab in [tab for tab in self.tabs if tab.session_id == session_id]:
            tab.end(why)

    def end_all(self, why: str) -> None:
        """Tell every tab that the server ends."""
        for tab in list(self.tabs):
            tab.end(why)

    def end_kernel(self, kernel_id: str, why: str) -> None:
        """Tell the tab of a kernel that it is over, and cut its websockets off."""
        for tab in [tab for tab in self.tabs if tab.kernel_id == kernel_id]:
            tab.end(why)
        for socket in list(self.sockets.pop(kernel_id, ())):
            socket.close(OVER, why)

    def connected(self, kernel_id: str) -> bool:
        """Whether a browser is there for the kernel."""
        return bool(self.sockets.get(kernel_id)) or any(tab.kernel_id == kernel_id for tab in self.tabs)


class Presence(WebSocketMixin, WebSocketHandler, Worded):
    """One tab. It says ``used`` when its user does something; it hears ``soon``, ``on`` and ``over``."""

    session_id = kernel_id = ""

    async def get(self, kernel_id: str = "") -> None:
        """Open the websocket for a signed-in user; a kernel has to be theirs."""
        self.session_id, self.kernel_id = self.current_user.session.session_id, kernel_id or ""
        if self.kernel_id and not self.kernel_manager.owners.owns(self.kernel_id, self.session_id):
            raise self.refusal()
        await super().get()

    def open(self) -> None:
        """Note that the tab is there."""
        super().open()
        self.kernel_manager.presences.tabs.add(self)
        self._reached()

    def on_message(self, message: str | bytes) -> None:
        """Somebody is using the page; nothing else can be said."""
        if message == "used" and self.door.session(self.session_id):
            self.door.used(self.session_id)
            self._reached()
            self.kernel_manager.presences.tell(self.session_id, {"state": "on"})

    def on_close(self) -> None:
        """The tab is gone; its kernel may wait a while for it."""
        self.kernel_manager.presences.tabs.discard(self)

    def tell(self, message: dict) -> None:
        """Send a message, unless the browser is gone already."""
        if self.ws_connection and not self.ws_connection.is_closing():
            self.write_message(json.dumps(message))

    def end(self, why: str) -> None:
        """Say why the page ends, and close."""
        self.tell({"state": "over", "why": why})
        self.close(OVER, why)

    def _reached(self) -> None:
        owner = self.kernel_manager.owners.of(self.kernel_id)
        if owner:
            owner.used_at = self.door.clock()

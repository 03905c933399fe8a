"""The messages between a page and its kernel: only those of widgets pass in, and no source or traceback passes out.

Both websocket protocols end here, the binary one and the older JSON one, so a rule is said once.
"""

from __future__ import annotations

import json

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

#: By channel, what a page may ask of its kernel. Everything else, and every other channel, is dropped.
MAY_COME_IN = {"shell": frozenset({"comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request"})}
ALLOWED_MESSAGES = sorted(MAY_COME_IN["shell"])
#: The source of a cell, and what a failed one answers.
STAYS_IN = frozenset(
    {"execute_input", "execute_reply", "debug_event", "inspect_reply", "history_reply", "input_request"}
)
FAILED = "This part of the page could not be shown."


class WidgetsOnly(ZMQChannelsWebsocketConnection):
    """Jupyter's connection with a narrower list in, and a list out, which Jupyter does not have."""

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Pass a widget's message on; drop everything else without an answer."""
        if self.channels and self._may_come_in(incoming_msg):
            super().handle_incoming_message(incoming_msg)

    def handle_outgoing_message(self, stream, outgoing_msg: list) -> None:
        """Pass a message to the page, without sources, standard error and tracebacks."""
        _, parts = self.session.feed_identities(outgoing_msg)
        kind = self.session.unpack(parts[1])["msg_type"]
        content = self.session.unpack(parts[4])
        if kind in STAYS_IN or (kind == "stream" and content.get("name") == "stderr"):
            return
        if b"traceback" in bytes(parts[4]):
            outgoing_msg = self._signed(outgoing_msg, parts, _without_traceback(content))
        super().handle_outgoing_message(stream, outgoing_msg)

    def _on_error(self, channel, msg, msg_list) -> None:
        """Nothing more: Jupyter's own way of hiding a traceback fails on a name that does not exist."""

    def _may_come_in(self, message: str | bytes) -> bool:
        try:
            channel, header = self._asked(message)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return False
        return header.get("msg_type") in MAY_COME_IN.get(channel, ())

    def _asked(self, message: str | bytes) -> tuple[str, dict]:
        if self.subprotocol:
            count = int.from_bytes(message[:8], "little")
            ends = [int.from_bytes(message[8 * at : 8 * at + 8], "little") for at in range(1, min(count, 16) + 1)]
            return message[ends[0] : ends[1]].decode("utf-8"), json.loads(message[ends[1] : ends[2]])
        if isinstance(message, bytes):
            first = int.from_bytes(message[4:8], "big")
            count = int.from_bytes(message[:4], "big")
            end = int.from_bytes(message[8:12], "big") if count > 1 else None
            message = message[first:end].decode("utf-8")
        found = json.loads(message)
        return found["channel"], found["header"]

    def _signed(self, message: list, parts: list, content: dict) -> list:
        identities = message[: len(message) - len(parts)]
        packed = [*parts[1:4], self.session.pack(content)]
        return [*identities, self.session.sign(packed), *packed, *parts[5:]]


def _without_traceback(value):
    if isinstance(value, list):
        return [_without_traceback(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "traceback" in value:
        value = value | {"ename": "Error", "evalue": FAILED, "traceback": [FAILED]}
    return {key: each if key == "traceback" else _without_traceback(each) for key, each in value.items()}

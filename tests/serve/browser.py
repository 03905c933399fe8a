"""A browser without a screen: sends exactly the path it is given, keeps cookies, opens websockets."""

from __future__ import annotations

import json
import re
import struct
import uuid
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import pairwise
from urllib.parse import urlencode

from websocket import WebSocket, create_connection

V1 = "v1.kernel.websocket.jupyter.org"
PARTS = ("header", "parent_header", "metadata", "content")
PASSWORD = "four random words here"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def kernel(self) -> str:
        """The kernel's id in a dashboard's page."""
        return re.search(r'data-kernel="([\w-]+)"', self.text)[1]


class Browser:
    """One browser with its own cookies."""

    def __init__(self, host: str, port: int):
        self.host, self.port = host, port
        self.cookies: dict[str, str] = {}

    def request(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> Answer:
        connection = HTTPConnection(self.host, self.port, timeout=60)
        connection.request(method, path, body or None, {"Cookie": self.cookie} | (headers or {}))
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        self._keep(response.headers.get_all("Set-Cookie") or [])
        connection.close()
        return Answer(response.status, dict(response.headers.items()), text)

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, fields: dict[str, str] | None = None, key: bool = True) -> Answer:
        """Post a form, with the key against forged forms unless told otherwise."""
        if key and "_xsrf" not in self.cookies:
            self.get("/sign-in")
        given = dict(fields or {}) | ({"_xsrf": self.cookies["_xsrf"]} if key else {})
        return self.request("POST", path, urlencode(given), {"Content-Type": "application/x-www-form-urlencoded"})

    def sign_in(self, name: str, password: str = PASSWORD) -> Browser:
        assert self.post("/sign-in", {"name": name, "password": password}).status == 302
        return self

    def socket(self, path: str, protocol: str = "", origin: str = "") -> WebSocket:
        address = f"ws://{self.host}:{self.port}{path}"
        protocols = [protocol] if protocol else None
        return create_connection(address, cookie=self.cookie, subprotocols=protocols, timeout=10,
                                 origin=origin or f"http://{self.host}:{self.port}")  # fmt: skip

    def copy(self) -> Browser:
        """Somebody who stole this browser's cookies."""
        made = Browser(self.host, self.port)
        made.cookies = dict(self.cookies)
        return made

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if not morsel.value:
                    del self.cookies[name]


def message(kind: str, content: dict) -> dict:
    """A kernel message as a page would send it."""
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": "s", "version": "5.3",
              "date": "2026-01-01T00:00:00Z"}  # fmt: skip
    return {"header": header, "parent_header": {}, "metadata": {}, "content": content}


def as_v1(channel: str, told: dict) -> bytes:
    """A message in the binary protocol."""
    parts = [channel.encode(), *(json.dumps(told[part]).encode() for part in PARTS)]
    ends = [8 * (len(parts) + 2)]
    for part in parts:
        ends.append(ends[-1] + len(part))
    return struct.pack(f"<{len(ends) + 1}Q", len(ends), *ends) + b"".join(parts)


def from_v1(data: bytes) -> dict:
    """A binary message as a dictionary."""
    count = int.from_bytes(data[:8], "little")
    ends = struct.unpack(f"<{count}Q", data[8 : 8 * (count + 1)])
    parts = [data[start:end] for start, end in pairwise(ends)]
    found = dict(zip(PARTS, map(json.loads, parts[1:5]), strict=True))
    return found | {"channel": parts[0].decode()}

"""Where the server listens, what it serves, and how it keeps itself; see ``run_server``."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..problem import Problem


@dataclass(frozen=True)
class Place:
    """The settings of one server."""

    host: str
    port: int
    dashboards: Path
    warm: int
    sweep_seconds: float
    certificate: tuple[Path, Path] | None
    behind_proxy: bool
    announce: Callable[[str], None]

    @property
    def address(self) -> str:
        """What to type into a browser on this computer."""
        return f"{'https' if self.certificate else 'http'}://{self.host}:{self.port}/"

    @property
    def secure(self) -> bool:
        """Whether browsers come over TLS."""
        return self.certificate is not None or self.behind_proxy

    @property
    def local(self) -> bool:
        """Whether only this computer can reach the server."""
        return self.host in ("127.0.0.1", "localhost", "::1")

    def tls(self) -> ssl.SSLContext | None:
        """What to speak TLS with; None when a proxy does, or nobody."""
        if self.certificate is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            context.load_cert_chain(*self.certificate)
        except (OSError, ssl.SSLError) as error:
            file = self.certificate[0]
            raise Problem(f"The certificate {file} cannot be used: {error}. Give a PEM file and its key.") from error
        return context

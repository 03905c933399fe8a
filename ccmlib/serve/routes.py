"""The closed list of addresses. What is not here does not exist, whatever Voila or Jupyter would add."""

from __future__ import annotations

from .assets import CLIENT, ClientFile, Ours, extension_folders
from .dashboard import Dashboard
from .kernel_routes import KERNEL_ID, Channels, Kernel, Shutdown
from .pages import Over, Password, SignIn, SignOut, Start, Still
from .presence import Presence

NAME = r"([a-z0-9_]+)"


def routes() -> list[tuple]:
    """Address patterns with their handlers."""
    extensions = [
        (rf"/voila/labextensions/{name}/(.*)", ClientFile, {"path": str(folder)})
        for name, folder in extension_folders().items()
    ]
    return [
        (r"/", Start),
        (r"/sign-in", SignIn),
        (r"/sign-out", SignOut),
        (r"/password", Password),
        (rf"/over/{NAME}", Over),
        (rf"/page/{NAME}", Dashboard),
        (r"/still", Still),
        (rf"/still/{KERNEL_ID}", Still),
        (r"/presence", Presence),
        (rf"/presence/{KERNEL_ID}", Presence),
        (r"/assets/([a-z.]+)", Ours),
        (rf"/api/kernels/{KERNEL_ID}", Kernel),
        (rf"/api/kernels/{KERNEL_ID}/channels", Channels),
        (rf"/voila/api/shutdown/{KERNEL_ID}", Shutdown),
        (r"/voila/static/(.*)", ClientFile, {"path": str(CLIENT)}),
        *extensions,
    ]

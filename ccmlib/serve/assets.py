"""The files a page loads: our style sheet and script for everybody, the widgets' client for who is signed in."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyterlab_server.config import get_federated_extensions
from tornado import web

import ccmlib.reports

from .words import Worded

TEMPLATE = Path(__file__).with_name("template")
#: One palette: the reports' style sheet first, then what only pages with controls need.
STYLES = (Path(ccmlib.reports.__file__).with_name("style.css"), TEMPLATE / "page.css", TEMPLATE / "widgets.css")
OURS = {"ccm.css": ("text/css", STYLES), "page.js": ("text/javascript", (TEMPLATE / "page.js",))}
SHARE = Path(sys.prefix) / "share" / "jupyter"
CLIENT = SHARE / "voila" / "templates" / "base" / "static"
#: The extensions of the widgets' client that may run in a page. Others that are installed are not loaded.
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget")


class Ours(Worded):
    """Our own style sheet and script; the sign-in page needs them too."""

    @allow_unauthenticated
    def get(self, name: str) -> None:
        """One of the files named above."""
        if name not in OURS:
            raise self.refusal(404)
        kind, parts = OURS[name]
        self.set_header("Content-Type", f"{kind}; charset=UTF-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish("\n".join(part.read_text("utf-8") for part in parts))


class ClientFile(Worded, web.StaticFileHandler):
    """A file of the widgets' client, below one folder."""

    def set_extra_headers(self, path: str) -> None:
        """The browser may keep it, and asks whether it is still good."""
        self.set_header("Cache-Control", "private, no-cache")


@cache
def extension_folders() -> dict[str, Path]:
    """The folders of the allowed extensions that this installation has."""
    roots = [SHARE / "labextensions", SHARE / "voila" / "labextensions"]
    return {name: root / name for name in EXTENSIONS for root in roots if (root / name / "package.json").is_file()}


@cache
def federated() -> list[dict]:
    """How the client loads each of them."""
    found = get_federated_extensions([str(SHARE / "labextensions"), str(SHARE / "voila" / "labextensions")])
    return [_entry(found[name]) for name in extension_folders()]


def _entry(extension: dict) -> dict:
    build = extension["jupyterlab"]["_build"]
    kept = {key: build[key] for key in ("load", "extension", "style", "mimeExtension") if key in build}
    return {"name": extension["name"]} | kept

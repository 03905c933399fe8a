"""Every setting of Voila, Jupyter and Tornado whose own value would leave something open."""

from __future__ import annotations

import logging

import jinja2
from traitlets.config import Config

from .assets import TEMPLATE
from .connection import WidgetsOnly
from .dashboard import may_open
from .door import Door
from .identity import KernelOwner, SessionIdentity
from .kernels import OwnPython, PageKernels
from .place import Place
from .policy import dashboard_policy, headers
from .words import Nowhere

#: What a page may send at once, in bytes.
LARGEST_MESSAGE = 8 * 1024 * 1024
#: A browser that does not answer for this long is gone, in milliseconds.
PING = 30_000


def configuration(place: Place) -> Config:
    """The settings of Voila and what it makes."""
    given = Config()
    given.Voila.update(
        port=place.port, ip=place.host, port_retries=0, open_browser=False, config_file_paths=[], log_level="WARN",
        root_dir=str(place.dashboards), identity_provider_class=SessionIdentity, authorizer_class=KernelOwner,
        kernel_websocket_connection_class=WidgetsOnly, token="",
    )  # fmt: skip
    given.VoilaConfiguration.update(
        template="ccm", allow_template_override="NO", allow_theme_override="NO", prelaunch_hook=may_open,
        strip_sources=True, show_tracebacks=False, file_allowlist=[], http_header_envs=[], preheat_kernel=False,
        progressive_rendering=False, extension_language_mapping={}, multi_kernel_manager_class=PageKernels,
        kernel_spec_manager_class=OwnPython,
    )  # fmt: skip
    given.PageKernels.update(
        allow_tracebacks=False, buffer_offline_messages=False, transport_encryption="auto", cull_idle_timeout=0
    )
    given.KernelManager.autorestart = False  # a restarted kernel would be nobody's
    given.VoilaExecutor.cell_error_instruction = ""
    return given


def own_settings(place: Place, door: Door) -> dict:
    """The settings of the web server: what our handlers need, and how cookies, headers and websockets are kept."""
    return {
        "ccm_door": door, "ccm_folder": place.dashboards, "ccm_secure": place.secure,
        "ccm_frame": jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True),
        "ccm_template_paths": [str(TEMPLATE)], "ccm_dashboard_policy": dashboard_policy(),
        "headers": headers(place.secure), "login_url": "/sign-in", "default_handler_class": Nowhere,
        "allow_remote_access": not place.local, "allow_origin": "", "disable_check_xsrf": False,
        "xsrf_cookie_kwargs": {"samesite": "Strict", "secure": place.secure}, "serve_traceback": False,
        "autoreload": False, "websocket_max_message_size": LARGEST_MESSAGE, "ws_ping_interval": PING,
        "ws_ping_timeout": PING, "log_function": _log,
    }  # fmt: skip


def _log(handler) -> None:
    """Refused requests, without the query: it may name a patient."""
    if handler.get_status() >= 400:
        request = handler.request
        logging.getLogger(__name__).warning("%s %s %s", handler.get_status(), request.method, request.path)

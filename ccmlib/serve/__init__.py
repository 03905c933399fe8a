"""``ccm serve``: the dashboards behind a sign-in. Only this package knows Voila, Jupyter Server and Tornado."""

from .run import run_server

__all__ = ["run_server"]

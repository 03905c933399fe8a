"""What a kernel inherits from the server's environment: what Python and the system need, and not one secret more."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

#: Named, not filtered: a variable nobody thought of stays behind.
KEPT = (
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TZDIR", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT",
    "VIRTUAL_ENV", "CONDA_PREFIX", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "MPLCONFIGDIR", "PYTHONPATH",
    "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS",
)  # fmt: skip
KEPT_PREFIX = "LC_"


def kernel_environment(server: Mapping[str, str], own_folder: Path, dashboards: Path) -> dict[str, str]:
    """The environment a kernel starts with; its IPython profile is a new one, so no startup file runs in it.

    The folder around the dashboards is on the path, so a notebook says ``from dashboards.billing.view import page``.
    """
    kept = {name: value for name, value in server.items() if name in KEPT or name.startswith(KEPT_PREFIX)}
    path = os.pathsep.join(filter(None, [str(dashboards.parent), server.get("PYTHONPATH")]))
    return kept | {"IPYTHONDIR": str(own_folder / "ipython"), "MPLBACKEND": "agg", "PYTHONPATH": path}

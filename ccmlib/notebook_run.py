"""Running a report notebook: parameters are checked first, a run that fails leaves no half result, then HTML."""

from __future__ import annotations

import ast
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import papermill
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from .month import Month
from .problem import Problem
from .reports.canonical import canonical_notebook
from .reports.notebook_parameters import typed
from .reports.page_html import page_html
from .reports.source import CHECKOUT

__all__ = ["canonical_notebook", "notebook_path", "run_notebook", "store_outputs"]

NOTEBOOKS = CHECKOUT / "notebooks"
#: What a kernel says of itself when it is stopped is nothing to a reader.
QUIET = ["--log-level=CRITICAL"]
PASSWORD = re.compile(r"(://[^:/@\s\"]*):[^@/\s\"]+@")
#: Errors whose text is a sentence for the user already.
PROBLEMS = ("Problem", "NotInForce", "BadRows")
FOLDER_NAME = re.compile(r"[\w-][\w.-]*")


def run_notebook(name: str, parameters: dict[str, str], out: Path, progress: bool | None = None) -> Path:
    """Run the notebook `name` with `parameters` and return its HTML page.

    Writes ``out/<month>/<practice or "all">/NAME.ipynb`` and ``.html``, and what the notebook writes itself there.
    `progress` shows a bar of cells (None: on a terminal only). Raises Problem before anything runs for an unknown
    notebook or parameter and for a value of the wrong type; after a failed run, which stays as NAME.failed.ipynb.
    """
    source = notebook_path(name)
    defaults = parameter_defaults(source)
    given = {key: typed(key, value, defaults) for key, value in parameters.items()}
    folder = folder_of(defaults | given, Path(out))
    if "out" in defaults and not given.get("out"):
        given["out"] = folder.as_posix()
    return _page(_executed(source, given, folder, sys.stderr.isatty() if progress is None else progress))


def notebook_path(name: str) -> Path:
    """The file of the notebook `name`; Problem with the names there are when there is none."""
    known = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
    if not known:
        raise Problem("This installation has no notebooks; run reports from a checkout, which has them in notebooks/.")
    if name not in known:
        raise Problem(f"There is no notebook {name!r}; there are {', '.join(known)}.")
    return NOTEBOOKS / f"{name}.ipynb"


def parameter_defaults(notebook: Path) -> dict[str, object]:
    """The notebook's parameters with their default values, which say their types."""
    found = papermill.inspect_notebook(notebook)
    return {name: ast.literal_eval(each["default"]) for name, each in found.items()}


def folder_of(parameters: dict[str, object], out: Path) -> Path:
    """Where the results of a run go: by month and practice, where the notebook has such parameters."""
    month, practice = parameters.get("month", ""), str(parameters.get("practice") or "all")
    if not FOLDER_NAME.fullmatch(practice):
        raise Problem(f"Practice {practice!r} cannot name a folder; use letters, digits, hyphens and underscores.")
    return out / str(Month(month)) / practice if month else out / practice


def store_outputs(name: str) -> Path:
    """Run the notebook `name` as it is and keep its outputs in it: they are what later runs are compared with."""
    path = notebook_path(name)
    node = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    with private_kernel() as kernel:
        NotebookClient(node, resources=place, record_timing=False, **kernel).execute()
    node.metadata["language_info"] = {"name": "python"}
    nbformat.write(node, path)
    return path


@contextmanager
def private_kernel() -> Iterator[dict[str, object]]:
    """Settings of a kernel that listens on sockets in a folder of its own and not on the network.

    Windows has no such sockets; there it listens on ports of this machine.
    """
    with tempfile.TemporaryDirectory(prefix="ccm-") as folder:
        sockets = {} if os.name == "nt" else {"transport": "ipc", "ip": f"{folder}/kernel"}

        class PrivateKernel(AsyncKernelManager):
            def __init__(self, **settings):
                super().__init__(**settings, **sockets)

        yield {"kernel_manager_class": PrivateKernel, "extra_arguments": QUIET}


def _executed(source: Path, parameters: dict[str, object], folder: Path, progress: bool) -> Path:
    """The notebook as run, in `folder`; it has its name only when every cell succeeded."""
    folder.mkdir(parents=True, exist_ok=True)
    done, failed, running = (folder / f"{source.stem}{end}.ipynb" for end in ("", ".failed", ".running"))
    try:
        with private_kernel() as kernel:
            papermill.execute_notebook(source, running, parameters, progress_bar=progress, **kernel)
        _keep(running, done)
    except (PapermillExecutionError, DeadKernelError, CellTimeoutError) as error:
        _keep(running, failed)
        raise Problem(f"{_told(error, failed)} The notebook as far as it ran: {failed}") from error
    finally:
        running.unlink(missing_ok=True)
    failed.unlink(missing_ok=True)
    return done


def _told(error: Exception, failed: Path) -> str:
    """The cell and its error in one sentence; a Problem of the notebook is a sentence already."""
    if not isinstance(error, PapermillExecutionError):
        return f"The notebook's Python stopped: {str(error).strip().splitlines()[0].rstrip('.')}."
    what = error.evalue if error.ename in PROBLEMS else f"{error.ename}: {error.evalue}"
    return f"Cell {_failed_cell(failed)} failed: {what.strip().rstrip('.')}."


def _failed_cell(failed: Path) -> str:
    """The id of the cell that ended in an error."""
    cells = nbformat.read(failed, as_version=4).cells
    ended = (cell.id for cell in cells if any(each.output_type == "error" for each in cell.get("outputs", [])))
    return repr(next(ended, "?"))


def _keep(running: Path, name: Path) -> None:
    """Give the notebook its name; a database's password is taken out of it first."""
    running.write_text(PASSWORD.sub(r"\1:***@", running.read_text("utf-8")), "utf-8")
    running.replace(name)


def _page(notebook: Path) -> Path:
    """The notebook's HTML page, beside it."""
    node = nbformat.read(notebook, as_version=4)
    page, running = notebook.with_suffix(".html"), notebook.with_suffix(".running.html")
    running.write_text(page_html(node, _title(node) or notebook.stem.replace("_", " ")), "utf-8")
    running.replace(page)
    return page


def _title(notebook: nbformat.NotebookNode) -> str:
    """The first heading that a cell put out."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    with_heading = (output.data for output in outputs if "<h1>" in output.get("data", {}).get("text/html", ""))
    return next((data["text/plain"] for data in with_heading), "")

"""What a notebook says, without what differs from run to run."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import nbformat


def canonical_notebook(path: Path) -> str:
    """SHA-256 of a notebook without papermill's times and paths and the random id of the injected cell.

    Two runs of one notebook on the same facts, rules and parameters have the same one.
    """
    node = nbformat.read(path, as_version=4)
    said = [_said(cell) for cell in node.cells]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _said(cell: nbformat.NotebookNode) -> dict:
    tags = cell.metadata.get("tags", [])
    left_out = {"metadata", "id"} if "injected-parameters" in tags else {"metadata"}
    return {key: value for key, value in cell.items() if key not in left_out} | {"tags": tags}

"""A run notebook as one HTML page for a reader: no code, our style sheet, nothing from outside."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

from .palette import style_sheet

#: Cells with this tag are for JupyterLab only: a page brings its own style.
LEFT_OUT = "only-in-jupyter"


def page_html(notebook: nbformat.NotebookNode, title: str) -> str:
    """The page called `title`; the title also runs at the head of each printed page."""
    # Headings need no paragraph sign to point at them: a reader has a page, no outline.
    exporter = HTMLExporter(
        template_name="page", extra_template_basedirs=[str(Path(__file__).parent)], exclude_anchor_links=True
    )
    cells = [cell for cell in notebook.cells if LEFT_OUT not in cell.metadata.get("tags", [])]
    page = {"title": title, "style": style_sheet(), "running": json.dumps(title)}
    shown = nbformat.NotebookNode(notebook | {"cells": cells})
    return exporter.from_notebook_node(shown, {"ccm": page})[0]

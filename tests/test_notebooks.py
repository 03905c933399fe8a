"""Notebooks are functions: parameters, one load, one call a section; nothing is decided in a cell."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LOGIC = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp, ast.With,
    ast.Try, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Match,
)  # fmt: skip
MOST_LINES = 15


def cells(path: Path, kind: str = "code") -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_cell_defines_branches_or_repeats(path):
    for cell in cells(path):
        found = [type(node).__name__ for node in ast.walk(ast.parse(cell.source)) if isinstance(node, LOGIC)]
        assert not found, f"cell {cell.id}: {found}"
        assert len(cell.source.splitlines()) <= MOST_LINES, f"cell {cell.id} is long"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_parameters_stand_in_one_cell_as_plain_values(path):
    tagged = [cell for cell in cells(path) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    for line in ast.parse(tagged[0].source).body:
        assert isinstance(line, ast.Assign)
        ast.literal_eval(line.value)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stored_and_say_nothing_of_a_machine_or_a_time(path):
    for cell in cells(path):
        assert "execution" not in cell.metadata
        assert all(output.output_type in ("execute_result", "display_data") for output in cell.outputs)
    assert all(cell.outputs for cell in cells(path) if "parameters" not in cell.metadata.get("tags", []))
    assert nbformat.read(path, as_version=4).metadata.language_info == {"name": "python"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_are_called_by_words(path):
    for cell in nbformat.read(path, as_version=4).cells:
        assert cell.id.replace("-", "").isalpha(), f"{cell.id}: an id made by chance tells nobody where a run failed"

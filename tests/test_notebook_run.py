"""Running a report notebook: what is refused before it runs, what a failed run leaves, what a good one gives."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from ccmlib import notebook_run
from ccmlib.notebook_run import canonical_notebook, run_notebook
from ccmlib.problem import Problem
from ccmlib.reports.notebook_parameters import typed

CLOSE = "month_end_close"
DEFAULTS = {"month": "2026-10", "strict": True, "size": 30, "share": 0.5}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The page of a run on the sample practice."""
    return run_notebook(CLOSE, {"month": "2026-10", "practice": "PR01"}, tmp_path_factory.mktemp("out"))


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Called with the sources of cells, a notebook called ``small`` that can be run."""

    def write(*sources: str, parameters: str = 'month = "2026-10"') -> None:
        first = new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]})
        others = [new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(sources, 1)]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(new_notebook(cells=[first, *others], metadata=kernel), tmp_path / "small.ipynb")

    monkeypatch.setattr(notebook_run, "NOTEBOOKS", tmp_path)
    return write


def test_a_run_writes_notebook_page_and_files_by_month_and_practice(page):
    assert page.parts[-3:] == ("2026-10", "PR01", "month_end_close.html")
    names = sorted(path.name for path in page.parent.iterdir())
    assert names == ["claim_lines.csv", "holds.csv", "month_end_close.html", "month_end_close.ipynb", "seconds.csv"]


def test_two_runs_say_the_same(page):
    first = canonical_notebook(page.with_suffix(".ipynb")), page.read_bytes()
    again = run_notebook(CLOSE, {"month": "2026-10", "practice": "PR01"}, page.parents[2])
    assert (canonical_notebook(again.with_suffix(".ipynb")), again.read_bytes()) == first


def test_another_month_says_something_else(page):
    other = run_notebook(CLOSE, {"month": "2026-09", "practice": "PR01"}, page.parents[2])
    assert canonical_notebook(other.with_suffix(".ipynb")) != canonical_notebook(page.with_suffix(".ipynb"))


def test_the_page_needs_nothing_from_outside(page):
    text = page.read_text("utf-8")
    assert not re.findall(r"https?://|//cdn|<script|<link|@import|\bsrc=|url\((?!#)", text)


def test_the_page_has_a_title_and_shows_no_code(page):
    text = page.read_text("utf-8")
    assert "<title>Month-end close, Sample Family Practice, October 2026</title>" in text
    assert "month_report" not in text and "report." not in text and "PR01" not in text.split("<main>")[1][:2000]
    assert text.count("<style>") == 1


def test_an_unknown_parameter_is_refused_before_anything_runs(tmp_path):
    with pytest.raises(Problem, match=r"no parameter 'monht'; it has month, practice, database, as_of, out"):
        run_notebook(CLOSE, {"monht": "2026-10"}, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("strict", "false", False),
        ("strict", "True", True),
        ("size", "12", 12),
        ("share", "0.25", 0.25),
        ("month", "1", "1"),
    ],
)
def test_text_takes_the_type_of_the_parameter(name, text, value):
    found = typed(name, text, DEFAULTS)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "text"), [("strict", "no"), ("strict", "1"), ("size", "ten"), ("size", "1.5"), ("share", "")]
)
def test_a_value_of_the_wrong_type_is_refused(name, text):
    with pytest.raises(Problem, match=f"Parameter {name} is '{text}'; expected"):
        typed(name, text, DEFAULTS)


@pytest.mark.parametrize(
    ("month", "practice"), [("2026-13", ""), ("October", ""), ("2026-10", "../x"), ("2026-10", "a/b")]
)
def test_what_cannot_name_a_folder_is_refused_before_anything_runs(tmp_path, month, practice):
    with pytest.raises(Problem):
        run_notebook(CLOSE, {"month": month, "practice": practice}, tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_unknown_notebook_is_refused_with_the_ones_there_are(tmp_path):
    with pytest.raises(Problem, match=r"no notebook 'month_end'; there are .*month_end_close"):
        run_notebook("month_end", {}, tmp_path)


def test_an_installation_without_notebooks_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(notebook_run, "NOTEBOOKS", tmp_path)
    with pytest.raises(Problem, match="no notebooks"):
        run_notebook(CLOSE, {}, tmp_path)


def test_a_problem_in_a_cell_is_told_in_one_sentence(tmp_path):
    with pytest.raises(Problem, match=r"^Cell 'load' failed: There is no practice 'nowhere'; known are PR01\. "):
        run_notebook(CLOSE, {"month": "2026-10", "practice": "nowhere"}, tmp_path)


def test_a_failed_run_keeps_its_notebook_and_the_last_good_result(notebook, tmp_path):
    notebook("1 + 1")
    good = run_notebook("small", {}, tmp_path / "out")
    before = good.read_bytes(), good.with_suffix(".ipynb").read_bytes()
    notebook("1 + 1", "1 / 0")
    with pytest.raises(
        Problem, match=r"Cell 'cell-2' failed: ZeroDivisionError: division by zero.*small\.failed\.ipynb"
    ):
        run_notebook("small", {}, tmp_path / "out")
    assert (good.read_bytes(), good.with_suffix(".ipynb").read_bytes()) == before
    assert "ZeroDivisionError" in good.with_name("small.failed.ipynb").read_text("utf-8")
    notebook("1 + 1")
    run_notebook("small", {}, tmp_path / "out")
    assert sorted(path.name for path in good.parent.iterdir()) == ["small.html", "small.ipynb"]


def test_a_kernel_that_dies_is_told_in_one_sentence(notebook, tmp_path):
    notebook("import os\nos._exit(1)")
    with pytest.raises(Problem, match="The notebook's Python stopped"):
        run_notebook("small", {}, tmp_path / "out")


def test_a_password_of_the_database_stays_in_no_file(notebook, tmp_path):
    notebook("len(database)", parameters='month = "2026-10"\ndatabase = ""')
    page = run_notebook("small", {"database": "postgresql://ann:s3cret-word@host/ccm"}, tmp_path / "out")
    kept = "".join(path.read_text("utf-8") for path in page.parent.iterdir())
    assert "s3cret-word" not in kept and "postgresql://ann:***@host/ccm" in kept


def test_stored_outputs_are_what_a_run_gives(notebook, tmp_path):
    notebook("month")
    stored = notebook_run.store_outputs("small")
    assert nbformat.read(stored, as_version=4).cells[1].outputs[0].data["text/plain"] == "'2026-10'"
    first = stored.read_bytes()
    assert notebook_run.store_outputs("small").read_bytes() == first


def test_no_socket_of_a_kernel_is_left_behind(notebook, tmp_path, monkeypatch):
    notebook("month")
    monkeypatch.chdir(tmp_path)
    run_notebook("small", {}, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "small.ipynb"]

"""The house keeps its borders: who may import what, no clock and no rule in the code, dependencies told once."""

from __future__ import annotations

import ast
import re
import statistics
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

HOME = Path(__file__).parent.parent
LIBRARY = HOME / "ccmlib"
SOURCES = sorted(path for path in LIBRARY.rglob("*.py"))
#: What a package may be imported by: folders or files below ccmlib/ (or the whole of dashboards/).
ALLOWED = {
    "sqlalchemy": ("store", "access"),
    "alembic": ("store",),
    "psycopg": ("store",),
    "typer": ("cli",),
    "ipywidgets": (),
    "traitlets": ("notebook_run", "serve"),
    "voila": ("serve",),
    "tornado": ("serve",),
    "argon2": ("access",),
    "scipy": ("audit",),
    "matplotlib": ("reports",),
    "papermill": ("notebook_run",),
}
#: The sample practice is data about people who do not exist: dates and codes are its very content.
DATA_ABOUT_PEOPLE = ("sample",)
CONDA_NAMES = {"psycopg": "psycopg[binary]", "python-tzdata": "tzdata"}


def place(path: Path) -> str:
    return path.relative_to(LIBRARY).as_posix()


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_a_package_is_imported_only_where_it_belongs(path):
    for name in imports(path):
        allowed = ALLOWED.get(name.split(".")[0])
        assert allowed is None or place(path).startswith(allowed), f"{name} does not belong in {place(path)}"


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_the_library_knows_no_notebook_dashboard_or_test(path):
    assert not {name.split(".")[0] for name in imports(path)} & {"notebooks", "dashboards", "tests", "benchmarks"}


@pytest.mark.parametrize("path", [p for p in SOURCES if not place(p).startswith("cli/")], ids=place)
def test_no_clock_is_read_outside_the_command_line(path):
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    names = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    assert not names & {"now", "today", "utcnow", "time_ns"}, place(path)


def literals(path: Path) -> list[object]:
    """Constants of the code that are not docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docs]


@pytest.mark.parametrize("path", [p for p in SOURCES if not place(p).startswith(DATA_ABOUT_PEOPLE)], ids=place)
def test_no_code_and_no_year_stands_in_python(path):
    code = re.compile(r"^(9[89]\d{3}|G\d{4})$")
    for value in literals(path):
        assert not (isinstance(value, str) and code.match(value)), f"{value} in {place(path)}: rules are data"
        assert not (type(value) is int and 2015 <= value <= 2035), f"{value} in {place(path)}: rules are data"


def functions(path: Path) -> list[int]:
    tree = ast.parse(path.read_text("utf-8"))
    return [
        node.end_lineno - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def test_functions_and_files_are_small():
    lengths = [length for path in SOURCES for length in functions(path)]
    lines = [len(path.read_text("utf-8").splitlines()) for path in SOURCES]
    assert statistics.median(lengths) <= 8
    assert statistics.quantiles(lines, n=10)[8] <= 200 and max(lines) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_every_public_function_says_what_it_does(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree) or path.name == "__init__.py", f"{place(path)} has no docstring"
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} in {place(path)} has no docstring"


def declared() -> dict[str, Requirement]:
    project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]
    words = project["dependencies"] + [word for extra in project["optional-dependencies"].values() for word in extra]
    return {requirement.name: requirement for requirement in map(Requirement, words)}


def test_the_conda_environment_names_the_same_packages():
    listed = yaml.safe_load((HOME / "environment.yml").read_text("utf-8"))["dependencies"]
    words = [word for word in listed if isinstance(word, str) and not word.startswith(("pip", "python>"))]
    conda = [
        Requirement(CONDA_NAMES.get(name, name) + word[len(name) :])
        for word in words
        for name in [re.match(r"[\w-]+", word)[0]]
    ]
    assert {each.name: each.specifier for each in conda} == {name: each.specifier for name, each in declared().items()}
    python = next(word for word in listed if isinstance(word, str) and word.startswith("python>"))
    project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]
    assert python == "python" + project["requires-python"]


def test_the_constraints_pin_every_dependency_by_name_and_version():
    lines = [line for line in (HOME / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!-]+", line) for line in lines)
    pinned = {name.lower(): version for name, version in (line.split("==") for line in lines)}
    for name, requirement in declared().items():
        assert requirement.specifier.contains(pinned[name.lower()]), f"{name} {pinned[name]} is outside {requirement}"


def test_no_machine_path_or_index_address_is_tracked():
    pattern = re.compile("index-" + r"url|https?://[^ \"]+/sim" + r"ple|(^|[^\w.])/(ro" + r"ot|home/\w+|wo" + r"rk)/")
    for path in [*HOME.glob("*.*"), *SOURCES, *HOME.glob("docs/*.md"), *HOME.glob("notebooks/*.ipynb")]:
        if path.is_file() and path.suffix in {".py", ".md", ".toml", ".yml", ".txt", ".ipynb"}:
            assert not pattern.search(path.read_text("utf-8")), path.name

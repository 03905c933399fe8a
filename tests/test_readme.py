"""Every command that the README shows runs, in its order, and says what the README says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from .test_cli import ccm

HOME = Path(__file__).parent.parent
README = (HOME / "README.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", README, re.S) for line in block.splitlines() if line]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """A folder with what the commands of the README name."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("data", "notebooks"):
        shutil.copytree(HOME / name, folder / name)
    return folder


def test_the_commands_of_the_readme_run_in_their_order(checkout):
    assert len(COMMANDS) >= 7
    for command in COMMANDS:
        result = ccm(*command.split()[1:], folder=checkout)
        assert result.returncode == 0, (command, result.stderr)


def test_the_explanation_in_the_readme_is_what_the_command_says(checkout):
    ccm("import", "extract", "data/samples", folder=checkout)
    said = ccm("explain", "P0003", "2026-10", folder=checkout).stdout
    shown = re.search(r"```\n(P0003.*?)```", README, re.S)[1]
    for line in shown.splitlines():
        assert line.strip() in ("", "...") or line in said


def test_links_and_pictures_of_the_readme_exist():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (HOME / target).exists(), target


def test_the_makefile_has_the_two_commands():
    makefile = (HOME / "Makefile").read_text("utf-8")
    assert re.search(r"^demo:", makefile, re.M) and re.search(r"^test:", makefile, re.M)
    assert "make test" in (HOME / ".ci" / "run").read_text("utf-8")

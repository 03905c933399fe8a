"""A copy of the shipped rules that a test may break."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from ccmlib.dated import shipped_rules
from ccmlib.rule_check import check_rules
from ccmlib.rulebook import Rulebook


@dataclass(frozen=True)
class RulesCopy:
    """The folder of a copy, and what a biller might do to it."""

    place: Path

    def replace(self, file: str, old: str, new: str) -> None:
        """Change the first `old` in a file, which must be there."""
        path = self.place / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} no longer has {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def append(self, file: str, text: str) -> None:
        """Add text at a file's end."""
        with (self.place / file).open("a", encoding="utf-8") as out:
            out.write(text)

    def load(self) -> Rulebook:
        """The rulebook of the copy."""
        return Rulebook.load(self.place)

    def findings(self) -> list[str]:
        """What the check says of the copy."""
        return check_rules(self.load())


@pytest.fixture
def rules_copy(tmp_path) -> RulesCopy:
    """A fresh copy of the rules of this installation."""
    place = tmp_path / "rules"
    shutil.copytree(str(shipped_rules()), place)
    return RulesCopy(place)


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The rules of this installation."""
    return Rulebook.load()

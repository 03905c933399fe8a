"""The page about the dashboards in docs/ says what the permission table says."""

from __future__ import annotations

import re

import pytest

from ccmlib.access.permissions import permissions

from .served import ROOT

TEXT = (ROOT / "docs" / "dashboards.md").read_text("utf-8")
TABLE = permissions()


def cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


@pytest.mark.parametrize(
    "asked", [*TABLE.pages.values(), *TABLE.actions.values()], ids=lambda asked: asked.name
)  # fmt: skip
def test_who_may_is_what_the_table_says(asked):
    words = getattr(asked, "title", "") or asked.says
    lines = [cells(line) for line in TEXT.splitlines() if line.startswith(f"| {words} |")]
    assert lines == [[words, *("yes" if role in asked.roles else "" for role in TABLE.roles)]]


def test_the_roles_stand_in_the_order_of_the_table():
    heads = [cells(line)[1:] for line in TEXT.splitlines() if "administrator |" in line]
    assert heads == [list(TABLE.roles.values())] * 2


def test_how_long_a_session_lasts():
    policy = TABLE.policy
    said = [int(number) for number in re.findall(r"\d+(?= (?:minutes|hours))", TEXT)]
    assert said == [policy.idle_minutes, policy.warn_minutes, policy.session_hours]


def test_every_picture_is_there_and_small():
    pictures = [ROOT / "docs" / name for name in re.findall(r"\((images/\w+\.png)\)", TEXT)]
    assert len(pictures) == 7
    assert all(picture.stat().st_size < 250_000 for picture in pictures)

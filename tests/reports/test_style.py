"""The style sheet: readable in light and dark, and the same names in both."""

from __future__ import annotations

import pytest

from ccmlib.reports.palette import palette, style_sheet

ON_WASH = [(state, f"{state}-wash") for state in ("ready", "review", "hold", "accent")]
PAIRS = [(ink, ground) for ink in ("ink", "muted", "ready", "review", "hold", "accent") for ground in ("paper", "wash")]


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), [*PAIRS, *ON_WASH, ("muted", "quiet-wash"), ("on-accent", "accent")])
def test_text_has_a_contrast_of_at_least_four_and_a_half(dark, ink, ground):
    one, two = sorted((luminance(palette(dark)[name]) for name in (ink, ground)), reverse=True)
    assert (one + 0.05) / (two + 0.05) >= 4.5


def test_dark_has_every_color_of_light():
    assert set(palette(dark=True)) == set(palette())


def test_no_two_names_have_one_color():
    assert len(set(palette().values())) >= len(palette()) - 1, "a chart's color is found by its value"


def test_the_style_sheet_loads_nothing():
    assert "url(" not in style_sheet() and "@import" not in style_sheet()


def test_paper_is_letter():
    assert "size: Letter" in style_sheet()

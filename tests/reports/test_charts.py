"""Charts are the same bytes each time, have a text for a screen reader, and take their colors from the style sheet."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from ccmlib.reports.chart import LETTER, lanes
from ccmlib.reports.chart_balance import stairs
from ccmlib.reports.palette import palette

CHARTS = ("money", "reached", "balance")


def svg(report, name: str) -> str:
    return re.search(r"<svg.*?</svg>", getattr(report, name)()._repr_html_(), re.DOTALL)[0]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_the_same_bytes_each_time(sample, name):
    assert svg(sample, name) == svg(sample, name)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_nothing_of_when_and_by_what_it_was_made(sample, name):
    drawn = svg(sample, name)
    assert "metadata" not in drawn and "http" not in drawn and "atplotlib" not in drawn


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_read_out_as_its_sentence(sample, name):
    root = ElementTree.fromstring(svg(sample, name))
    assert root.get("role") == "img" and len(root.get("aria-label")) > 40
    assert root.get("aria-label") in getattr(sample, name)()._repr_html_().replace("&quot;", '"')


@pytest.mark.parametrize("name", CHARTS)
def test_every_color_is_a_variable_that_dark_mode_and_print_can_change(sample, name):
    drawn = svg(sample, name)
    assert not re.findall(r"#[0-9a-f]{6}", drawn)
    assert set(re.findall(r"var\(--([\w-]+)\)", drawn)) <= set(palette())


def test_ids_of_charts_on_one_page_do_not_clash(sample):
    ids = [found for name in CHARTS for found in set(re.findall(r' id="([^"]+)"', svg(sample, name)))]
    assert len(ids) == len(set(ids))


def test_labels_in_one_lane_do_not_overlap():
    assert lanes([0, 50, 200], [80, 80, 80]) == [0, 1, 0]


def test_no_label_of_the_bar_is_crossed():
    begins, labels = [0, 300, 320, 340], ["claimed 1:00", "one 0:10", "two 0:10", "three 0:10"]
    down = stairs(begins, labels)
    assert down == [0, 2, 1, 0]
    for place, begin in enumerate(begins):
        end = begin + len(labels[place]) * LETTER
        assert all(down[other] < down[place] for other in range(place + 1, 4) if begins[other] < end)

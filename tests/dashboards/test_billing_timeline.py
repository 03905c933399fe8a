"""The month's contacts as bars: heights are lengths, every second is in one stretch, words stand beside colors."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from ccmlib.access.session import Session
from dashboards.billing.contacts import Bar, Stretch, bars, sentence, totals
from dashboards.billing.model import Billing
from dashboards.billing.timeline import BAR, LEFT, RIGHT, STEP, places, timeline

from .conftest import NOW


@pytest.fixture(scope="module")
def drawn(sample_template):
    """Called with a patient of the sample, the bars and the figure."""
    session = Session("demo", "auditor", ("*",), f"sqlite:///{sample_template}")
    decided = Billing(session, lambda: NOW).decided
    (program,) = decided.close.programs
    return lambda name: (bars(program, decided.number_of[name]), timeline(program, decided.number_of[name]))


def test_the_stretches_of_a_patient_are_the_seconds_logged(drawn):
    found, _ = drawn("P0013")
    assert {state: seconds for state, _, seconds in totals(found)} == {"counted": 1320, "overlapping": 600}
    assert sum(bar.seconds for bar in found) == 1920


def test_an_overlap_is_seen_and_said(drawn):
    _, figure = drawn("P0013")
    assert 'class="stretch overlapping"' in figure and 'class="swatch overlapping"' in figure
    assert "10:00 overlapping: staff booked for two patients" in figure


def test_the_figure_is_read_out_as_its_sentence(drawn):
    found, figure = drawn("P0003")
    assert f'role="img" aria-label="{sentence(found)}"' in figure
    assert f"<figcaption>{sentence(found)}</figcaption>" in figure


def test_heights_are_in_proportion_to_lengths(drawn):
    found, figure = drawn("P0074")
    heights = [float(height) for height in re.findall(r'height="([\d.]+)" rx', figure)]
    scale = max(heights) / max(bar.seconds for bar in found)
    assert heights == pytest.approx([bar.seconds * scale for bar in found], abs=0.1)


def test_bars_of_one_hour_stand_beside_each_other_inside_the_figure():
    crowd = [Bar("", 0.99 + number / 1000, [Stretch(60, "counted")]) for number in range(10)]
    edges = places(crowd)
    assert all(later - earlier == pytest.approx(STEP) for earlier, later in pairwise(edges))
    assert edges[0] >= LEFT and edges[-1] + BAR <= RIGHT


def test_no_entry_is_said_too():
    assert sentence([]) == "No entry in this month."

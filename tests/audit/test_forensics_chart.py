"""The picture of durations says what it shows, and takes the page's colors."""

from __future__ import annotations

import numpy as np

from ccmlib.reports.forensics_chart import durations


def test_the_picture_names_how_many_entries_last_a_round_number_of_minutes():
    shown = durations(np.array([1199, 1200, 1259, 1260, 3600, 9999]), [20, 40, 60])
    assert "Of 6 entries 2 last 20 min, 0 last 40 min, 1 last 60 min to the minute." in shown
    assert "20 min: 2" in shown and "var(--accent)" in shown


def test_a_month_without_entries_has_an_empty_picture():
    assert "Of 0 entries" in durations(np.array([], np.int64), [20])

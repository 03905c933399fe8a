"""A typed time is one instant on the practice's clock, or it is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from ccmlib.desk.typed_time import typed_instant
from ccmlib.problem import Problem

NEW_YORK = "America/New_York"


def test_a_time_is_read_on_the_practices_clock():
    assert typed_instant(dt.date(2026, 10, 9), "14:05", NEW_YORK, "Start") == dt.datetime(
        2026, 10, 9, 18, 5, tzinfo=dt.UTC
    )
    assert typed_instant(dt.date(2026, 1, 9), " 9:05:07 ", NEW_YORK, "Start").second == 7


@pytest.mark.parametrize(
    ("day", "text", "says"),
    [
        (dt.date(2026, 10, 9), "", "nothing is no time"),
        (dt.date(2026, 10, 9), "25:00", "25:00 is no time"),
        (dt.date(2026, 10, 9), "two", "two is no time"),
        (None, "14:00", "choose the day"),
        (dt.date(2026, 3, 8), "02:30", "does not exist"),
        (dt.date(2026, 11, 1), "01:30", "happens twice"),
    ],
)
def test_what_is_no_one_instant_is_refused(day, text, says):
    with pytest.raises(Problem, match=f"Start: .*{says}"):
        typed_instant(day, text, NEW_YORK, "Start")

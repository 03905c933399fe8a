"""How long entries last, minute by minute: a pile at a round number stands out by itself."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from .chart import chart, color
from .markup import Html

#: Minutes shown; longer entries stand in the last bar.
LONGEST = 75
#: Minutes that a label reaches to either side.
LABEL = 4


def durations(seconds: np.ndarray, marks: list[int]) -> Html:
    """The number of entries by whole minutes; `seconds` are their lengths, `marks` the round minutes to point at."""
    minutes = np.minimum(np.asarray(seconds, np.int64) // 60, LONGEST)
    counts = np.bincount(minutes, minlength=LONGEST + 1)
    return chart("durations", 240, lambda axes: _drawn(axes, counts, marks), _says(counts, marks), (64, 48, 16, 28))


def _drawn(axes: Axes, counts: np.ndarray, marks: list[int]) -> None:
    minutes = np.arange(len(counts))
    colors = [color("accent" if minute in marks else "quiet") for minute in minutes]
    axes.bar(minutes, counts, width=0.8, color=colors)
    for mark in marks:
        clear = counts[mark - LABEL : mark + LABEL + 1].max()  # above its neighbors, too
        axes.annotate(f"{mark} min: {counts[mark]}", (mark, clear), (0, 4), textcoords="offset points", ha="center")
    axes.set_xlim(-1, LONGEST + 1)
    axes.set_ylim(0, max(counts.max(), 1) * 1.15)
    axes.set_xticks([*range(0, LONGEST, 10), LONGEST], [*map(str, range(0, LONGEST, 10)), f"{LONGEST}+"])
    axes.set_xlabel("minutes an entry lasts")
    axes.set_ylabel("entries")


def _says(counts: np.ndarray, marks: list[int]) -> str:
    shown = ", ".join(f"{counts[mark]:,} last {mark} min" for mark in marks)
    return f"Of {counts.sum():,} entries {shown} to the minute. A smooth spread has no pile at a round number."

"""The minute balance as one bar: claimed, then what is held and why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .. import wording
from ..close import MonthClose
from .chart import KEY, LETTER, MIXED, WIDTH, chart, color, fill
from .chip import reason_words
from .holds import reason_sums
from .markup import Html

#: Reasons with a part of their own; the rest is one part, so that every label has room.
MOST_PARTS = 6
SIDE, TOP, BAR, STAIR = 8, 28, 62, 20


def balance_chart(close: MonthClose) -> Html:
    """The bar; its sentence names the largest part of what is held."""
    parts = balance_parts(close)
    labels = [f"{name} {wording.hours(seconds)}" for name, seconds in zip(parts.name, parts.seconds, strict=True)]
    right = (max(map(len, labels)) + 2) * LETTER  # room for the longest label, should it be the last one
    edges = np.append(0, parts.seconds.cumsum()) * (WIDTH - SIDE - right) / parts.seconds.sum()
    down = stairs(edges[:-1], labels)
    height = TOP + BAR + STAIR * (max(down) + 2)
    draw = partial(_draw, parts, edges, labels, down)
    return chart("balance", height, draw, _says(parts), (SIDE, height - BAR - TOP, right, TOP))


def balance_parts(close: MonthClose) -> pd.DataFrame:
    """name, seconds, state of each part: claimed, the largest reasons, all others; they add up to the time logged."""
    sums = reason_sums(close).sort_values("seconds", ascending=False, kind="stable")
    sums = sums[sums.seconds > 0]
    reasons = close.rules.by_name("reasons")
    parts = [("claimed", int(close.seconds.claimed.sum()), "accent")]
    for name, seconds in sums.seconds.head(MOST_PARTS).items():
        parts.append((reason_words(name), int(seconds), "hold" if reasons[name]["mendable"] else "quiet"))
    rest = sums.seconds.iloc[MOST_PARTS:]
    if len(rest):
        parts.append((wording.times(len(rest), "other reason"), int(rest.sum()), MIXED))
    return pd.DataFrame(parts, columns=["name", "seconds", "state"])


def _says(parts: pd.DataFrame) -> str:
    total, claimed, held = (
        wording.hours(number) for number in (parts.seconds.sum(), parts.seconds[0], parts.seconds[1:].sum())
    )
    if len(parts) == 1:
        return f"All {total} hours logged are claimed."
    return (
        f"Of {total} hours logged, {claimed} are claimed and {held} are held;"
        f" the largest part of what is held is “{parts.name[1]}”, {wording.hours(parts.seconds[1])}."
        f" {KEY}"
    )


def _draw(parts: pd.DataFrame, edges: np.ndarray, labels: list[str], down: list[int], axes: Axes) -> None:
    axes.set(xlim=(0, edges[-1]), ylim=(0, BAR))
    for state, begin, end in zip(parts.state, edges[:-1], edges[1:], strict=True):
        axes.barh(BAR / 2, end - begin, BAR, begin, **fill(state))
    for label, begin, stair in zip(labels, edges[:-1], down, strict=True):
        y = -STAIR * (stair + 1)
        axes.plot([begin + 1, begin + 1], [-2, y - 2], color=color("edge"), linewidth=1, clip_on=False)
        axes.text(begin + 6, y, label)
    axes.set_axis_off()
    total = wording.hours(parts.seconds.sum())
    axes.text(0, BAR + 10, f"Time logged, hours and minutes: {total} in all", color=color("muted"))


def stairs(begins: Sequence[float], labels: Sequence[str]) -> list[int]:
    """How far down each label stands, so that no label and no line to one crosses another label."""
    chosen: list[int] = []
    for begin, label in reversed(list(zip(begins, labels, strict=True))):
        end = begin + (len(label) + 2) * LETTER
        crossed = [stair for other, stair in zip(reversed(begins), chosen, strict=False) if other < end]
        chosen.append(max(crossed, default=-1) + 1)
    return chosen[::-1]

"""The waterfall from what the counted time would bill, less what each reason keeps back, to what is ready."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from .. import wording
from ..close import MonthClose
from .chart import KEY, MIXED, WIDTH, chart, fill
from .chip import reason_words
from .holds import reason_sums
from .markup import Html
from .section import Section, card, empty

#: Reasons with a bar of their own; the rest is one bar.
MOST_BARS = 10
ROW, LEFT, RIGHT = 28, 224, 104


def money(close: MonthClose) -> Section:
    """The chart; the table of what is held by reason says the same in figures."""
    steps = money_steps(close)
    if not steps.cents.any():
        return empty("Nothing is billed and nothing is kept back.")
    return Section(_says(steps), (card(money_chart(steps)),), lead=False)


def money_steps(close: MonthClose) -> pd.DataFrame:
    """name, begin, cents, state: would be billed, the part of each reason, ready; begin + cents: the end."""
    ready = int(close.claim_lines.allowed_cents.sum())
    sums = reason_sums(close).cents
    sums = sums[sums > 0]
    reasons = close.rules.by_name("reasons")
    parts = [
        (reason_words(name), int(cents), "hold" if reasons[name]["mendable"] else "quiet")
        for name, cents in sums.head(MOST_BARS).items()
    ]
    rest = sums.iloc[MOST_BARS:]
    parts += [(wording.times(len(rest), "other reason"), int(rest.sum()), MIXED)] if len(rest) else []
    end = ready + sum(cents for _, cents, _ in parts)
    rows = [("if nothing were held", 0, end, "edge")]
    for name, cents, state in parts:
        end -= cents
        rows.append((name, end, cents, state))
    return pd.DataFrame([*rows, ("ready to bill", 0, ready, "ready")], columns=["name", "begin", "cents", "state"])


def money_chart(steps: pd.DataFrame) -> Html:
    """The waterfall as an SVG figure."""
    height = ROW * len(steps) + 52
    return chart("money", height, partial(_draw, steps), _says(steps), (LEFT, 48, RIGHT, 4))


def _says(steps: pd.DataFrame) -> str:
    ready, all_ = (wording.money(cents) for cents in (steps.cents.iloc[-1], steps.cents.iloc[0]))
    if len(steps) == 2:
        return f"All of {ready} is ready; nothing is kept back."
    largest = steps.iloc[1:-1].sort_values("cents", ascending=False, kind="stable").iloc[0]
    return (
        f"{all_} would be billed if nothing were held; {ready} is ready."
        f" The most is kept back by “{largest['name']}”, {wording.money(largest.cents)}. {KEY}"
    )


def _draw(steps: pd.DataFrame, axes: Axes) -> None:
    most = int(steps.cents.iloc[0])
    axes.set(xlim=(0, most), ylim=(len(steps) - 0.45, -0.55))
    for row in steps.itertuples():
        axes.barh(row.Index, row.cents, 0.62, row.begin, **fill(row.state))
        sign = "−" if 0 < row.Index < len(steps) - 1 else ""
        gap = most * 7 / (WIDTH - LEFT - RIGHT)
        axes.text(row.begin + row.cents + gap, row.Index, sign + wording.money(row.cents), va="center_baseline")
    axes.set_yticks(range(len(steps)), steps.name)
    axes.tick_params(axis="y", pad=8)
    axes.set_xlabel("Allowed amount, dollars", loc="left")
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda cents, _: f"${int(cents) // 100:,}")

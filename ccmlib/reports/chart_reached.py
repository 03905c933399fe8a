"""How much counted time each patient reached, with the thresholds that it has to reach."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .. import wording
from ..close import MonthClose
from ..program_close import ProgramClose
from .chart import LETTER, WIDTH, chart, color, lanes
from .markup import Html, element, joined
from .section import Section, card, empty
from .table import COUNT, summed, table

#: Minutes that a bar is wide.
BIN = 5
LEFT, RIGHT, LANE = 48, 24, 18


def reached(close: MonthClose) -> Section:
    """A histogram for each program with time, and the same as a table."""
    shown = [program for program in close.programs if program.with_time.any()]
    if not shown:
        return empty("No time is logged in this month.")
    says = " ".join(_says(program, reached_bins(program)) for program in shown)
    return Section(says, tuple(_card(program) for program in shown), lead=False)


def _card(program: ProgramClose) -> Html:
    bins = reached_bins(program)
    frame = pd.DataFrame({"Counted time": bins.name, "Patients": bins.patients})
    rows = table(frame, "Counted time per patient", {"Patients": COUNT}, summed(frame, "Total", "Patients"))
    alternative = element("details", joined([element("summary", "The same as a table"), rows]))
    return card(reached_chart(program, bins), alternative)


def reached_bins(program: ProgramClose) -> pd.DataFrame:
    """from_ (minutes), name, patients: equal bars up to a block beyond the last threshold, then one for all longer."""
    minutes = program.timelines["pool"].total[program.with_time] // 60
    last = max(marks(program)) + 4 * BIN
    edges = np.arange(0, last + 1, BIN)
    counts = np.bincount(np.minimum(minutes, last) // BIN, minlength=len(edges))
    names = [f"{edge} to under {edge + BIN} min" for edge in edges[:-1]] + [f"{last} min or more"]
    return pd.DataFrame({"from_": edges, "name": names, "patients": counts})


def marks(program: ProgramClose) -> dict[int, list[str]]:
    """Minutes of staff and practitioner together at which something more is billed, with what it is."""
    found: dict[int, list[str]] = {}
    for family in (option.family for option in program.options if option.family.clock == "pool"):
        found.setdefault(family.base.seconds // 60, []).append(family.base.code)
        for units in range(1, (family.add_on.cap or 1) + 1 if family.add_on else 0):
            minutes = (family.base.seconds + units * family.add_on.seconds) // 60
            found.setdefault(minutes, []).append(f"{family.add_on.code} ×{units}")
    return dict(sorted(found.items()))


def reached_chart(program: ProgramClose, bins: pd.DataFrame) -> Html:
    """The histogram as an SVG figure."""
    return chart("reached-" + program.question.program, 270, partial(_draw, bins, marks(program)), _says(program, bins),
                 (LEFT, 48, RIGHT, 48))  # fmt: skip


def _says(program: ProgramClose, bins: pd.DataFrame) -> str:
    first = min(marks(program))
    everybody, below = int(bins.patients.sum()), int(bins.patients[bins.from_ < first].sum())
    return (
        f"{wording.times(everybody, 'patient')} with time: {below:,} stayed below {first} counted minutes,"
        f" the first block (red). Each bar is {BIN} minutes wide; lines mark where more can be billed,"
        " by staff and practitioner together."
    )


def _draw(bins: pd.DataFrame, thresholds: dict[int, list[str]], axes: Axes) -> None:
    end, top = int(bins.from_.iloc[-1]) + BIN, max(int(bins.patients.max()), 1)
    colors = [color("hold" if edge < min(thresholds) else "accent") for edge in bins.from_]
    axes.bar(bins.from_ + BIN / 2, bins.patients, BIN * 0.86, color=colors)
    for edge, count in zip(bins.from_, bins.patients, strict=True):
        if count:
            axes.text(
                edge + BIN / 2,
                count + top * 0.02,
                str(count),
                ha="center",
                va="bottom",
                color=color("muted"),
                fontsize=13,
            )
    axes.set(xlim=(0, end), ylim=(0, top * 1.12))
    _thresholds(axes, thresholds, end)
    ticks = [*range(0, end - BIN, 4 * BIN), end - BIN]
    axes.set_xticks(ticks, [*map(str, ticks[:-1]), f"{ticks[-1]}+"])
    axes.set_xlabel("Counted time of the month, minutes", loc="left")
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_ylabel("Patients")


def _thresholds(axes: Axes, thresholds: dict[int, list[str]], end: int) -> None:
    scale = (WIDTH - LEFT - RIGHT) / end
    labels = [f"{minutes} min: {', '.join(codes)}" for minutes, codes in thresholds.items()]
    rows = lanes([minutes * scale for minutes in thresholds], [len(label) * LETTER for label in labels])
    for minutes, label, lane in zip(thresholds, labels, rows, strict=True):
        axes.axvline(minutes, color=color("ink"), linewidth=1, dashes=(4, 3), clip_on=False)
        axes.annotate(label, (minutes, 1), (0, 6 + LANE * lane), xycoords=("data", "axes fraction"),
                      textcoords="offset points", ha="center", annotation_clip=False)  # fmt: skip

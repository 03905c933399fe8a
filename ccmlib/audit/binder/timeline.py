"""The month's contacts as a picture: a bar for each entry, as high as it is long, solid where its time counts."""

from __future__ import annotations

from dataclasses import dataclass

from ... import wording
from ...reports.markup import Html, element, joined
from ...reports.section import card
from .subject import Subject

#: Pixels: of the whole picture, of the tallest bar, of a bar's width.
WIDTH, HEIGHT, BAR = 720, 56, 8
LEFT, FLOOR = 4, 60


@dataclass(frozen=True)
class Bar:
    """One entry: when it began (UTC second), its seconds, and how many of them count."""

    start: int
    seconds: int
    counted: int


def timeline(subject: Subject, bars: list[Bar]) -> Html:
    """The picture with its caption; the table of the time log is its alternative.

    The longest entry that counts at all gives the scale: a timer that ran all night would flatten the others.
    """
    first, last = (int(edge[subject.patient]) for edge in subject.close.panel.bounds)
    highest = (
        max((bar.seconds for bar in bars if bar.counted), default=0)
        or max((bar.seconds for bar in bars), default=0)
        or 1
    )

    def place(second: int) -> float:
        return LEFT + (WIDTH - 2 * LEFT) * (min(max(second, first), last) - first) / (last - first)

    shown = [part for bar in bars for part in _bar(bar, place(bar.start), highest)]
    says = (
        f"Bars stand where an entry began and are as high as it is long (the top is {wording.clock(highest)}): "
        "solid where the time counts, outlined where it does not."
    )
    svg = element(
        "svg",
        joined([element("title", says), *shown, *_axis(subject, place)]),
        viewBox=f"0 0 {WIDTH} {FLOOR + 20}",
        role="img",
    )
    return card(element("figure", joined([svg, element("figcaption", says)]), "timeline"))


def _bar(bar: Bar, left: float, highest: int) -> list[Html]:
    solid, whole = (HEIGHT * min(seconds / highest, 1) for seconds in (bar.counted, bar.seconds))
    left = min(left, WIDTH - LEFT - BAR)
    outline = _box(left, whole, fill="none", stroke="var(--hold)", stroke_width="1.5", stroke_dasharray="3 2")
    return ([outline] if bar.counted < bar.seconds else []) + (
        [_box(left, solid, fill="var(--accent)")] if bar.counted else []
    )


def _box(left: float, height: float, **look: str) -> Html:
    return element(
        "rect", "", x=f"{left:.1f}", y=f"{FLOOR - height:.1f}", width=str(BAR), height=f"{height:.1f}", **look
    )


def _axis(subject: Subject, place) -> list[Html]:
    month = subject.close.panel.month
    edges = month.days(subject.practice.time_zone)
    line = element("line", "", x1=str(LEFT), x2=str(WIDTH - LEFT), y1=str(FLOOR), y2=str(FLOOR), stroke="var(--edge)")
    marks = [(0, "start"), ((len(edges) - 1) // 2, "middle"), (len(edges) - 2, "end")]
    return [line] + [
        element(
            "text",
            f"{day + 1} {month.first:%b}",
            x=f"{place(edges[day + (anchor == 'end')]):.1f}",
            y=str(FLOOR + 15),
            text_anchor=anchor,
        )
        for day, anchor in marks
    ]

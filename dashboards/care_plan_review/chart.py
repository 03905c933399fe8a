"""The readings of one measure as a small line, with the target as a band; the sentence beside it says the same."""

from __future__ import annotations

from ccmlib import wording
from ccmlib.care_plan.goals import Progress
from ccmlib.reports.markup import Html, element

WIDTH, HEIGHT, EDGE = 360, 72, 10
LABELS = 116


def progress_chart(progress: Progress) -> Html:
    """An SVG of the readings over time, the bounds of the target as dashed lines."""
    scale = _Scale(progress)
    words = ", ".join(
        f"{progress.target.measure.shown(each.value)} on {wording.date(each.at.date())}" for each in progress.readings
    )
    parts = [
        *(_bound(bound, progress, scale) for bound in scale.bounds),
        _line(progress, scale),
        *_dots(progress, scale),
    ]
    title = f"{progress.target.measure.label}: {words}"
    return element("svg", parts, "readings", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=title)


class _Scale:
    """From a reading to its place."""

    def __init__(self, progress: Progress):
        target, values = progress.target, [each.value for each in progress.readings]
        self.bounds = [bound for bound in (target.low, target.high) if bound is not None]
        times = [each.at.timestamp() for each in progress.readings]
        self.low, self.high = min(values + self.bounds), max(values + self.bounds)
        self.first, self.last = min(times), max(times)

    def x(self, second: float) -> float:
        span = self.last - self.first
        return EDGE + (WIDTH - LABELS - 2 * EDGE) * ((second - self.first) / span if span else 0.5)

    def y(self, value: float) -> float:
        span = self.high - self.low
        return EDGE + (HEIGHT - 2 * EDGE) * ((self.high - value) / span if span else 0.5)


def _bound(bound: float, progress: Progress, scale: _Scale) -> Html:
    y, measure = scale.y(bound), progress.target.measure
    line = element("line", "", "target", x1=f"{EDGE}", x2=f"{WIDTH - LABELS}", y1=f"{y:.1f}", y2=f"{y:.1f}")
    text = element(
        "text", f"target {measure.shown(bound)}", x=f"{WIDTH - LABELS + 4}", y=f"{min(max(y + 4, 11), HEIGHT - 2):.1f}"
    )
    return Html(line + text)


def _line(progress: Progress, scale: _Scale) -> Html:
    points = " ".join(f"{scale.x(each.at.timestamp()):.1f},{scale.y(each.value):.1f}" for each in progress.readings)
    return element("polyline", "", points=points)


def _dots(progress: Progress, scale: _Scale) -> list[Html]:
    return [
        element(
            "circle",
            "",
            "in" if progress.target.reached(each.value) else "out",
            cx=f"{scale.x(each.at.timestamp()):.1f}",
            cy=f"{scale.y(each.value):.1f}",
            r="4",
        )
        for each in progress.readings
    ]

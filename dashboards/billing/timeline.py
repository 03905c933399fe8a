"""The month's contacts as bars on the days of the month: bar height is the length of the contact."""

from __future__ import annotations

from ccmlib import wording
from ccmlib.panel import Panel
from ccmlib.program_close import ProgramClose
from ccmlib.reports.markup import Html, element, joined

from .contacts import Bar, bars, sentence, totals, words_of

WIDTH, LEFT, RIGHT, BASE, TALLEST, BAR, STEP = 460, 8, 452, 84, 60, 8, 10


def timeline(program: ProgramClose, patient: int) -> Html:
    """The figure, with its sentence beneath and as its text for a screen reader."""
    found, panel = bars(program, patient), program.question.panel
    says = sentence(found)
    longest = max((bar.seconds for bar in found), default=0)
    drawn = [_drawn(bar, x, longest) for bar, x in zip(found, places(found), strict=True)]
    body = joined([PATTERN, _frame(panel, longest), *drawn])
    key = _key(found) if len(totals(found)) > 1 else ""
    svg = element("svg", body, viewBox=f"0 0 {WIDTH} 104", role="img", aria_label=says)
    return element("figure", [svg, key, element("figcaption", says)], "timeline")


def places(found: list[Bar]) -> list[float]:
    """The left edge of each bar: at its time, moved right so far that none covers another, and back from the end."""
    edges, free = [], LEFT
    for bar in found:
        edges.append(max(LEFT + bar.place * (RIGHT - LEFT), free))
        free = edges[-1] + STEP
    limit = RIGHT - BAR
    for number in reversed(range(len(edges))):
        edges[number] = max(min(edges[number], limit), 0)
        limit = edges[number] - min(STEP, (RIGHT - LEFT) / len(edges))
    return edges


PATTERN = Html(
    '<defs><pattern id="ccm-twice" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="5" height="5" class="pale"/><rect width="2" height="5" class="twice"/></pattern></defs>'
)


def _drawn(bar: Bar, x: float, longest: int) -> Html:
    """Its stretches from the ground up; a zero-length entry is a line on the ground."""
    scale, top, parts = TALLEST / max(longest, 1), float(BASE), []
    for stretch in bar.stretches:
        height = max(stretch.seconds * scale, 2)
        top -= height
        parts.append(_rect(x, top, height, f"stretch {stretch.state}"))
    told = ", ".join(f"{wording.clock(each.seconds)} {words_of(each.fate)}" for each in bar.stretches)
    return element("g", [element("title", f"{bar.when}: {told}"), *parts])


def _rect(x: float, y: float, height: float, kind: str) -> Html:
    return element("rect", "", kind, x=f"{x:.1f}", y=f"{y:.1f}", width=str(BAR), height=f"{height:.1f}", rx="1.5")


def _frame(panel: Panel, longest: int) -> Html:
    """The ground line with its days, and the height of the longest contact."""
    days = (panel.month.next.first - panel.month.first).days
    marks = [(LEFT, 1, "start"), (LEFT + (RIGHT - LEFT) * 14 / days, 15, "start"), (RIGHT, days, "end")]
    top = BASE - TALLEST
    return joined([
        element("line", "", "ground", x1=str(LEFT), x2=str(RIGHT), y1=str(BASE), y2=str(BASE)),
        element("line", "", "level", x1=str(LEFT), x2=str(RIGHT), y1=str(top), y2=str(top)),
        _text(f"longest contact {wording.clock(longest)}", LEFT, top - 5, "start"),
        *(_text(f"{number} {panel.month.first:%b}", x, BASE + 15, anchor) for x, number, anchor in marks),
    ])  # fmt: skip


def _text(words: str, x: float, y: float, anchor: str) -> Html:
    return element("text", words, x=f"{x:.0f}", y=f"{y:.0f}", text_anchor=anchor)


def _key(found: list[Bar]) -> Html:
    """Each fate with its look, its words and its time: the key says the figures too."""
    rows = (
        element("li", [element("span", "", f"swatch {state}", aria_hidden="true"), f"{wording.clock(seconds)} {words}"])
        for state, words, seconds in totals(found)
    )
    return element("ul", joined(rows), "key")

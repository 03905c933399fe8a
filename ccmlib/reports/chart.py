"""Charts as SVG: drawn by matplotlib, the same bytes each time, colored by the style sheet's variables.

Text stays text, so that it takes the page's type and color; nothing in the file tells when it was made.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Sequence

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .markup import Html, element, joined
from .palette import palette

# The first use on a machine lists its fonts and says so, which would become part of a notebook's output.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

#: Width of every chart in points, which are the pixels of its view box.
WIDTH = 960
INCH = 72
#: Points that a letter of the size used in charts is wide, on the safe side.
LETTER = 7.6
#: The state of a bar that puts together what can be mended and what cannot.
MIXED = "mixed"
#: The key to the colors of what is held, in words.
KEY = "Red can still be mended, gray cannot, the pale bar has both."
SETTINGS = {
    "svg.fonttype": "none", "font.size": 14, "font.family": ["DejaVu Sans"], "axes.spines.top": False,
    "axes.spines.right": False, "axes.linewidth": 1, "xtick.major.size": 0, "ytick.major.size": 0,
    "hatch.linewidth": 1,
}  # fmt: skip


def color(name: str) -> str:
    """The light color of a variable; in the SVG it becomes the variable itself."""
    return palette()[name]


def fill(state: str) -> dict[str, object]:
    """How a bar of `state` is filled: plain, or pale with a red edge when it is of both kinds."""
    if state == MIXED:
        return {"facecolor": color("hold-wash"), "edgecolor": color("hold"), "linewidth": 1}
    return {"facecolor": color(state), "edgecolor": color("paper"), "linewidth": 1}


def chart(name: str, height: int, draw: Callable[[Axes], None], says: str, box: Sequence[float]) -> Html:
    """What `draw` draws on `height` points, as a figure with `says` beneath it and as its text for a screen reader.

    `box` is the place of the axes: left, bottom, right and top margins in points.
    """
    with mpl.rc_context(SETTINGS | {"svg.hashsalt": name} | _colors()):
        figure = Figure(figsize=(WIDTH / INCH, height / INCH))
        left, bottom, right, top = box
        axes = figure.add_axes((left / WIDTH, bottom / height, 1 - (left + right) / WIDTH, 1 - (bottom + top) / height))
        draw(axes)
        svg = _svg(figure, says)
    return element("figure", joined([svg, element("figcaption", says)], "\n"))


def _colors() -> dict[str, str]:
    ink, muted, line = (color(name) for name in ("ink", "muted", "edge"))
    return {
        "text.color": ink,
        "axes.labelcolor": muted,
        "axes.edgecolor": line,
        "xtick.labelcolor": muted,
        "ytick.labelcolor": ink,
    }


def _svg(figure: Figure, says: str) -> Html:
    figure.patch.set_visible(False)
    for axes in figure.axes:
        axes.patch.set_visible(False)
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return Html(_cleaned(file.getvalue(), element("title", says)))


def _cleaned(svg: str, title: str) -> str:
    """The element alone, without ids that nothing points to, in the page's type and colors."""
    view = re.search(r'viewBox="([^"]+)"', svg).group(1)
    body = svg[svg.index(">", svg.index("<svg")) + 1 :]
    body = re.sub(
        r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->|<defs>\s*</defs>", "", body, flags=re.DOTALL
    )
    pointed = set(re.findall(r'(?:url\(#|href="#)([^")]+)', body))
    body = re.sub(r' id="([^"]+)"', lambda found: found.group(0) if found.group(1) in pointed else "", body)
    body = re.sub(r"font: (\w+ )?([\d.]+)px [^;\"]+", lambda found: _font(*found.groups()), body)
    body = body.replace("xlink:href", "href")
    for name in sorted(palette()):
        body = body.replace(palette()[name], f"var(--{name})")
    lines = (line.rstrip() for line in body.splitlines() if line.strip() and line.strip() != "<defs></defs>")
    return f'<svg viewBox="{view}" role="img" aria-label="{title[7:-8]}">\n' + "\n".join(lines)


def _font(weight: str | None, size: str) -> str:
    return f"font-size: {size}px" + (f"; font-weight: {weight.strip()}" if weight else "")


def lanes(centers: Sequence[float], widths: Sequence[float], gap: float = 14) -> list[int]:
    """The lane of each label so that none overlaps another in its lane; labels come from left to right."""
    ends: list[float] = []
    chosen = []
    for center, width in zip(centers, widths, strict=True):
        begin = center - width / 2
        lane = next((number for number, end in enumerate(ends) if begin >= end + gap), len(ends))
        ends[lane:] = [begin + width, *ends[lane + 1 :]]
        chosen.append(lane)
    return chosen

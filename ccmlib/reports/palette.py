"""The colors of the style sheet, for charts: one palette for everything a reader sees."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def style_sheet() -> str:
    """The style sheet that reports, packs and dashboards share."""
    return (files("ccmlib") / "reports" / "style.css").read_text("utf-8")


@cache
def palette(dark: bool = False) -> dict[str, str]:
    """Colors by variable name, such as ``ready``; those of the light or of the dark rules."""
    blocks = re.findall(r":root \{(.*?)\}", style_sheet(), re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[dark]))

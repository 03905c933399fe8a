"""HTML by parts: text is escaped once, when it enters an element; what is ``Html`` already is left alone."""

from __future__ import annotations

import html
from collections.abc import Iterable

import pandas as pd


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def escaped(content: object) -> Html:
    """`content` as HTML: text escaped, the parts of a list one after the other."""
    if isinstance(content, Html):
        return content
    if isinstance(content, (list, tuple)):
        return joined(content)
    return Html(html.escape(str(content)))


def joined(parts: Iterable[object], between: str = "") -> Html:
    """The parts one after the other."""
    return Html(escaped(between).join(escaped(part) for part in parts))


def element(name: str, content: object = "", kind: str = "", **attributes: str) -> Html:
    """``<name class="kind" ...>content</name>``; an attribute's underscore is written as a hyphen."""
    given = {"class": kind} if kind else {}
    given |= {key.replace("_", "-"): value for key, value in attributes.items()}
    text = "".join(f' {key}="{html.escape(str(value))}"' for key, value in given.items())
    return Html(f"<{name}{text}>{escaped(content)}</{name}>")


def paragraphs(parts: Iterable[object]) -> Html:
    """One paragraph for each part."""
    return joined(element("p", part) for part in parts)


def html_column(cells: Iterable[Html]) -> pd.Series:
    """`cells` as a column; without this pandas turns them into plain text, which would be escaped again."""
    return pd.Series(list(cells), dtype=object)


def muted(text: object) -> Html:
    """Small print."""
    return element("span", text, "muted")

"""The frame of a page: its style sheet, and boxes that lie as in the style sheet of the reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import ipywidgets as widgets
from IPython.display import display

from ccmlib.problem import Problem
from ccmlib.reports.markup import Html, element

STYLE = Path(__file__).with_name("style.css")


def box(kind: str, *children: widgets.Widget) -> widgets.Box:
    """The children in an element with the CSS classes `kind`."""
    made = widgets.Box(children)
    for name in kind.split():
        made.add_class(name)
    return made


def html(content: object = "", kind: str = "") -> widgets.HTML:
    """A piece of HTML; plain text is escaped."""
    return kinded(widgets.HTML(element("div", content)), kind)


def kinded(widget: widgets.DOMWidget, kind: str) -> widgets.DOMWidget:
    """The widget with the CSS classes `kind`."""
    for name in kind.split():
        widget.add_class(name)
    return widget


def bar(*children: widgets.Widget) -> widgets.Box:
    """Fields and buttons in one line."""
    return box("ccm-bar", *children)


def acts(*children: widgets.Widget) -> widgets.Box:
    """Buttons at the right end of a bar."""
    return box("ccm-acts", *children)


def column(*children: widgets.Widget) -> widgets.Box:
    """The children one below the other."""
    return box("ccm-column", *children)


def split(left: widgets.Widget, right: widgets.Widget) -> widgets.Box:
    """The list of work at the left, the panel about the selected row at the right."""
    return box("ccm-split", left, right)


def card(title: str, *children: widgets.Widget, about: str = "") -> widgets.Box:
    """A framed part of the page with a heading and, smaller, a word about it."""
    return box("ccm-card", widgets.HTML(heading(title, about)), *children)


def panel(*children: widgets.Widget) -> widgets.Box:
    """A card that stays in sight beside a long list; what may be long in it is a ``scroll``."""
    return box("ccm-card ccm-panel", *children)


def scroll(body: object, label: str) -> Html:
    """A region called `label` that scrolls by itself, by keyboard too."""
    return element("div", body, "ccm-scroll", tabindex="0", role="region", aria_label=label)


def heading(title: str, about: str = "") -> str:
    """The heading of a card."""
    small = element("span", about, "muted") if about else ""
    return element("h2", [title, " ", small])


def show(*children: widgets.Widget) -> None:
    """Put the page on the screen: styles first, then the children one below the other."""
    style = widgets.HTML(f"<style>{STYLE.read_text('utf-8')}</style>")
    display(box("ccm ccm-page", kinded(style, "ccm-style"), *children))


def open_page(build: Callable[[], Sequence[widgets.Widget]]) -> None:
    """Put on the screen what `build` makes; a Problem, such as nobody being signed in, is shown as its sentence."""
    try:
        children = build()
    except Problem as problem:
        children = [widgets.HTML(element("div", f"✗ {problem}", "notice hold", role="alert"))]
    show(*children)

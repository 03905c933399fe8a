"""Fields and buttons: every field has its label above it, tied to it for the screen reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import ipywidgets as widgets

from .page import kinded


def choice(label: str, options: Sequence[tuple[str, str]] = (), kind: str = "") -> widgets.Dropdown:
    """One of `options`, pairs of (words, value)."""
    return _field(widgets.Dropdown(options=options, description=label), kind)


def text(label: str, hint: str = "", kind: str = "") -> widgets.Text:
    """A line of text, told at every letter."""
    return _field(widgets.Text(description=label, placeholder=hint, continuous_update=True), kind)


def area(label: str, hint: str = "", rows: int = 3, kind: str = "") -> widgets.Textarea:
    """Several lines of text."""
    return _field(widgets.Textarea(description=label, placeholder=hint, rows=rows), kind)


def day(label: str, value: dt.date | None = None, kind: str = "") -> widgets.DatePicker:
    """A day."""
    return _field(widgets.DatePicker(description=label, value=value), kind)


def tick(label: str, value: bool = False, kind: str = "") -> widgets.Checkbox:
    """Yes or no; the label stands behind the box."""
    return kinded(widgets.Checkbox(value=value, description=label, indent=False), f"ccm-tick {kind}")


def button(label: str, act: Callable[[], None] | None = None, primary: bool = False, hint: str = "") -> widgets.Button:
    """A button that calls `act` when it is clicked."""
    style = "primary" if primary else ""
    made = widgets.Button(description=label, button_style=style, tooltip=hint or label, layout={"width": "auto"})
    if act:
        made.on_click(lambda _: act())
    return made


def _field(widget: widgets.DOMWidget, kind: str) -> widgets.DOMWidget:
    widget.layout.width = "auto"
    return kinded(widget, f"ccm-field {kind}")

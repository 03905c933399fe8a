"""Tiles: the state at one glance, each a number with its unit and its money."""

from __future__ import annotations

from collections.abc import Iterable

import ipywidgets as widgets

from ccmlib.reports.markup import Html, element, joined

from .shapes import Tile

__all__ = ["Tile", "Tiles", "tiles_html"]


class Tiles(widgets.HTML):
    """A row of tiles."""

    def show(self, tiles: Iterable[Tile]) -> None:
        """Show these tiles instead of those before."""
        self.value = tiles_html(tiles)


def tiles_html(tiles: Iterable[Tile]) -> Html:
    """The tiles as HTML."""
    return element("div", joined(map(_tile, tiles)), "tiles")


def _tile(tile: Tile) -> Html:
    head = [element("small", tile.name), element("strong", tile.number), " ", element("span", tile.unit)]
    return element("div", [*head, element("p", tile.more) if tile.more else ""], f"tile {tile.state}".strip())

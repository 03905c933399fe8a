"""Pieces of entries: stretches of time with one fate each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .intervals import cut


@dataclass(frozen=True)
class Pieces:
    """Stretches of entries: row of the entry, packed start and end, and fate; arrays of one length."""

    entry: np.ndarray
    start: np.ndarray
    end: np.ndarray
    fate: np.ndarray

    @property
    def seconds(self) -> np.ndarray:
        """Length of each piece."""
        return self.end - self.start

    def take(self, rows: np.ndarray) -> Pieces:
        """The pieces at `rows` (positions or mask)."""
        return Pieces(self.entry[rows], self.start[rows], self.end[rows], self.fate[rows])

    def followed_by(self, other: Pieces) -> Pieces:
        """These pieces and then those."""
        both = zip(vars(self).values(), vars(other).values(), strict=True)
        return Pieces(*(np.concatenate(pair) for pair in both))

    def hold(self, fate: int, regions: tuple[np.ndarray, np.ndarray], shift: np.ndarray | int = 0) -> Pieces:
        """These pieces cut at `regions`; the parts inside get `fate`. `shift` moves them onto the regions' line."""
        row, start, end, inside = cut(self.start + shift, self.end + shift, *regions)
        back = shift[row] if isinstance(shift, np.ndarray) else shift
        return Pieces(self.entry[row], start - back, end - back, np.where(inside, fate, self.fate[row]))

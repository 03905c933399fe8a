"""Seeded draws: every table draws from its own stream, so adding one table moves no other."""

from __future__ import annotations

import numpy as np


class Draws:
    """A stream of draws named by `seed` and `labels`.

    Everything comes from PCG64's uniform doubles, which no version of Python or NumPy changes; shapes
    other than uniform are made by interpolation and not by the library's samplers, which may change.
    """

    def __init__(self, seed: int, *labels: str):
        words = [int.from_bytes(label.encode(), "big") for label in labels]
        self._stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))

    def share(self, size) -> np.ndarray:
        """Uniform numbers from 0 up to 1; `size` is a count or a shape."""
        return self._stream.random(size)

    def chance(self, probability, size) -> np.ndarray:
        """True with `probability`."""
        return self.share(size) < probability

    def whole(self, low, high, size) -> np.ndarray:
        """Whole numbers from `low` up to, not including, `high`."""
        return (low + np.floor(self.share(size) * (np.asarray(high) - low))).astype(np.int64)

    def pick(self, weights, size) -> np.ndarray:
        """Positions in `weights`, as often as their weight says."""
        steps = np.cumsum(np.asarray(weights, dtype=float))
        return np.minimum(np.searchsorted(steps, self.share(size) * steps[-1], side="right"), len(steps) - 1)

    def curve(self, points, size) -> np.ndarray:
        """Numbers distributed by `points`: pairs of a quantile and its value, joined by straight lines."""
        quantiles, values = zip(*points, strict=True)
        return np.interp(self.share(size), quantiles, values)

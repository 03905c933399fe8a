"""The counted seconds of each patient in order of time: when a threshold was reached, and which were used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .intervals import SPAN
from .panel import Panel


@dataclass(frozen=True)
class Timeline:
    """Counted pieces sorted by patient and time, with their running sum.

    `total` and `before` are per patient: its counted seconds, and those of all patients before it.
    """

    end: np.ndarray
    length: np.ndarray
    running: np.ndarray
    clock: np.ndarray
    total: np.ndarray
    before: np.ndarray
    panel: Panel

    @classmethod
    def of(cls, start: np.ndarray, end: np.ndarray, clock: np.ndarray, panel: Panel) -> Timeline:
        """The time line of packed, disjoint pieces; `clock` is the number of each piece's clock."""
        order = np.argsort(start, kind="stable")
        start, end, clock = start[order], end[order], clock[order]
        length = end - start
        running = np.cumsum(length)
        edges = np.append(0, running)[np.searchsorted(start, np.arange(panel.size + 1) * SPAN)]
        return cls(end, length, running, clock, np.diff(edges), edges[:-1], panel)

    def day_reached(self, seconds: int) -> tuple[np.ndarray, np.ndarray]:
        """Patients who have at least `seconds`, and the local day number of the last of those seconds."""
        patient = np.flatnonzero(self.total >= seconds)
        goal = self.before[patient] + seconds
        piece = np.searchsorted(self.running, goal)
        moment = self.end[piece] - (self.running[piece] - goal) - 1
        return patient, self.panel.local_day(moment - patient * SPAN + self.panel.origin, patient)

    def used(self, limit: np.ndarray, clocks: int) -> np.ndarray:
        """Seconds used per patient and clock when each patient's first `limit` seconds are taken in order."""
        patient = np.repeat(np.arange(self.panel.size), np.diff(np.searchsorted(self.running, self._edges(), "right")))
        earlier = self.running - self.length - self.before[patient]
        taken = np.clip(limit[patient] - earlier, 0, self.length)
        cells = np.bincount(patient * clocks + self.clock, weights=taken, minlength=self.panel.size * clocks)
        return cells.astype(np.int64).reshape(self.panel.size, clocks)

    def _edges(self) -> np.ndarray:
        return np.append(self.before, self.before[-1] + self.total[-1] if len(self.before) else 0)

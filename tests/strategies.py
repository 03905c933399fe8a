"""What property tests draw from: random practices of months in which something changes, and extracts on disk."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from hypothesis import strategies as st

from ccmlib.facts import TABLES

from .random_practice import random_practice

__all__ = ["MONTHS", "practices", "random_practice", "write_extract"]

#: A first and a last year, a change of code or rate, both DST nights, a leap February.
MONTHS = ("2020-11", "2021-01", "2021-12", "2022-01", "2024-02", "2024-03", "2025-10", "2025-12",
          "2026-03", "2026-11")  # fmt: skip


def practices(most_patients: int = 12, months: tuple[str, ...] = MONTHS) -> st.SearchStrategy:
    """Strategy of (frames by table name, month): one to three small practices."""
    seeds = st.integers(0, 2**32 - 1)
    return st.builds(drawn, seeds, st.integers(1, most_patients), st.sampled_from(months), st.integers(1, 3))


def drawn(seed: int, patients: int, month: str, practices: int) -> tuple[dict[str, pd.DataFrame], str]:
    return random_practice(seed, patients, month, practices), month


def write_extract(frames: dict[str, pd.DataFrame], folder: Path) -> Path:
    """Write the public contract's CSV files of the tables in `frames`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        as_text(name, frame).to_csv(folder / f"{name}.csv", index=False)
    return folder


def as_text(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({column.name: written(frame[column.name], column.kind) for column in TABLES[name].columns})


def written(values: pd.Series, kind: str) -> pd.Series:
    """A column in the notation of the contract; what is absent is empty."""
    if kind == "instant":
        return values.dt.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    if kind == "date":
        return values.dt.strftime("%Y-%m-%d")
    if kind == "boolean":
        return values.map({True: "true", False: "false"})
    return values.astype("Int64") if kind == "integer" else values

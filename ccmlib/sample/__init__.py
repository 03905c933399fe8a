"""A seeded synthetic practice of any size, behind data/samples, the tests and the benchmarks.

No patient, practitioner or number in it exists. The same arguments give the same frames and bytes.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from .assembly import assembled
from .extract import write_sample
from .readme import sample_readme
from .scale import Scale
from .situation import Situation
from .situations import LAST_MONTH, SITUATIONS

__all__ = [
    "COMMITTED",
    "SITUATIONS",
    "Situation",
    "committed_sample",
    "sample_practice",
    "sample_readme",
    "write_sample",
]

#: What data/samples is made with.
COMMITTED = {"patients": 100, "months": 3, "seed": 5, "entries_per_patient": 3.5}


def sample_practice(
    patients: int,
    months: int,
    seed: int,
    *,
    last_month: str = LAST_MONTH,
    practices: int | None = None,
    entries_per_patient: float = 8.0,
    enrolled: float = 0.65,
    planted: bool = True,
) -> dict[str, pd.DataFrame]:
    """Typed frames of every contract table, by name, for `months` months up to `last_month`.

    `practices` defaults to one for about every 500 patients; each 500 have a team of eight.
    `entries_per_patient` is the mean number of time entries of an enrolled patient's month, `enrolled` the
    share of patients with a consent. With `planted`, the first patients show the situations of `SITUATIONS`
    in the last month. Raises `Problem` for a size that cannot be made.
    """
    return assembled(Scale(patients, months, seed, last_month, practices, entries_per_patient, enrolled, planted))


def committed_sample(folder: Path | str) -> None:
    """Writes the committed sample and its page to `folder`."""
    write_sample(sample_practice(**COMMITTED), folder)
    text = sample_readme(COMMITTED["patients"], COMMITTED["months"])
    (Path(folder) / "README.md").write_text(text, encoding="utf-8", newline="\n")

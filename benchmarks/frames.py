"""The facts that both ways of closing are given: the synthetic practice, in the words that the plain loop knows."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from ccmlib.sample import sample_practice
from tests.reference import rules

SEED, ENTRIES_PER_PATIENT = 5, 8.0


def practice_frames(patients: int, month: str) -> dict[str, pd.DataFrame]:
    """One month of `patients`, all enrolled, with eight entries each.

    The loop was written with a few dozen diagnosis codes of its own, so that it could not copy a mistake; any
    other code would be unknown to it. Each such code stands here for one that it knows.
    """
    frames = sample_practice(
        patients, 1, SEED, last_month=month, entries_per_patient=ENTRIES_PER_PATIENT, enrolled=1.0, planted=False
    )
    frames["conditions"] = frames["conditions"].assign(
        icd10_code=in_words_of(frames["conditions"].icd10_code, rules.DISEASE_GROUPS.keys() | rules.NOT_CHRONIC),
        snomed_code=in_words_of(frames["conditions"].snomed_code, rules.SNOMED_GROUPS),
    )
    return frames


def write_frames(path: Path, patients: int, month: str) -> int:
    """The frames, pickled at `path`; returns the number of time entries."""
    frames = practice_frames(patients, month)
    path.write_bytes(pickle.dumps(frames))
    return len(frames["time_entries"])


def in_words_of(codes: pd.Series, known: Iterable[str]) -> pd.Series:
    """`codes`, where one that is not among the `known` is replaced, always by the same one."""
    known = np.array(sorted(known), object)
    stays = codes.isna() | codes.str.replace(".", "").isin(known)
    return codes.where(stays, known[pd.factorize(codes)[0] % len(known)])


def with_one_login(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The same, but everybody works under one login: every entry is by the first one's staff member."""
    entries = frames["time_entries"]
    return frames | {"time_entries": entries.assign(staff_id=entries.staff_id.iloc[0])}

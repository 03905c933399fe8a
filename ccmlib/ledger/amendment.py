"""What an amendment does with each claim line of the close before: keep, replace, void; or a line is added."""

from __future__ import annotations

import numpy as np
import pandas as pd

KEY = ["practice_id", "patient_id", "program", "hcpcs_code"]


def first_lines(close_id: int, lines: pd.DataFrame) -> pd.DataFrame:
    """Claim lines of a first close, with `action`, `reference` and `replaces`."""
    return lines.assign(action="original", reference=references(close_id, len(lines)), replaces="")


def references(close_id: int, count: int) -> list[str]:
    """The control reference of each of the first `count` lines of a close: ``12-1``, ``12-2`` ..."""
    return [f"{close_id}-{number}" for number in range(1, count + 1)]


def amended_lines(close_id: int, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The lines of `after`, each with what it does to those of `before`; then those of `before` taken back (``void``).

    Both have `line_digest`; `before` also its `reference`. A kept line keeps its reference; a replaced or
    voided one is named in `replaces`.
    """
    old = before[[*KEY, "reference", "line_digest"]].rename(columns={"line_digest": "old_digest", "reference": "old"})
    matched = after.assign(reference=references(close_id, len(after))).merge(old, "left", KEY)
    new, same = matched["old"].isna(), matched["line_digest"] == matched["old_digest"]
    matched["action"] = np.select([new, same], ["add", "keep"], "replace").astype(object)
    matched["replaces"] = matched["old"].where(matched["action"] == "replace", "")
    matched["reference"] = matched["reference"].where(~same, matched["old"])
    gone = _voided(close_id, before, after)
    return pd.concat([matched, gone])[list(gone.columns)].reset_index(drop=True)


def _voided(close_id: int, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    stays = before.set_index(KEY).index.isin(after.set_index(KEY).index)
    gone = before[~stays]
    fresh = references(close_id, len(after) + len(gone))[len(after) :]
    return gone.assign(action="void", replaces=gone["reference"], reference=fresh)


def changed_patients(before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame]) -> set[str]:
    """Patients of whom anything is decided otherwise; frames by name, each with patient_id and `line_digest`."""
    return {patient for name in after for patient, _ in _rows(before[name]) ^ _rows(after[name])}


def _rows(frame: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(frame["patient_id"], frame["line_digest"], strict=True))

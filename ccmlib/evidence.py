"""The evidence of each hold row as text: ids, instants and numbers, ``name=value`` with blanks between.

Made only when somebody asks for the holds: the decision itself works on numbers.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .minutes import FATES
from .month import zone
from .panel import NEVER, Panel, date_of

if TYPE_CHECKING:
    from .program_close import ProgramClose


def evidence_of(program: ProgramClose) -> np.ndarray:
    """One text per row of ``program.hold_rows``."""
    rows = program.hold_rows
    text = np.full(len(rows), "", object)
    owner = {unmet.reason: each for each in program.requirements for unmet in each.unmet}
    entries = entry_ids(program)
    for reason, part in rows.groupby("reason", sort=False):
        at = part.index.to_numpy()
        if reason in owner:
            text[at] = [describe(owner[reason].evidence, number, program.question.panel) for number in part.patient]
        elif reason in ("over_cap", "remainder", "complex_candidate", "mue_exceeded"):
            text[at] = _units_text(program, part.patient.to_numpy())
    found = rows.merge(entries, on=["patient", "reason"], how="left").entry_ids.fillna("").to_numpy(object)
    return np.where(found != "", "entry_id=" + found + np.where(text != "", " ", "") + text, text)


def entry_ids(program: ProgramClose) -> pd.DataFrame:
    """patient, reason, entry_ids: the entries behind each held or marked second, ``;`` between, in order of time."""
    held = np.flatnonzero(program.pieces.fate)
    parts = [(np.array(FATES, object)[program.pieces.fate[held]], program.pieces.entry[held])]
    parts += [(np.full(len(rows), reason, object), rows) for reason, rows in program.signs.items()]
    found = pd.DataFrame({"reason": np.concatenate([a for a, _ in parts]), "entry": np.concatenate([b for _, b in parts])})
    found["patient"] = program.entries.patient.to_numpy()[found.entry]
    found = found.drop_duplicates().sort_values(["patient", "reason", "entry"], ignore_index=True)
    names = program.question.panel.facts.time_entries.entry_id.to_numpy(object)[program.entries.row.to_numpy()]
    starts = np.flatnonzero((found[["patient", "reason"]] != found[["patient", "reason"]].shift()).any(axis=1))
    lists = pa.ListArray.from_arrays(np.append(starts, len(found)), pa.array(names[found.entry], pa.string()))
    joined = pc.binary_join(lists, ";").to_numpy(zero_copy_only=False)
    return found.iloc[starts][["patient", "reason"]].assign(entry_ids=joined)


def describe(evidence: dict[str, np.ndarray], patient: int, panel: Panel) -> str:
    """The evidence of one patient; what is absent is left out."""
    shown = ((name, _shown(name, values[patient], patient, panel)) for name, values in evidence.items())
    return " ".join(f"{name}={value}" for name, value in shown if value)


def _shown(name: str, value, patient: int, panel: Panel) -> str:
    if value is None or value == "" or value == NEVER:
        return ""
    if name.endswith("_at"):
        return local_time(value, patient, panel).isoformat()
    if name.endswith(("_day", "day_asked")):
        return date_of(value).isoformat()
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value)).lower()
    return str(value) if isinstance(value, str) else str(int(value))


def local_time(second: int, patient: int, panel: Panel) -> dt.datetime:
    """An instant in the zone of the patient's practice."""
    name = panel.facts.practices.time_zone.iloc[panel.practice[patient]]
    return dt.datetime.fromtimestamp(int(second), zone(name))


def _units_text(program: ProgramClose, patient: np.ndarray) -> list[str]:
    counted, billed = program.timelines["pool"].total[patient], program.used.sum(axis=1)[patient]
    return [f"counted_seconds={a} billed_seconds={b}" for a, b in zip(counted, billed, strict=True)]

"""The entries behind each hold row, by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .ids import texts
from .minutes import COUNTED, FATES
from .order import distinct, first_of_run

if TYPE_CHECKING:
    from .program_close import ProgramClose


def entry_ids(program: ProgramClose) -> pa.Array:
    """``entry_id=`` and the ids, ``;`` between, in order of time, per row of ``hold_rows``; null without any."""
    rows, entries, log = program.hold_rows, program.entries, program.question.panel.facts.time_entries
    reasons, many = list(rows.reason.cat.categories), len(entries) + 1
    reason, entry = _behind(program, reasons)
    patient = entries.patient.to_numpy()[entry]
    found = distinct((patient * len(reasons) + reason) * many + entry)
    group, entry = found // many, found % many
    start = np.flatnonzero(first_of_run(group))
    names = pa.array(texts(log.entry_id, entries.row.to_numpy()[entry]), pa.string())
    lists = pa.ListArray.from_arrays(np.append(start, len(group)), names)
    ids = pc.binary_join_element_wise("entry_id", pc.binary_join(lists, ";"), "=")
    return ids.take(_place(rows.patient.to_numpy() * len(reasons) + rows.reason.cat.codes.to_numpy(), group[start]))


def _behind(program: ProgramClose, reasons: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Number of a reason, and row of an entry of which some second has it."""
    pieces, of_fate = program.pieces, np.array([reasons.index(name) if name in reasons else -1 for name in FATES])
    held = np.flatnonzero(pieces.fate != COUNTED)
    reason, entry = [of_fate[pieces.fate[held]]], [pieces.entry[held]]
    for name, rows in program.signs.items():
        reason.append(np.full(len(rows), reasons.index(name)))
        entry.append(rows)
    return np.concatenate(reason), np.concatenate(entry)


def _place(wanted: np.ndarray, known: np.ndarray) -> pa.Array:
    """Position of each number in the ordered `known`; null where it is absent."""
    place = np.searchsorted(known, wanted)
    absent = np.append(known, -1)[place] != wanted
    return pa.array(place, mask=absent)

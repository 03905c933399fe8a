"""The evidence of each hold row as text: ids, instants and numbers, ``name=value`` with blanks between.

Made only when somebody asks for the holds: the decision itself works on numbers. A column is put into
words at once, for the patients who need it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .evidence_entries import entry_ids
from .month import zone
from .panel import NEVER, Panel

if TYPE_CHECKING:
    from .program_close import ProgramClose

#: Reasons of billed patients: what was counted, and what the units stand for.
OF_UNITS = ("over_cap", "remainder", "complex_candidate", "mue_exceeded")


def evidence_of(program: ProgramClose) -> np.ndarray:
    """One text per row of ``program.hold_rows``."""
    rows, panel = program.hold_rows, program.question.panel
    patient, number = rows.patient.to_numpy(), rows.reason.cat.codes.to_numpy()
    evidence = evidence_by_reason(program)
    text = np.full(len(rows), None, object)
    for reason in np.flatnonzero(np.bincount(number)):
        at = np.flatnonzero(number == reason)
        for columns in evidence.get(rows.reason.cat.categories[reason], []):
            said = described(columns, patient[at], panel)
            text[at] = np.where(said == "", text[at], said)
    return _joined([entry_ids(program), pa.array(text, pa.string())], len(rows))


def evidence_by_reason(program: ProgramClose) -> dict[str, list[dict[str, np.ndarray]]]:
    """The evidence columns that show each reason; two requirements may share one, and rarely both speak."""
    units = {"counted_seconds": program.timelines["pool"].total, "billed_seconds": program.used.sum(axis=1)}
    found = {reason: [units] for reason in OF_UNITS}
    for each in program.requirements:
        for reason in {unmet.reason for unmet in each.unmet}:
            found.setdefault(reason, []).append(each.evidence)
    return found


def describe(evidence: dict[str, np.ndarray], patient: int, panel: Panel) -> str:
    """The evidence of one patient; what is absent is left out."""
    return described(evidence, np.array([patient]), panel)[0]


def described(evidence: dict[str, np.ndarray], patient: np.ndarray, panel: Panel) -> np.ndarray:
    """The evidence of each of `patient` (texts as objects); what is absent is left out."""
    shown = ((name, _shown(name, np.asarray(values)[patient], patient, panel)) for name, values in evidence.items())
    return _joined([pc.binary_join_element_wise(name, value, "=") for name, value in shown], len(patient))


def _joined(columns: list[pa.Array], size: int) -> np.ndarray:
    """The texts of each row with blanks between; absent and empty ones are left out."""
    joined = pa.array([""] * size, pa.string())
    for column in (pc.fill_null(each, "") for each in columns):
        blank = pc.if_else(pc.or_(pc.equal(joined, ""), pc.equal(column, "")), "", " ")
        joined = pc.binary_join_element_wise(joined, column, blank)  # the last argument stands between the others
    return joined.to_numpy(zero_copy_only=False)


def _shown(name: str, values: np.ndarray, patient: np.ndarray, panel: Panel) -> pa.Array:
    """One column as text; null where there is nothing to show."""
    if values.dtype == object:
        text = pa.array(values, pa.string())
        return pc.if_else(pc.equal(text, ""), None, text)
    if values.dtype == bool:
        return pc.cast(pa.array(values), pa.string())
    absent = values == NEVER
    if name.endswith("_at"):
        return _moments(np.where(absent, 0, values), absent, patient, panel)
    if name.endswith(("_day", "day_asked")):
        return pc.cast(pa.array(np.where(absent, 0, values).astype("M8[D]"), mask=absent), pa.string())
    return pc.cast(pa.array(values.astype(np.int64), mask=absent), pa.string())


def _moments(seconds: np.ndarray, absent: np.ndarray, patient: np.ndarray, panel: Panel) -> pa.Array:
    """Instants as ISO 8601 in the zone of the patient's practice, with their offset."""
    local = panel.local(seconds, patient)
    offsets, number = np.unique(local - seconds, return_inverse=True)
    offset = pa.array([_offset(int(each)) for each in offsets], pa.string()).take(pa.array(number))
    moment = pc.strftime(pa.array(local.astype("M8[s]"), mask=absent), "%Y-%m-%dT%H:%M:%S")
    return pc.binary_join_element_wise(moment, offset, "")


def _offset(seconds: int) -> str:
    return dt.time(tzinfo=dt.timezone(dt.timedelta(seconds=seconds))).isoformat().removeprefix("00:00:00")


def local_time(second: int, patient: int, panel: Panel) -> dt.datetime:
    """An instant in the zone of the patient's practice."""
    number, names = panel.zones
    return dt.datetime.fromtimestamp(int(second), zone(names[number[patient]]))

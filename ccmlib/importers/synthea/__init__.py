"""A Synthea CSV export: its files turned into the tables of the practice extract, every source row accounted for.

Both header layouts are taken, with and without ``SYSTEM`` in the conditions, plain and gzipped. What Synthea
does not know is left empty and said in the report: ICD-10-CM diagnoses, HCPCS codes, Medicare numbers and
practitioners' NPIs are never invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ...facts import TABLES, typed
from ...store import Connection
from ...store.write import append
from .account import Source, SyntheaReport
from .chart import conditions, encounters, measures
from .coverage import coverage
from .keep import with_kept
from .people import patients, practitioners_of, staff
from .practice import SYNTHEA_PRACTICE, SyntheaPractice
from .source import Folder

__all__ = ["SYNTHEA_PRACTICE", "SyntheaExport", "SyntheaPractice", "SyntheaReport", "import_synthea", "read_synthea",
           "synthea_frames"]  # fmt: skip

#: Files that make no facts, and why.
LEFT_OUT = {
    "allergies": "allergies are no facts of care management",
    "careplans": "activities of Synthea, not care plans of the program",
    "claims": "coded in SNOMED; no HCPCS code to take",
    "claims_transactions": "coded in SNOMED; no HCPCS code to take",
    "devices": "implants and aids, not readings of a monitoring device",
    "imaging_studies": "imaging is no fact of care management",
    "immunizations": "immunizations are no facts of care management",
    "medications": "medications are no facts of care management",
    "organizations": "the whole export is read as one practice",
    "procedures": "coded in SNOMED; no HCPCS code to take",
    "supplies": "supplies are no facts of care management",
}
OTHER_FILE = "not a file this importer knows"


@dataclass(frozen=True)
class SyntheaExport:
    """An export as read: typed frames by table, what became of each file's rows, and what a person should know."""

    frames: dict[str, pd.DataFrame]
    sources: list[Source]
    warnings: list[str]


def synthea_frames(folder: Path | str, practice: SyntheaPractice = SYNTHEA_PRACTICE) -> dict[str, pd.DataFrame]:
    """The export in `folder` as typed frames by table name. Raises Problem, see ``read_synthea``."""
    return read_synthea(folder, practice).frames


def read_synthea(folder: Path | str, practice: SyntheaPractice = SYNTHEA_PRACTICE) -> SyntheaExport:
    """Read the export in `folder` as the record of one `practice`; rows come in the order of the files.

    Raises Problem when the folder, a file or a column is missing, a file is no CSV in UTF-8, a date cannot
    be read, or the export has no practitioner.
    """
    files = Folder(Path(folder))
    parts = _parts(files, practice.checked())
    frames = {name: typed(parts[name][0], table) if name in parts else table.empty() for name, table in TABLES.items()}
    payers = len(files.rows("payers"))
    sources = [Source("payers.csv", payers, payers, {}), *(source for _, source in parts.values() if source)]
    sources += _left_out(files)
    return SyntheaExport(frames, sorted(sources, key=lambda source: source.file), _warnings(frames))


def _parts(files: Folder, practice: SyntheaPractice) -> dict[str, tuple[pd.DataFrame, Source | None]]:
    """By table its rows, and the account of the file they come from."""
    team, providers = staff(files, practice)
    people, named = patients(files, practice, practitioners_of(team), files.rows("encounters"))
    known, zone = people["patient_id"], practice.time_zone
    return {
        "practices": (practice.frame(), None),
        "staff": (team, providers),
        "patients": (people, named),
        "coverage": coverage(files, known, zone),
        "conditions": conditions(files, known, zone),
        "encounters": encounters(files, known, team["staff_id"]),
        "measures": measures(files, known),
    }


def import_synthea(
    connection: Connection,
    folder: Path | str,
    known_at: int,
    known_by: str,
    practice: SyntheaPractice = SYNTHEA_PRACTICE,
) -> SyntheaReport:
    """Bring the export in `folder` into the store, learned at the UTC second `known_at` from `known_by`.

    All is written or nothing; the same export again writes nothing, and what people added to its rows stays.
    Raises Problem as ``read_synthea`` does.
    """
    export = read_synthea(folder, practice)
    with connection.begin_nested():
        frames = with_kept(connection, export.frames, practice)
        tables = {
            name: append(connection, name, frames[name], known_at, known_by) for name in TABLES if len(frames[name])
        }
    return SyntheaReport(export.sources, tables, export.warnings)


def _left_out(files: Folder) -> list[Source]:
    names = [name for name in files.names if name not in files.read]
    return [Source.left_out(f"{name}.csv", files.count(name), LEFT_OUT.get(name, OTHER_FILE)) for name in names]


def _warnings(frames: dict[str, pd.DataFrame]) -> list[str]:
    return [
        f"The practice and its NPI {frames['practices'].billing_npi.iloc[0]} are made up; claims need the true ones.",
        "Conditions are in SNOMED CT: screening counts them, a claim needs ICD-10-CM codes from a practitioner.",
        "Encounters have no HCPCS code: no visit counts as the initiating visit before somebody records its code.",
        "Practitioners have no NPI and patients no Medicare number in this export; both stay empty.",
        "Dual Eligible became Part B and Medicaid; whether a patient is a QMB, who owes no share, is not told.",
        "Member numbers change every year in this export; a spell keeps the first one.",
        "A death with a day and no time is read as the beginning of that day.",
    ]  # fmt: skip

"""A small extract that is right in every row, and ways to make single rows wrong."""

from pathlib import Path

#: The files of the extract; a test replaces or adds some.
FILES = {
    "practices": ["practice_id,name,time_zone,billing_npi", "PR1,Elm Street,America/New_York,1234567893"],
    "staff": [
        "staff_id,practice_id,name,role,npi",
        "S1,PR1,Ada Grey,physician,1245319599",
        "S2,PR1,Bo Lind,registered_nurse,",
    ],
    "patients": ["patient_id,practice_id,billing_staff_id,mbi", "P1,PR1,S1,1EG4-TE5-MK73", "P2,PR1,S1,"],
    "care_plans": ["care_plan_id,patient_id,version,status", "C1,P1,1,active"],
    "time_entries": [
        "entry_id,patient_id,staff_id,program,activity,started_at,ended_at,note",
        "E1,P1,S2,ccm,assessment,2026-03-05T09:00:00-05:00,2026-03-05T09:20:00-05:00,called",
        "E2,P2,S2,ccm,assessment,2026-03-06T09:00:00-05:00,2026-03-06T09:20:00-05:00,wrote",
    ],
}


def written(folder: Path, **files: list[str] | bytes | None) -> Path:
    """The extract in `folder`, with `files` instead of its own: lines, or raw bytes, or None for no file."""
    for name, lines in {**FILES, **files}.items():
        path = folder / f"{name}.csv"
        if isinstance(lines, bytes):
            path.write_bytes(lines)
        elif lines is not None:
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def table(text: str) -> list[str]:
    """Lines from a text with one line each, blanks around taken off."""
    return [line.strip() for line in text.strip().splitlines()]

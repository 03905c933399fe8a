"""Small frames of facts that the store's tests write and read."""

import pandas as pd

from ccmlib.facts import TABLES, typed


def entries(*rows):
    """Time entries: (entry_id, note) or (entry_id, note, started_at, ended_at) with instants as text."""
    return typed(pd.DataFrame([_entry(*row) for row in rows]), TABLES["time_entries"])


def practices(*time_zones):
    """Practices PR1, PR2 ... in these time zones."""
    rows = [
        {"practice_id": f"PR{n}", "name": "Elm", "time_zone": time_zone, "billing_npi": "1234567893"}
        for n, time_zone in enumerate(time_zones, 1)
    ]
    return typed(pd.DataFrame(rows), TABLES["practices"])


def _entry(entry_id, note, started_at="2026-03-05T14:00:00Z", ended_at="2026-03-05T14:20:00Z", patient_id="P1"):
    return {
        "entry_id": entry_id, "patient_id": patient_id, "staff_id": "S1", "program": "ccm", "activity": "assessment",
        "started_at": started_at, "ended_at": ended_at, "note": note,
    }  # fmt: skip

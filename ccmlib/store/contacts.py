"""When each patient was last spoken to, and the number of the last batch of facts."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from ..facts import INSTANT
from .read import in_force
from .schema import FACTS

NEWEST = sa.text("SELECT coalesce(max(seal_id), 0) FROM seals")


def last_contacts(connection: sa.Connection, practice_id: str, since: int) -> pd.Series:
    """The start of the last entry with a live contact after the UTC second `since`, by patient_id.

    Patients without one are absent.
    """
    entries, patients = FACTS["time_entries"].c, FACTS["patients"]
    ours = sa.select(patients.c.patient_id).where(in_force("patients"), patients.c.practice_id == practice_id)
    query = sa.select(entries.patient_id, sa.func.max(entries.started_at)).where(
        in_force("time_entries"), entries.live_contact, entries.started_at >= since, entries.patient_id.in_(ours)
    )
    rows = connection.execute(query.group_by(entries.patient_id)).all()
    seconds = pd.Series([row[1] for row in rows], index=pd.Index([row[0] for row in rows], dtype="str"), dtype="int64")
    return pd.to_datetime(seconds, unit="s", utc=True).astype(INSTANT)


def newest_batch(connection: sa.Connection) -> int:
    """The number of the last batch of facts; it grows with everything that is written."""
    return int(connection.scalar(NEWEST))

"""What people added to an imported row stays when the export, which cannot know it, is imported again."""

from __future__ import annotations

import pandas as pd

from ...facts import TABLES, typed
from ...store import Connection
from ...store.read import table_now
from .practice import SYNTHEA_PRACTICE, SyntheaPractice

#: Columns that an export never says, and the billing practitioner, who is only a guess from the visits and to
#: whom consents are given: by table.
KEPT = {
    "staff": ["npi", "qualifying_apm", "active_from", "active_until", "training_valid_until"],
    "patients": ["billing_staff_id", "medical_record_number", "mbi", "phone", "enrolled_elsewhere"],
    "encounters": ["hcpcs_code", "billing_npi", "place_of_service_code"],
}


def with_kept(
    connection: Connection, frames: dict[str, pd.DataFrame], practice: SyntheaPractice
) -> dict[str, pd.DataFrame]:
    """`frames` with the values in force in the store where an export says nothing.

    The practice that nobody named keeps all that the store says of it, so that a true NPI is not undone.
    """
    named = [] if practice == SYNTHEA_PRACTICE else list(vars(practice))
    columns = KEPT | {"practices": [name for name in TABLES["practices"].names if name not in named]}
    return frames | {name: _kept(frames[name], table_now(connection, name), name, of) for name, of in columns.items()}


def _kept(frame: pd.DataFrame, stored: pd.DataFrame, name: str, columns: list[str]) -> pd.DataFrame:
    table = TABLES[name]
    key = table.key[0]
    columns = [column for column in columns if column != key]
    new = ~frame[key].isin(stored[key])
    known = stored.set_index(key)[columns].reindex(frame[key]).set_axis(frame.index)
    return typed(frame.assign(**{column: frame[column].where(new, known[column]) for column in columns}), table)

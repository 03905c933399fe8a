"""The seal of a draw: a digest over everything the estimate depends on that a reviewer must not change."""

from __future__ import annotations

import json
from hashlib import sha256

import pandas as pd

SEALED = ["stratum", "draw_order", "unit_id", "allowed_cents", "stratum_units", "stratum_cents", "seed", "frame_digest"]


def seal(sheet: pd.DataFrame) -> str:
    """SHA-256 of the SEALED columns, rows by stratum and draw order, each a JSON list on a line.

    It finds accidents and quiet edits. Who can run this code can make another seal, so the record of the draw
    keeps the first one.
    """
    rows = sheet[SEALED].sort_values(["stratum", "draw_order"]).astype(object).values.tolist()
    text = "\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return sha256(text.encode()).hexdigest()

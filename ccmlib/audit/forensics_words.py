"""The sentence of each sign: what was counted, against what, and what often explains it. Never whose fault it is."""

from __future__ import annotations

import pandas as pd

from ..rulebook import Rules
from .criteria import policy
from .forensics_log import Log


def worded(found: pd.DataFrame, log: Log, signs: list[dict], rules: Rules) -> pd.DataFrame:
    """`found` with the names of the staff and the sentence of each row in `says`."""
    by_name = {sign["name"]: sign for sign in signs}
    who = log.entries.drop_duplicates("staff_id").set_index("staff_id")
    says = [_said(row, by_name[row.sign], rules) for row in found.itertuples()]
    return found.assign(staff_name=found.staff_id.map(who.staff_name), role=found.staff_id.map(who.role), says=says)


def _said(row, sign: dict, rules: Rules) -> str:
    if pd.isna(row.p_value) and sign["kind"] != "fact":
        least = policy("forensics", "least_entries", rules.month)
        return (
            f"Not tested: {row.of} entries to look at are too few, or there are too few of others; {least} are needed."
        )
    text = sign["says"].format(count=row.count, of=row.of, expected=_rounded(row.expected), **row.words)
    return f"Worth a look: {text} {sign['often']}" if row.worth_a_look else text


def _rounded(expected: float) -> str:
    return "" if pd.isna(expected) else f"{expected:.1f}"

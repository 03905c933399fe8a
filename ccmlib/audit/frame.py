"""The sampling frame: every unit that could be drawn, from the claim lines of one or more closed months.

A unit is a claim (a patient's month in a program, all its lines together) or a single line. Amounts are cents.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import pandas as pd

from ..problem import Problem
from ..rulebook import Rulebook

CLAIM, LINE = "claim", "line"
#: What makes a unit, joined by "/" into its unit_id.
KEYS = {
    CLAIM: ["patient_id", "service_month", "program"],
    LINE: ["patient_id", "service_month", "program", "hcpcs_code"],
}
NEEDED = ["practice_id", "patient_id", "program", "hcpcs_code", "service_date", "rendering_npi", "allowed_cents"]
#: Columns of the frame; those of text hold distinct values joined by ";" where the lines of a claim differ.
COLUMNS = [
    "unit_id", "practice_id", "patient_id", "service_month", "program", "hcpcs_codes", "family", "rendering_npi",
    "allowed_cents",
]  # fmt: skip
DIGESTED = [name for name in COLUMNS if name != "family"]


@dataclass(frozen=True)
class Frame:
    """`units` has COLUMNS, one row a unit, sorted by unit_id; `unit` is CLAIM or LINE."""

    unit: str
    units: pd.DataFrame

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the frame: names of DIGESTED, then its rows by unit_id, each a JSON list on a line of its own.

        Every list begins with the kind of unit. Whoever has the same claim lines gets the same digest, in whatever
        order the lines came; the family, which is read from the rules, does not count.
        """
        rows = [DIGESTED, *self.units[DIGESTED].astype(object).values.tolist()]
        text = "\n".join(json.dumps([self.unit, *row], ensure_ascii=False, separators=(",", ":")) for row in rows)
        return sha256(text.encode()).hexdigest()


def sampling_frame(claim_lines: pd.DataFrame, unit: str = CLAIM, families: Mapping[str, str] | None = None) -> Frame:
    """The frame of `claim_lines` (columns of the public contract; several months may stand together).

    `families` gives each code its family (see ``code_families``); without it the family column is empty. Raises
    Problem for a column that is missing, a line twice, an amount that is not whole cents above zero, an empty frame.
    """
    lines = _checked(claim_lines, unit)
    lines = lines.assign(
        service_month=lines.service_date.astype(str).str[:7],
        family=_families(lines.hcpcs_code, families) if families else "",
        hcpcs_codes=lines.hcpcs_code,
    )
    _once(lines)
    units = lines.assign(unit_id=lines[KEYS[unit]].agg("/".join, axis=1))
    said = {name: (name, _joined) for name in COLUMNS[1:-1]}
    return Frame(unit, units.groupby("unit_id", as_index=False).agg(**said, allowed_cents=("allowed_cents", "sum")))


def code_families(book: Rulebook) -> dict[str, str]:
    """The family of each code that any month knows, for ``sampling_frame`` and ``draw``."""
    return {row["code"]: row["family"] for row in book.tables["codes"] if row.get("family")}


def _checked(lines: pd.DataFrame, unit: str) -> pd.DataFrame:
    if unit not in KEYS:
        raise Problem(f"{unit!r} is not a sampling unit; it is {CLAIM} (a patient's month in a program) or {LINE}.")
    missing = [name for name in NEEDED if name not in lines]
    if missing:
        raise Problem(f"The claim lines have no column {', '.join(missing)}; give the claim_lines of a close.")
    if not len(lines):
        raise Problem("There is no claim line, so nothing can be drawn; choose a month that has claims.")
    if not pd.api.types.is_integer_dtype(lines.allowed_cents) or (lines.allowed_cents <= 0).any():
        raise Problem("A claim line's allowed_cents is not a whole number of cents above zero; mend the claim lines.")
    return lines.astype(dict.fromkeys(NEEDED[:-1], str))


def _once(lines: pd.DataFrame) -> None:
    twice = lines[lines.duplicated(KEYS[LINE])]
    if len(twice):
        raise Problem(
            f"The claim line {'/'.join(twice[KEYS[LINE]].iloc[0])} stands twice; give each month's claims once."
        )


def _families(codes: pd.Series, families: Mapping[str, str]) -> pd.Series:
    found = codes.map(families)
    if found.isna().any():
        raise Problem(f"No family is known for code {codes[found.isna()].iloc[0]}; give the families of the rulebook.")
    return found


def _joined(values: pd.Series) -> str:
    return ";".join(sorted(set(values)))

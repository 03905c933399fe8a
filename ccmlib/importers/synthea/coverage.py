"""Payer transitions to coverage: one spell a payer, however many yearly rows it has in the export."""

from __future__ import annotations

import pandas as pd

from .account import UNKNOWN_PATIENT, Source, sort_out
from .source import Folder, days

#: What a payer's name stands for. Everybody else is a commercial insurer. Synthea's dual eligible have
#: both Medicare and Medicaid; it does not say whether they are Qualified Medicare Beneficiaries, so they are not.
PAYERS = {
    "MEDICARE": ("medicare_part_b",),
    "MEDICAID": ("medicaid",),
    "DUAL ELIGIBLE": ("medicare_part_b", "medicaid"),
    "NO_INSURANCE": (),
}
COMMERCIAL, MEDIGAP = ("commercial",), ("medigap",)
FILE = "payer_transitions.csv"
FOREVER = pd.Timestamp("9999-12-31").as_unit("s")
A_DAY = pd.Timedelta(days=1)
COLUMNS = ["patient_id", "payer", "member_id", "from_date", "until_date"]


def coverage(files: Folder, patients: pd.Series, zone: str) -> tuple[pd.DataFrame, Source]:
    """The spells of each patient and payer. A row ends on the day before the one on which the next begins."""
    rows = files.rows("payer_transitions")
    names = files.rows("payers").drop_duplicates("Id").set_index("Id")["NAME"].str.strip().str.upper()
    begins, ends = days(rows["START_DATE"], FILE, zone), days(rows["END_DATE"], FILE, zone).fillna(FOREVER)
    rows = rows.assign(
        from_date=begins, ends=ends, insurer=rows["PAYER"].map(names), second=rows["SECONDARY_PAYER"].map(names)
    )
    rows, source = sort_out(FILE, rows, {
        UNKNOWN_PATIENT: ~rows["PATIENT"].isin(patients),
        "the payer is not in payers.csv": rows["insurer"].isna(),
        "no insurance": rows["insurer"] == "NO_INSURANCE",
        "without a start": begins.isna(),
        "shorter than a day": ends <= begins,
    })  # fmt: skip
    return _merged(pd.concat([_primary(rows), _secondary(rows)])), source


def _primary(rows: pd.DataFrame) -> pd.DataFrame:
    payer = rows["insurer"].map(lambda name: PAYERS.get(name, COMMERCIAL))
    return _spells(rows, rows["insurer"], rows["MEMBERID"], payer)


def _secondary(rows: pd.DataFrame) -> pd.DataFrame:
    """The second payer; beside Medicare a private one fills its gaps. The member number is the first payer's."""
    rows = rows[rows["second"].notna()]
    gap = rows["insurer"].isin(("MEDICARE", "DUAL ELIGIBLE"))
    payer = [
        PAYERS.get(name, MEDIGAP if fills else COMMERCIAL) for name, fills in zip(rows["second"], gap, strict=True)
    ]
    payer, nobodys = pd.Series(payer, index=rows.index, dtype=object), pd.Series("", index=rows.index)
    return _spells(rows, rows["second"], nobodys, payer)


def _spells(rows: pd.DataFrame, insurer: pd.Series, member: pd.Series, payer: pd.Series) -> pd.DataFrame:
    spells = pd.DataFrame({
        "patient_id": rows["PATIENT"], "payer": payer, "member_id": member, "from_date": rows["from_date"],
        "ends": rows["ends"], "insurer": insurer.where(payer.isin([COMMERCIAL, MEDIGAP]), ""),
    })  # fmt: skip
    return spells.explode("payer").dropna(subset="payer")


def _merged(spells: pd.DataFrame) -> pd.DataFrame:
    """Spells of one insurer that touch or overlap become one; it keeps the first member number, which never changes."""
    who = ["patient_id", "payer", "insurer"]
    spells = spells.sort_values([*who, "from_date", "ends", "member_id"], ignore_index=True)
    reached = spells.groupby(who)["ends"].cummax().groupby([spells[name] for name in who]).shift()
    spell = (reached.isna() | (spells["from_date"] > reached)).cumsum()
    merged = spells.groupby(spell, sort=False).agg(
        {"patient_id": "first", "payer": "first", "member_id": "first", "from_date": "first", "ends": "max"}
    )
    until = (merged["ends"] - A_DAY).where(merged["ends"] < FOREVER)
    return merged.assign(until_date=until, member_id=merged["member_id"].replace("", None))[COLUMNS]

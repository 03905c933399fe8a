"""Claim lines and reviewed worksheets for the audit's tests."""

from __future__ import annotations

import pandas as pd

from ccmlib.audit import Sample

FAMILIES = {"99490": "ccm_staff", "99439": "ccm_staff", "99487": "ccm_complex"}


def claim_lines(amounts, code="99490", practice="PR1", npi="1000000020", month="2026-03", first=0) -> pd.DataFrame:
    """One line a patient with the `amounts` in cents."""
    return pd.DataFrame({
        "practice_id": practice, "patient_id": [f"P{first + number:05d}" for number in range(len(amounts))],
        "program": "ccm", "hcpcs_code": code, "service_date": f"{month}-15", "rendering_npi": npi,
        "allowed_cents": pd.Series(list(amounts), dtype="int64"),
    })  # fmt: skip


def practice_lines() -> pd.DataFrame:
    """Two sites: 40 plain claims, 20 with an add-on line, 10 complex ones."""
    parts = [
        claim_lines([6613] * 40),
        claim_lines([6613] * 20, practice="PR2", first=40),
        claim_lines([5044] * 20, code="99439", practice="PR2", first=40),
        claim_lines([14429] * 10, code="99487", first=60),
    ]
    return pd.concat(parts, ignore_index=True)


def reviewed_ok(sample: Sample) -> pd.DataFrame:
    """The sample's worksheet with every unit found ok."""
    return sample.worksheet().assign(finding="ok")


def overpaid(sheet: pd.DataFrame, cents: dict[int, int]) -> pd.DataFrame:
    """`sheet` with errors: row number -> cents overpaid (negative: underpaid)."""
    sheet = sheet.astype({"audited_cents": object})
    for row, over in cents.items():
        sheet.loc[row, ["finding", "audited_cents"]] = ["error", sheet.allowed_cents[row] - over]
    return sheet

"""National identifiers: an NPI's check digit and an MBI's shape. A wrong one is a warning, never a bad row."""

from __future__ import annotations

import re

import pandas as pd

#: What the fixed prefix 80840 of a card issuer adds to the Luhn sum of an NPI (CMS, NPI check digit).
PREFIX_SUM = 24
#: CMS, MBI format: 11 characters, no S, L, O, I, B or Z.
MBI = re.compile(
    r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y]{2}[0-9]{2}"
)


def is_npi(text: str) -> bool:
    """Whether `text` is ten digits, begins with 1 or 2 and has the right check digit."""
    return bool(re.fullmatch("[12][0-9]{9}", text)) and _luhn(text) % 10 == 0


def is_mbi(text: str) -> bool:
    """Whether `text` has the shape of a Medicare Beneficiary Identifier; dashes and case do not matter."""
    return bool(MBI.fullmatch(text.replace("-", "").upper()))


def doubtful(frame: pd.DataFrame) -> dict[str, pd.Series]:
    """For each identifier column of `frame`, the rows (by index) whose value cannot be right."""
    checks = {"npi": is_npi, "billing_npi": is_npi, "mbi": is_mbi}
    return {name: _failing(frame[name], check) for name, check in checks.items() if name in frame}


def _failing(values: pd.Series, check) -> pd.Series:
    wrong = [value for value in values.dropna().unique() if not check(value)]
    return values[values.isin(wrong)]


def _luhn(digits: str) -> int:
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    return PREFIX_SUM + sum(int(digit) for digit in digits[-1::-2]) + sum(n // 10 + n % 10 for n in doubled)

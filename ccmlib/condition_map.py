"""From a diagnosis code to its disease group, and whether the disease is chronic: the rule data, looked up."""

from __future__ import annotations

import pandas as pd

from .rulebook import Rules

NOT_FOUND = {"group": "", "chronic": "false"}


def classify(codes: pd.Series, rules: Rules) -> pd.DataFrame:
    """For each ICD-10-CM code: code (dotted, upper case), group, chronic and unknown; an absent code is "".

    A code that neither a row of its own nor a prefix knows is `unknown`: a person looks, nothing is denied.
    Code and group are categories in the order of their text.
    """
    number, raw = pd.factorize(codes.fillna(""))
    rows = [(_dotted(code), *_look_up(code, rules)) for code in map(_clean, raw)]
    table = pd.DataFrame(rows, columns=["code", "group", "chronic", "unknown"])
    table = table.astype({"code": "category", "group": "category", "chronic": bool, "unknown": bool})
    return table.take(number).set_axis(codes.index)


def _clean(code: str) -> str:
    return code.replace(".", "").strip().upper()


def _dotted(code: str) -> str:
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def _look_up(code: str, rules: Rules) -> tuple[str, bool, bool]:
    exact, prefixes = rules.condition_rows
    row = exact.get(code) or next((prefixes[code[:n]] for n in range(len(code), 2, -1) if code[:n] in prefixes), None)
    if not row:
        return code[:3].lower(), False, code != ""
    return row["group"], row["chronic"] == "true", False


def snomed_groups(codes: pd.Series, rules: Rules) -> pd.DataFrame:
    """For each SNOMED CT code: group (a category) and chronic, from the reviewed group map.

    Unknown codes are no disease.
    """
    table = rules.by_name("snomed_groups", "snomed_code")
    number, raw = pd.factorize(codes.fillna(""))
    rows = [(row["group"], row["chronic"] == "true") for row in (table.get(code, NOT_FOUND) for code in raw)]
    found = pd.DataFrame(rows, columns=["group", "chronic"]).astype({"group": "category", "chronic": bool})
    return found.take(number).set_axis(codes.index)

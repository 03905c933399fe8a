"""What an audit looks for, as dated, cited rows: the TOML files of this folder.

They lie apart from ``ccmlib/rules``: a change here changes no claim, and not the digest of the rules.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ..dated import during, read_toml
from ..month import Month
from ..problem import NotInForce


def criteria(file: str, kind: str, month: Month) -> list[dict]:
    """The rows ``[[kind]]`` of `file` (without its ending) in force in `month`, in the order of the file."""
    return during(_read(file)[kind], month.first, month.last)


def criterion(file: str, kind: str, name: str, month: Month) -> dict:
    """The row called `name`; raises NotInForce when none is in force."""
    for row in criteria(file, kind, month):
        if row.get("name", kind) == name:
            return row
    raise NotInForce(f"No {kind} {name!r} is in force in {month}; add a dated row to {file}.toml of the audit.")


def policy(file: str, name: str, month: Month):
    """The value of an audit policy; raises NotInForce when no row gives it."""
    return criterion(file, "policy", name, month)["value"]


@cache
def _read(file: str) -> dict:
    return read_toml(files("ccmlib") / "audit" / f"{file}.toml")

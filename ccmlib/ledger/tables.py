"""The tables of the ledger, in the same words as the fact tables, so that rows are read, written and digested alike.

``closes`` has a row a close. The others hold what it decided, complete for each close and amendment, in
the order of the decision (`line_no`). A line that an amendment took back is there once more as ``void``.
"""

from __future__ import annotations

import pandas as pd

from ..facts import Column, Table

#: What an amendment does with a line of the close before; ``original`` in a first close, ``keep`` when equal.
ACTIONS = ("original", "keep", "replace", "add", "void")

CLAIM_LINE = (
    "practice_id*:id patient_id*:id program* hcpcs_code* units*:integer service_date* place_of_service_code"
    " rendering_npi billing_npi diagnosis_codes seconds*:integer allowed_cents*:integer coinsurance_cents*:integer"
    " medicare_cents*:integer modifiers"
)
HOLD = "practice_id*:id patient_id*:id program* reason* severity* seconds*:integer evidence kept_back_cents*:integer"
SECOND = "practice_id*:id patient_id*:id program* clock* logged*:integer claimed*:integer held*:integer"


def _table(name: str, key: str, columns: str) -> Table:
    return Table(name, tuple(key.split()), tuple(_column(word) for word in columns.split()))


def _column(word: str) -> Column:
    name, _, kind = word.partition(":")
    return Column(name.rstrip("*"), kind or "text", name.endswith("*"))


#: What is decided of a month: a table for each file of the public contract.
DECIDED: dict[str, Table] = {
    table.name: table
    for table in (
        _table("claim_lines", "practice_id patient_id program hcpcs_code", CLAIM_LINE),
        _table("holds", "practice_id patient_id program reason severity", HOLD),
        _table("seconds", "practice_id patient_id program clock", SECOND),
    )
}

#: Where the ledger keeps each of them.
KEPT_IN = {"claim_lines": "closed_lines", "holds": "closed_holds", "seconds": "closed_seconds"}

LEDGER: dict[str, Table] = {
    table.name: table
    for table in (
        _table("closes", "close_id",
            "close_id*:integer practice_id*:id service_month* sequence*:integer as_of*:instant closed_at*:instant"
            " closed_by* code_version* code_digest* facts_digest* rules_digest* policies* policies_digest*"
            " lines_digest* holds_digest* seconds_digest* line_count*:integer hold_count*:integer"
            " second_count*:integer late_count*:integer facts_seal* previous_hash*"),
        _table("closed_lines", "close_id line_no",
            "close_id*:integer line_no*:integer action* reference* replaces " + CLAIM_LINE),
        _table("closed_holds", "close_id line_no", "close_id*:integer line_no*:integer " + HOLD),
        _table("closed_seconds", "close_id line_no", "close_id*:integer line_no*:integer " + SECOND),
        _table("late_facts", "close_id table_name fact_id",
            "close_id*:integer table_name* fact_id*:integer supersedes:integer patient_id:id known_at*:instant"
            " known_by* fact_digest*"),
    )
}  # fmt: skip

#: The column of ``closes`` that counts the rows of each table.
COUNTED_IN = {
    "closed_lines": "line_count", "closed_holds": "hold_count", "closed_seconds": "second_count",
    "late_facts": "late_count",
}  # fmt: skip


def plain(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The table's columns of `frame` as a decision has them: whole numbers as int64, and no text absent."""
    kinds = {column.name: "int64" if column.kind == "integer" else "object" for column in table.columns}
    texts = {name: "" for name, kind in kinds.items() if kind == "object"}
    return frame[table.names].fillna(texts).astype(kinds)

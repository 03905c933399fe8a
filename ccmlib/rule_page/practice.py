"""The page on whose work counts, what a practice may choose, what mends a month, and what it all rests on."""

from __future__ import annotations

from ..rulebook import Rulebook
from .words import GRADES, RATE_COLUMNS, cited, table


def people_and_work(book: Rulebook) -> list[str]:
    """Whose time counts, and what work."""
    roles = [(row["name"], row["clock"], row.get("paid_percent", "-"), *cited(row)) for row in book.tables["roles"]]
    work = [(row["name"], _yes(row["counted"]), _yes(row["review"]), *cited(row)) for row in book.tables["activities"]]
    return [
        "## Whose time counts", "", *table(("Role", "Clock", "Percent paid", *RATE_COLUMNS), roles),
        "## What work counts", "", *table(("Activity", "Counts", "Sent to review", *RATE_COLUMNS), work),
    ]  # fmt: skip


def policies(book: Rulebook) -> list[str]:
    """What the rules leave open."""
    rows = [(row["name"], row["value"], row["says"], *cited(row)) for row in book.tables["policies"]]
    return ["## Policies", "", *table(("Policy", "Value", "What it does", *RATE_COLUMNS), rows)]


def reasons(book: Rulebook) -> list[str]:
    """Why a month or some of its time is not billed, and what mends it."""
    rows = [
        (row["name"], row["says"], row["mend"], row["who"], _yes(row["mendable"]), *cited(row))
        for row in book.tables["reasons"]
    ]
    return [
        "## Reasons", "",
        *table(("Reason", "In words", "What mends it", "Who", "Can still be billed", *RATE_COLUMNS), rows),
    ]  # fmt: skip


def undecided(book: Rulebook) -> list[str]:
    """How many rows of each table rest on memory or on our own choice."""
    rows = [
        (table_name.replace("_", " "), *(_graded(found, grade) for grade in ("R", "D")))
        for table_name, found in book.tables.items()
        if table_name != "sources" and any(row["trust"] in ("R", "D") for row in found)
    ]
    return [
        "## What it will not decide for you", "", "These rows were not confirmed in a source (R) or are our own choice"
        " (D). Ask your Medicare contractor, or choose otherwise.", "",
        *table(("Rows", "R: confirm", "D: your choice"), rows),
    ]  # fmt: skip


def sources(book: Rulebook) -> list[str]:
    """The grades and the sources."""
    columns = ("name", "title", "publisher", "dated", "where", "says")
    rows = [[row[column] for column in columns] for row in book.tables["sources"]]
    return [
        "## Sources", "", *(f"- **{grade}**: {words}" for grade, words in GRADES.items()), "",
        *table(("Source", "Title", "Publisher", "Dated", "Where", "What it says"), rows),
    ]  # fmt: skip


def _graded(rows: list[dict], grade: str) -> str:
    found = [row for row in rows if row["trust"] == grade]
    names = [row.get("name") or row.get("code") or row.get("hcpcs_code") for row in found]
    return ", ".join(dict.fromkeys(names)) if found and all(names) else str(len(found) or "-")


def _yes(value: bool) -> str:
    return "yes" if value else "no"

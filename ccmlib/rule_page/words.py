"""How a row's dates, money, codes, source and trust are written; and a Markdown table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

GRADES = {
    "V": "read in the source or a faithful copy of it",
    "V2": "read second-hand",
    "R": "recalled; confirm before you rely on it",
    "D": "our own choice where the rules are silent",
}
RATE_COLUMNS = ("From", "Until", "Source", "Trust")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """The lines of a Markdown table, with an empty line after it."""
    lines = [headings, ["---"] * len(headings), *rows]
    return [*(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines), ""]


def cited(row: dict) -> tuple[str, str, str, str]:
    """From, until, source and trust of a row, as the last four cells of its line."""
    return str(row["from"]), str(row.get("until") or "open"), row["source"], row["trust"]


def dollars(cents: int | str) -> str:
    """Money to the cent; a dash where there is none."""
    return f"${Decimal(cents) / 100:,.2f}" if cents != "" else "-"


def ranges(codes: Iterable[str]) -> str:
    """Codes in order; three or more neighbors are joined by a hyphen."""
    return ", ".join(_range(run) for run in _runs(sorted(set(codes))))


def listed(rows: Iterable[dict], column: str) -> list[tuple]:
    """Lines of codes that share dates, source and trust: the codes, then those four."""
    ordered = sorted(rows, key=cited)
    return [(ranges(row[column] for row in same), *dates) for dates, same in groupby(ordered, key=cited)]


def _runs(codes: list[str]) -> list[list[str]]:
    numbered = groupby(enumerate(codes), key=lambda pair: (pair[1][0].isdigit(), _number(pair[1]) - pair[0]))
    return [[code for _, code in run] for _, run in numbered]


def _number(code: str) -> int:
    return int("".join(character for character in code if character.isdigit()))


def _range(run: list[str]) -> str:
    return f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(run)

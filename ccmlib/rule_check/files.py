"""Reads the rule files one by one, so that what cannot be read is named: file, row and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tomllib
from collections.abc import Callable
from importlib.resources.abc import Traversable

from ..dated import read_toml, shipped_rules
from ..problem import Problem
from ..rulebook import Rulebook
from . import shapes


def read_rules(place: Traversable | None = None) -> Rulebook:
    """The rules of the folder `place` (of this installation when None); Problem when a file cannot be read."""
    place = place or shipped_rules()
    for name, columns in shapes.CSV.items():
        _check_csv(place, name, f"{columns} {shapes.DATED}")
    for name, (table, columns) in shapes.TOML.items():
        _check_rows(name, _toml(place, name).get(table), table, f"{columns} {shapes.DATED}")
    _check_rows("sources.toml", _toml(place, "sources.toml").get("source"), "source", shapes.SOURCE)
    for path in sorted((place / "codes").iterdir(), key=lambda path: path.name):
        _check_codes(f"codes/{path.name}", _toml(place, f"codes/{path.name}"))
    return Rulebook.load(place)


def _text(place: Traversable, name: str) -> str:
    try:
        return place.joinpath(*name.split("/")).read_text("utf-8")
    except FileNotFoundError as error:
        raise Problem(f"{name} is missing from the rules; every rule file must be there.") from error
    except UnicodeDecodeError as error:
        raise Problem(f"{name} is not UTF-8 text; save it as UTF-8.") from error


def _toml(place: Traversable, name: str) -> dict:
    _text(place, name)
    try:
        return read_toml(place.joinpath(*name.split("/")))
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{name} is not valid TOML: {error}.") from error


def _check_csv(place: Traversable, name: str, columns: str) -> None:
    reader = csv.reader(io.StringIO(_text(place, name)))
    expected = [word.partition(":")[0].rstrip("?") for word in columns.split()]
    if next(reader, None) != expected:
        raise Problem(f"{name} line 1: the columns must be {','.join(expected)}.")
    for cells in reader:
        where = f"{name} line {reader.line_num}"
        if len(cells) != len(expected):
            raise Problem(f"{where} has {len(cells)} values; {len(expected)} were expected.")
        _check_row(where, dict(zip(expected, cells, strict=True)), columns)


def _check_codes(name: str, content: dict) -> None:
    _check_rows(name, content.get("family", []), "family", f"{shapes.FAMILY} {shapes.DATED}")
    _check_rows(name, content.get("code"), "code", shapes.CODE)
    for code in content["code"]:
        _check_rows(f"{name}, code {code['code']}", code.get("version"), "version", f"{shapes.VERSION} {shapes.DATED}")


def _check_rows(name: str, rows: list[dict] | None, table: str, columns: str) -> None:
    if rows is None:
        raise Problem(f"{name} has no [[{table}]]; write at least one.")
    for number, row in enumerate(rows, 1):
        called = row.get("name") or row.get("code")
        _check_row(f"{name}, {table} {number}{f' ({called})' if called else ''}", row, columns)


def _check_row(where: str, row: dict, columns: str) -> None:
    for column, kind, optional in map(_column, columns.split()):
        value = row.get(column, "")
        if value == "" and not optional:
            raise Problem(f"{where}, column {column}: a value is missing; {EXPECTED[kind]} was expected.")
        if value != "" and not FITS[kind](value):
            raise Problem(f"{where}, column {column}: {str(value)!r} is not {EXPECTED[kind]}.")


def _column(word: str) -> tuple[str, str, bool]:
    name, _, kind = word.rstrip("?").partition(":")
    return name, kind or "text", word.endswith("?")


def _is_date(value: object) -> bool:
    try:
        return bool(dt.date.fromisoformat(str(value)))
    except ValueError:
        return False


EXPECTED = {
    "text": "text", "any": "a value", "date": "a date as YYYY-MM-DD", "decimal": "a number", "whole": "a whole number",
    "truth": "true or false", "list": "a list",
}  # fmt: skip
FITS: dict[str, Callable[[object], bool]] = {
    "text": lambda value: isinstance(value, str), "any": lambda value: True, "date": _is_date,
    "decimal": lambda value: bool(re.fullmatch(r"\d+(\.\d+)?", str(value))),
    "whole": lambda value: bool(re.fullmatch(r"\d+", str(value))),
    "truth": lambda value: isinstance(value, bool), "list": lambda value: isinstance(value, list),
}  # fmt: skip

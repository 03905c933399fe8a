"""The options that commands share, and how a command reads words and says lines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Annotated

import typer

from ..problem import Problem

DEFAULT_DATABASE = "sqlite:///ccm.db"
#: Exit code of a check that found a difference.
DIFFERENT = 3

Database = Annotated[str, typer.Option("--database", envvar="CCM_DATABASE", help="The store, as a database URL.")]
Practice = Annotated[str, typer.Option("--practice", help="One practice by its id; all when left out.")]
AsOf = Annotated[str, typer.Option("--as-of", help="What was known at this instant (ISO 8601 with offset).")]
Json = Annotated[bool, typer.Option("--json", help="Machine output.")]


def now() -> dt.datetime:
    """The clock: read here and passed on."""
    return dt.datetime.now(dt.UTC)


def day(text: str) -> dt.date:
    """A day as YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Problem(f"{text!r} is not a day; write it as YYYY-MM-DD, for example 2026-03-31.") from error


def pair(word: str) -> tuple[str, str]:
    """A word ``name=value`` in its two parts."""
    name, sign, value = word.partition("=")
    if not sign:
        raise Problem(f"-p {word!r} is not name=value; write for example -p practice=PR01.")
    return name, value


def say(lines: Iterable[str]) -> None:
    """Lines for people."""
    typer.echo("\n".join(lines))


def say_json(said: object) -> None:
    """The same for machines."""
    typer.echo(json.dumps(said, indent=2, default=str))

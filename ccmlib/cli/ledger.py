"""Commands of the ledger: close a month, decide it again, check the whole chain."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from .options import DEFAULT_DATABASE, DIFFERENT, Database, Json, Practice, now, say, say_json


def add_to(app: typer.Typer) -> None:
    """Add these commands to `app`."""
    for command in (close, replay, verify):
        app.command()(command)


def close(
    month: str, practice: Practice = "", all_: Annotated[bool, typer.Option("--all", help="Every practice.")] = False,
    database: Database = DEFAULT_DATABASE, json_: Json = False,
) -> None:  # fmt: skip
    """The decision of a month, saved in the ledger; closing again writes an amendment when something changed."""
    from ..ledger_words import saved_lines, saved_said
    from ..month import Month
    from ..problem import Problem
    from ..save_close import close_and_save
    from ..store import engine

    if practice and all_:
        raise Problem("Say --practice ID or --all, not both.")
    saved = close_and_save(engine.open(database), Month(month), practice, getpass.getuser(), now())
    if json_:
        say_json(saved_said(saved))
    else:
        say(saved_lines(saved))


def replay(month: str, practice: Practice = "", database: Database = DEFAULT_DATABASE, json_: Json = False) -> None:
    """Decide a closed month again from the facts of its close; exit code 3 and the differences if not identical."""
    from ..ledger_words import replay_lines, replay_said
    from ..month import Month
    from ..replay import replay as replayed
    from ..store import engine

    found = replayed(engine.open(database), Month(month), practice)
    if json_:
        say_json(replay_said(found))
    else:
        say(replay_lines(found))
    if not all(each.identical for each in found):
        raise typer.Exit(DIFFERENT)


def verify(
    export: Annotated[Path | None, typer.Option(help="Write a file that verify_export.py checks elsewhere.")] = None,
    earlier: Annotated[Path | None, typer.Option(help="An earlier export, which must still be part.")] = None,
    database: Database = DEFAULT_DATABASE, json_: Json = False,
) -> None:  # fmt: skip
    """The whole chain of facts and closes; exit code 3 and what is wrong when a row was altered."""
    from .. import verify as ledger
    from ..ledger_words import verify_lines, verify_said
    from ..store import engine

    store = engine.open(database)
    findings = ledger.verify(store, earlier)
    standing = ledger.standing(store)
    if json_:
        say_json(verify_said(findings, standing))
    else:
        say(verify_lines(findings, standing))
    if findings:
        raise typer.Exit(DIFFERENT)
    if export:
        say([f"Written: {ledger.export(store, export)}"])

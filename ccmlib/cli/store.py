"""Commands of the store: migrations, and bringing facts in."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from .options import DEFAULT_DATABASE, Database, now, say

db = typer.Typer(no_args_is_help=True, help="The store: its migrations.")
bring = typer.Typer(no_args_is_help=True, help="Bring facts in, with a data-quality report.")
Accept = Annotated[bool, typer.Option("--accept-good-rows", help="Load the good rows, write the bad ones to a file.")]


@db.command()
def upgrade(database: Database = DEFAULT_DATABASE) -> None:
    """Bring the store's tables to this version."""
    from ..store import engine, migrate

    found = migrate.upgrade(engine.open(database))
    say([f"The store is at version {found.current}."])


@db.command()
def status(database: Database = DEFAULT_DATABASE) -> None:
    """Which version the store's tables have."""
    from ..store import engine, migrate

    found = migrate.status(engine.open(database))
    say([f"The store is at version {found.current or 'none'}; this program has {found.head}."])


@bring.command()
def extract(
    folder: Path, accept_good_rows: Accept = False, rejects: Path = Path("out/rejects"),
    database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """A practice extract: the folder of CSV files of the public contract."""
    from ..importers.extract import import_extract

    _import(database, lambda store, when, who: import_extract(store, folder, when, who, accept_good_rows, rejects))


@bring.command()
def synthea(
    folder: Path, name: str = "", npi: str = "", time_zone: str = "", database: Database = DEFAULT_DATABASE
) -> None:
    """A Synthea CSV export, of either header layout."""
    from dataclasses import replace

    from ..importers.synthea import SYNTHEA_PRACTICE, import_synthea

    said = {"name": name, "billing_npi": npi, "time_zone": time_zone}
    practice = replace(SYNTHEA_PRACTICE, **{key: value for key, value in said.items() if value})
    _import(database, lambda store, when, who: import_synthea(store, folder, when, who, practice))


def _import(database: str, bring_in) -> None:
    """Run an import alone in writing, in a store that is made when it is not there."""
    from ..store import engine, migrate

    store = engine.open(database)
    migrate.upgrade(store)
    with engine.writing(store) as connection:
        found = bring_in(connection, int(now().timestamp()), getpass.getuser())
    say(found.lines())

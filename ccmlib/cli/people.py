"""Commands of the dashboards: who may sign in, and the server."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from .options import DEFAULT_DATABASE, Database, now, say

users = typer.Typer(no_args_is_help=True, help="Who may sign in to the dashboards.")


def add_to(app: typer.Typer) -> None:
    """Add these commands to `app`."""
    app.command()(serve)


@users.command()
def add(
    name: str, role: Annotated[str, typer.Option(help="The role; see the permission table.")],
    practice: Annotated[list[str], typer.Option(help="A practice's id; * for all. Say it once for each.")] = ("*",),
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)] = "",
    database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """Add a user."""
    from ..access.users import add_user
    from ..store import engine, migrate

    store = engine.open(database)
    migrate.require_current(store)
    user = add_user(store, name, role, password, practice, int(now().timestamp()), temporary=True)
    say([f"{user.name} may sign in as {role}, and must choose another password then."])


@users.command("list")
def list_(database: Database = DEFAULT_DATABASE) -> None:
    """Everybody who may sign in."""
    from ..access.users import list_users
    from ..store import engine, migrate

    store = engine.open(database)
    migrate.require_current(store)
    say(
        [f"{user.name:24} {user.role:18} {' '.join(user.practices)}" for user in list_users(store)] or ["No users yet."]
    )


@users.command()
def demo(database: Database = "sqlite:///out/demo.db") -> None:
    """One demonstration user for each role; the passwords are told here once."""
    from ..access.users import demo_users
    from ..store import engine, migrate

    store = engine.open(database)
    migrate.require_current(store)
    say([f"{name:24} {password}" for name, _, password in demo_users(store, int(now().timestamp()))])


def serve(
    host: str = "127.0.0.1", port: int = 8866, dashboards: Path = Path("dashboards"),
    certificate: Path | None = None, key: Path | None = None,
    behind_proxy: Annotated[bool, typer.Option(help="A proxy speaks TLS with the browsers.")] = False,
    database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """The dashboards behind sign-in, on 127.0.0.1 unless told otherwise."""
    from ..serve.run import run_server

    pair = (certificate, key) if certificate and key else None
    run_server(database, host, port, dashboards, lambda: int(time.time()), certificate=pair, behind_proxy=behind_proxy)

"""``ccm``: the same calls that notebooks and dashboards make, from the terminal.

Exit codes: 0 done; 2 bad usage or bad input, told in one sentence; 3 a check found a difference. Heavy imports
stand inside the commands, so that ``ccm --help`` answers at once.
"""

from __future__ import annotations

import sys

import typer

from ..rescue import told
from . import audit, ledger, month, people, rules, store

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="CCM workbench.")
for part in (month, ledger, people):
    part.add_to(app)
app.add_typer(store.bring, name="import")
app.add_typer(audit.app, name="audit")
app.add_typer(rules.app, name="rules")
app.add_typer(people.users, name="user")
app.add_typer(store.db, name="db")


def main() -> None:
    """The entry point: what went wrong is told in one sentence, and a traceback is never shown."""
    sys.exit(told(app, (typer.Abort, KeyboardInterrupt)))

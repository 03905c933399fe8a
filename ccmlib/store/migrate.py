"""Bringing a database to the shape this version needs, through the Alembic scripts in ``migrations/``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from ..problem import Problem
from .engine import writing

SCRIPTS = Path(__file__).parent / "migrations"


@dataclass(frozen=True)
class Status:
    """Where a database stands: its revision (None when empty) and the one this version needs."""

    current: str | None
    head: str

    @property
    def up_to_date(self) -> bool:
        """Whether the database has the shape this version needs."""
        return self.current == self.head


def upgrade(engine: sa.Engine) -> Status:
    """Run the migrations that are still missing, all or none of them; the status afterwards."""
    _refuse_unknown(status(engine))
    with writing(engine) as connection:
        command.upgrade(_config(connection), "head")
    return status(engine)


def status(engine: sa.Engine) -> Status:
    """The revision of the database and the one this version needs."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return Status(current, ScriptDirectory(str(SCRIPTS)).get_current_head())


def require_current(engine: sa.Engine) -> None:
    """Raise Problem unless the database has the shape this version needs."""
    found = status(engine)
    _refuse_unknown(found)
    if not found.up_to_date:
        raise Problem("The store does not have this version's tables yet; run `ccm db upgrade` once, then try again.")


def _refuse_unknown(found: Status) -> None:
    known = {script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()}
    if found.current is not None and found.current not in known:
        raise Problem(
            f"The store has revision {found.current!r}, which this version does not know; install a newer one."
        )


def _config(connection: sa.Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config

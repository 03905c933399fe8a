"""The events of timers, with the triggers that keep them. Written out on its own, like the revisions before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

EVENT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE_TRIGGER = """
CREATE TRIGGER timers_no_{verb} BEFORE {verb} ON timers
BEGIN SELECT RAISE(ABORT, 'timers are append-only: timers refuses {verb}'); END
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER timers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON timers
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade():
    """Make the table and its triggers."""
    op.create_table(
        "timers",
        sa.Column("event_id", EVENT_ID, nullable=False),
        sa.Column("timer_id", sa.Text(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("event_id", name="pk_timers"),
    )
    for name in ("timer_id", "user_name"):
        op.create_index(f"ix_timers_{name}", "timers", [name])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_TRIGGER)
        return
    for verb in ("update", "delete"):
        op.execute(SQLITE_TRIGGER.format(verb=verb))

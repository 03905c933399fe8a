"""Users, their sessions, and the trail of access with its triggers. Written out on its own, like those before it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TRAIL_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE_TRIGGER = """
CREATE TRIGGER access_trail_no_{verb} BEFORE {verb} ON access_trail
BEGIN SELECT RAISE(ABORT, 'the trail is append-only: access_trail refuses {verb}'); END
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER access_trail_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_trail
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade():
    """Make the three tables."""
    users()
    sessions()
    trail()


def users():
    """Who may sign in."""
    op.create_table(
        "users",
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("practices", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("password_set_at", sa.BigInteger(), nullable=False),
        sa.Column("temporary", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_name", name="pk_users"),
    )


def sessions():
    """Who is signed in."""
    op.create_table(
        "user_sessions",
        sa.Column("session_id", sa.String(64), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("ended_why", sa.Text()),
        sa.PrimaryKeyConstraint("session_id", name="pk_user_sessions"),
        sa.ForeignKeyConstraint(["user_name"], ["users.user_name"], name="fk_user_sessions_user_name"),
    )
    op.create_index("ix_user_sessions_user_name", "user_sessions", ["user_name"])


def trail():
    """Who asked for what."""
    op.create_table(
        "access_trail",
        sa.Column("trail_id", TRAIL_ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text()),
        sa.PrimaryKeyConstraint("trail_id", name="pk_access_trail"),
    )
    op.create_index("ix_access_trail_user_name", "access_trail", ["user_name"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_TRIGGER)
        return
    for verb in ("update", "delete"):
        op.execute(SQLITE_TRIGGER.format(verb=verb))

"""The tables of users, their sessions, and the trail; instants are UTC seconds.

A session is kept by the SHA-256 of its token, so that who reads the table cannot use it. The trail is
append-only like the facts; users and sessions are not facts and change in place.
"""

from __future__ import annotations

import sqlalchemy as sa

from ..store.schema import FACT_ID, METADATA

USERS = sa.Table(
    "users",
    METADATA,
    sa.Column("user_name", sa.Text(), primary_key=True),
    sa.Column("role", sa.Text(), nullable=False),
    sa.Column("practices", sa.Text(), nullable=False),
    sa.Column("password_hash", sa.Text(), nullable=False),
    sa.Column("password_set_at", sa.BigInteger(), nullable=False),
    sa.Column("temporary", sa.Boolean(), nullable=False),
    sa.Column("active", sa.Boolean(), nullable=False),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("added_at", sa.BigInteger(), nullable=False),
)

SESSIONS = sa.Table(
    "user_sessions",
    METADATA,
    sa.Column("session_id", sa.String(64), primary_key=True),
    sa.Column("user_name", sa.Text(), sa.ForeignKey("users.user_name"), nullable=False, index=True),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("opened_at", sa.BigInteger(), nullable=False),
    sa.Column("seen_at", sa.BigInteger(), nullable=False),
    sa.Column("ended_at", sa.BigInteger()),
    sa.Column("ended_why", sa.Text()),
)

TRAIL = sa.Table(
    "access_trail",
    METADATA,
    sa.Column("trail_id", FACT_ID, primary_key=True),
    sa.Column("at", sa.BigInteger(), nullable=False),
    sa.Column("user_name", sa.Text(), nullable=False, index=True),
    sa.Column("event", sa.Text(), nullable=False),
    sa.Column("subject", sa.Text()),
)

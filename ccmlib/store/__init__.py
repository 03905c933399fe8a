"""The store: append-only fact tables on SQLite or PostgreSQL, read as they were known at any instant."""

from sqlalchemy import Connection, Engine

__all__ = ["Connection", "Engine"]

"""Run by Alembic: the migrations use the connection, and so the transaction, that ``migrate.py`` gives."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()

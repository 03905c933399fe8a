"""The ledger and the seals; the facts that are there already come under seals, batch by batch as they were brought.

Written out on its own like the revision before it, but for the seals themselves: how a row is sealed never
changes, or no seal of an older store could be checked again.
"""

from dataclasses import asdict
from itertools import groupby, islice

import sqlalchemy as sa
from alembic import op

from ccmlib.ledger.seal import next_seal, row_line

revision = "0002"
down_revision = "0001"

FACT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FACT_TABLES = (
    "practices", "staff", "patients", "coverage", "conditions", "encounters", "consents", "care_plans",
    "care_plan_items", "attestations", "time_entries", "device_readings", "transitions", "other_services", "measures",
    "tasks",
)  # fmt: skip
SEALED_AT_ONCE = 50_000

SQLITE_TRIGGER = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: {table} refuses {verb}'); END
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade():
    """Make the ledger's tables and seal the facts."""
    ledger_table(
        "closes",
        sa.Column("close_id", FACT_ID, primary_key=True, autoincrement=False),
        sa.Column("practice_id", sa.Text(), nullable=False),
        sa.Column("service_month", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        *required_texts("closed_by code_version code_digest facts_digest rules_digest policies policies_digest"),
        *required_texts("lines_digest holds_digest seconds_digest"),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("hold_count", sa.Integer(), nullable=False),
        sa.Column("second_count", sa.Integer(), nullable=False),
        sa.Column("late_count", sa.Integer(), nullable=False),
        *required_texts("facts_seal previous_hash"),
    )
    op.create_index("one_close_a_sequence", "closes", ["practice_id", "service_month", "sequence"], unique=True)
    child_table(
        "closed_lines",
        sa.Column("line_no", sa.Integer(), nullable=False),
        *required_texts("action reference"),
        sa.Column("replaces", sa.Text()),
        *required_texts("practice_id patient_id program hcpcs_code"),
        sa.Column("units", sa.Integer(), nullable=False),
        *required_texts("service_date"),
        sa.Column("place_of_service_code", sa.Text()),
        sa.Column("rendering_npi", sa.Text()),
        sa.Column("billing_npi", sa.Text()),
        sa.Column("diagnosis_codes", sa.Text()),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("allowed_cents", sa.Integer(), nullable=False),
        sa.Column("coinsurance_cents", sa.Integer(), nullable=False),
        sa.Column("medicare_cents", sa.Integer(), nullable=False),
        sa.Column("modifiers", sa.Text()),
    )
    child_table(
        "closed_holds",
        sa.Column("line_no", sa.Integer(), nullable=False),
        *required_texts("practice_id patient_id program reason severity"),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text()),
        sa.Column("kept_back_cents", sa.Integer(), nullable=False),
    )
    child_table(
        "closed_seconds",
        sa.Column("line_no", sa.Integer(), nullable=False),
        *required_texts("practice_id patient_id program clock"),
        sa.Column("logged", sa.Integer(), nullable=False),
        sa.Column("claimed", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
    )
    child_table(
        "late_facts",
        *required_texts("table_name"),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("supersedes", sa.Integer()),
        sa.Column("patient_id", sa.Text()),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        *required_texts("known_by fact_digest"),
    )
    op.create_table(
        "seals",
        sa.Column("seal_id", FACT_ID, autoincrement=False, nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("first_id", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("known_by", sa.Text(), nullable=False),
        sa.Column("rows_hash", sa.String(64), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("seal_hash", sa.String(64), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seal_id", name="pk_seals"),
    )
    refuse_changes("seals")
    seal_facts(op.get_bind())


def required_texts(names):
    """A text column that must be there for each name."""
    return [sa.Column(name, sa.Text(), nullable=False) for name in names.split()]


def ledger_table(name, *columns):
    """One table of the ledger and its triggers."""
    keys = [column.name for column in columns if column.primary_key]
    plain = [sa.Column(column.name, column.type, autoincrement=column.autoincrement, nullable=column.nullable)
             for column in columns]  # fmt: skip
    own = [sa.Column("digest", sa.String(64), nullable=False), sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}")]
    if name != "closes":
        own.append(sa.ForeignKeyConstraint(["close_id"], ["closes.close_id"], name=f"fk_{name}_close_id"))
    op.create_table(name, *plain, *own)
    refuse_changes(name)


def child_table(name, *columns):
    """One table of what closes decided."""
    row_id = sa.Column("row_id", FACT_ID, primary_key=True)
    ledger_table(name, row_id, sa.Column("close_id", FACT_ID, nullable=False), *columns)
    op.create_index(f"ix_{name}_close_id", name, ["close_id"])


def refuse_changes(name):
    """The triggers that keep a table append-only."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_TRIGGER.format(table=name))
        return
    for verb in ("update", "delete"):
        op.execute(SQLITE_TRIGGER.format(table=name, verb=verb))


def seal_facts(connection):
    """Seals over all facts, one for each run of rows that were brought together."""
    before, seals = None, sa.table("seals", *map(sa.column, SEAL_COLUMNS))
    for table in FACT_TABLES:
        for (known_at, known_by), rows in batches(connection, table):
            lines = [row_line(fact_id, supersedes, digest) for fact_id, supersedes, digest in rows]
            seal = next_seal(before, table, rows[0][0], lines, known_at, known_by)
            connection.execute(sa.insert(seals), asdict(seal))
            before = (seal.seal_id, seal.seal_hash)


SEAL_COLUMNS = (
    "seal_id", "table_name", "first_id", "last_id", "known_at", "known_by", "rows_hash", "previous_hash", "seal_hash",
    "marks",
)  # fmt: skip


def batches(connection, table):
    """When and from whom, and (fact_id, supersedes, digest) of each row, for each run without a gap."""
    columns = [sa.column(name) for name in ("fact_id", "known_at", "known_by", "supersedes", "digest")]
    rows = connection.execute(sa.select(*columns).select_from(sa.table(table)).order_by(sa.column("fact_id")))
    numbered = enumerate(rows)
    for (known_at, known_by, _), run in groupby(numbered, lambda row: (row[1][1], row[1][2], row[1][0] - row[0])):
        while batch := [(row[0], row[3], row[4]) for _, row in islice(run, SEALED_AT_ONCE)]:
            yield (known_at, known_by), batch

"""The fact tables, and the triggers that refuse to change or delete a fact.

Written out on its own, not read from ``ccmlib.facts``: what a database of this revision looks like must
not change when the contract does. A later change is a later migration.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

FACT_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEARCHED = ("patient_id", "practice_id", "started_at", "read_at")

SQLITE_TRIGGER = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'facts are append-only: {table} refuses {verb}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'facts are append-only: % refuses %', TG_TABLE_NAME, lower(TG_OP); END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade():
    """Make the fact tables."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_FUNCTION)
    fact_table(
        "practices",
        "practice_id",
        sa.Column("practice_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("billing_npi", sa.Text(), nullable=False),
        sa.Column("tax_id", sa.Text()),
        sa.Column("medicare_locality", sa.Text()),
        sa.Column("place_of_service_code", sa.Text()),
        sa.Column("setting", sa.Text()),
    )
    fact_table(
        "staff",
        "staff_id",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("npi", sa.Text()),
        sa.Column("qualifying_apm", sa.Boolean(), nullable=False),
        sa.Column("active_from", sa.Date()),
        sa.Column("active_until", sa.Date()),
        sa.Column("credentials", sa.Text()),
        sa.Column("training_valid_until", sa.Date()),
    )
    fact_table(
        "patients",
        "patient_id",
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.Text(), nullable=False),
        sa.Column("billing_staff_id", sa.Text(), nullable=False),
        sa.Column("medical_record_number", sa.Text()),
        sa.Column("family_name", sa.Text()),
        sa.Column("given_name", sa.Text()),
        sa.Column("birth_date", sa.Date()),
        sa.Column("sex", sa.Text()),
        sa.Column("mbi", sa.Text()),
        sa.Column("address", sa.Text()),
        sa.Column("city", sa.Text()),
        sa.Column("state", sa.Text()),
        sa.Column("postal_code", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("died_at", sa.BigInteger()),
        sa.Column("enrolled_elsewhere", sa.Boolean(), nullable=False),
    )
    fact_table(
        "coverage",
        "patient_id payer member_id from_date",
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text()),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("until_date", sa.Date()),
    )
    fact_table(
        "conditions",
        "patient_id icd10_code snomed_code onset_date",
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("icd10_code", sa.Text()),
        sa.Column("snomed_code", sa.Text()),
        sa.Column("onset_date", sa.Date()),
        sa.Column("abated_date", sa.Date()),
    )
    fact_table(
        "encounters",
        "encounter_id",
        sa.Column("encounter_id", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("hcpcs_code", sa.Text()),
        sa.Column("staff_id", sa.Text()),
        sa.Column("billing_npi", sa.Text()),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("place_of_service_code", sa.Text()),
    )
    fact_table(
        "consents",
        "consent_id",
        sa.Column("consent_id", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("services_explained", sa.Boolean(), nullable=False),
        sa.Column("cost_sharing_explained", sa.Boolean(), nullable=False),
        sa.Column("single_practitioner_explained", sa.Boolean(), nullable=False),
        sa.Column("right_to_stop_explained", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Text()),
        sa.Column("revoked_at", sa.BigInteger()),
    )
    fact_table(
        "care_plans",
        "care_plan_id",
        sa.Column("care_plan_id", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Text()),
        sa.Column("approved_by", sa.Text()),
        sa.Column("approved_at", sa.BigInteger()),
        sa.Column("reviewed_at", sa.BigInteger()),
        sa.Column("copy_given_at", sa.BigInteger()),
    )
    fact_table(
        "care_plan_items",
        "item_id",
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("care_plan_id", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("target", sa.Text()),
        sa.Column("due_date", sa.Date()),
        sa.Column("responsible", sa.Text()),
        sa.Column("met_at", sa.BigInteger()),
    )
    fact_table(
        "attestations",
        "attestation_id",
        sa.Column("attestation_id", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text()),
        sa.Column("service_month", sa.Text()),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("attested_at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text()),
    )
    fact_table(
        "time_entries",
        "entry_id",
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("live_contact", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("recorded_at", sa.BigInteger()),
    )
    fact_table(
        "device_readings",
        "reading_id",
        sa.Column("reading_id", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("device_kind", sa.Text(), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("unit", sa.Text()),
    )
    fact_table(
        "transitions",
        "transition_id",
        sa.Column("transition_id", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("discharged_at", sa.BigInteger(), nullable=False),
        sa.Column("from_setting", sa.Text(), nullable=False),
        sa.Column("to_setting", sa.Text()),
        sa.Column("contacted_at", sa.BigInteger()),
        sa.Column("attempts", sa.Integer()),
        sa.Column("visit_at", sa.BigInteger()),
        sa.Column("visit_staff_id", sa.Text()),
        sa.Column("mdm_level", sa.Text()),
        sa.Column("medications_reconciled_at", sa.BigInteger()),
        sa.Column("readmitted_at", sa.BigInteger()),
    )
    fact_table(
        "other_services",
        "patient_id hcpcs_code service_date billing_npi",
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("hcpcs_code", sa.Text(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("billing_npi", sa.Text(), nullable=False),
    )
    fact_table(
        "measures",
        "measure_id",
        sa.Column("measure_id", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("measured_at", sa.BigInteger(), nullable=False),
    )
    fact_table(
        "tasks",
        "task_id",
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("assigned_to", sa.Text()),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("urgency", sa.Text()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("outcome", sa.Text()),
    )


def fact_table(name, key, *columns):
    """One table: its contract columns, the store's own, its indexes and its triggers."""
    op.create_table(
        name,
        sa.Column("fact_id", FACT_ID, nullable=False),
        *columns,
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("known_by", sa.Text(), nullable=False),
        sa.Column("supersedes", FACT_ID),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("fact_id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["supersedes"], [f"{name}.fact_id"], name=f"fk_{name}_supersedes"),
    )
    indexes(name, key.split(), [column.name for column in columns])
    refuse_changes(name)


def indexes(name, key, columns):
    """One first version a key, one correction a version, and what is searched by."""
    unique(f"one_first_{name}", name, key, "supersedes IS NULL")
    unique(f"one_correction_{name}", name, ["supersedes"], "supersedes IS NOT NULL")
    searched = [column for column in columns if column in SEARCHED and column != key[0]]
    for column in searched + key * (len(key) == 1):
        op.create_index(f"ix_{name}_{column}", name, [column])


def unique(index, table, columns, only):
    """A unique index over the rows that meet `only`; absent values are equal where the database can say so."""
    op.create_index(index, table, columns, unique=True, sqlite_where=sa.text(only), postgresql_where=sa.text(only),
                    postgresql_nulls_not_distinct=True)  # fmt: skip


def refuse_changes(name):
    """The triggers that keep a fact table append-only."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_TRIGGER.format(table=name))
        return
    for verb in ("update", "delete"):
        op.execute(SQLITE_TRIGGER.format(table=name, verb=verb))

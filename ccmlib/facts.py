"""The facts of a practice: every table, its columns and their types, in one place.

The importer, the store, the synthetic practice and the close all read ``TABLES``; nothing else says
what a time entry is. Inside frames an instant is ``datetime64[s, UTC]``, a date ``datetime64[s]``, a
boolean ``bool`` (absent = false), a number ``float64`` and everything else ``str`` (absent = NaN).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields

import pandas as pd

from .month import Month

PRACTITIONER_ROLES = (
    "physician",
    "nurse_practitioner",
    "physician_assistant",
    "clinical_nurse_specialist",
    "certified_nurse_midwife",
)
CLINICAL_STAFF_ROLES = (
    "registered_nurse",
    "licensed_practical_nurse",
    "medical_assistant",
    "pharmacist",
    "social_worker",
    "care_coordinator",
)
COUNTED_ACTIVITIES = (
    "assessment",
    "care_planning",
    "medication_management",
    "care_coordination",
    "patient_education",
    "symptom_check",
    "results_review",
    "community_resources",
    "transition_support",
    "prior_authorization",
)
UNCOUNTED_ACTIVITIES = ("scheduling", "billing", "training", "travel", "voicemail", "other")
PROGRAMS = ("ccm", "pcm", "rpm", "rtm", "tcm", "bhi", "apcm")
CARE_PLAN_ELEMENTS = (
    "problem_list", "expected_outcome", "treatment_goals", "cognitive_functional_assessment", "symptom_management",
    "planned_interventions", "medication_management", "environmental_evaluation", "caregiver_assessment",
    "community_services", "outside_coordination", "periodic_review",
)  # fmt: skip

#: The closed vocabularies, by column; a value outside its list is a bad row.
CHOICES = {
    "role": PRACTITIONER_ROLES + CLINICAL_STAFF_ROLES + ("administrative",),
    "setting": ("office", "facility", "rhc", "fqhc"),
    "payer": ("medicare_part_b", "medicare_advantage", "medicaid", "qmb", "medigap", "commercial"),
    "encounters.kind": ("visit", "inpatient", "snf_part_a", "emergency", "observation", "other"),
    "program": PROGRAMS,
    "method": ("written", "verbal"),
    "status": ("draft", "active", "retired"),
    "element": CARE_PLAN_ELEMENTS,
    "attestations.kind": ("risk", "mdm", "rpm_order"),
    "level": ("low", "moderate", "high"),
    "activity": COUNTED_ACTIVITIES + UNCOUNTED_ACTIVITIES,
    "time_entries.source": ("timer", "manual", "imported", "imputed"),
    "device_readings.source": ("device", "self"),
}  # fmt: skip

#: Which table and column an id points to; an id that points nowhere is a bad row.
REFERENCES = {
    "practice_id": "practices", "patient_id": "patients", "care_plan_id": "care_plans", "staff_id": "staff",
    "billing_staff_id": "staff", "written_by": "staff", "approved_by": "staff", "visit_staff_id": "staff",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of the extract. `kind`: id, text, date, instant, boolean, number, integer, month, choice."""

    name: str
    kind: str
    required: bool
    choices: tuple[str, ...] = ()
    refers_to: str = ""
    default: str = ""


@dataclass(frozen=True)
class Table:
    """One table of the extract; rows with equal `key` are versions of the same fact."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in the extract's order."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """The column called `name`."""
        return next(column for column in self.columns if column.name == name)

    def empty(self) -> pd.DataFrame:
        """A frame of this table with no rows and the right types."""
        return typed(pd.DataFrame({name: [] for name in self.names}), self)


def _column(table: str, key: tuple[str, ...], word: str) -> Column:
    name, _, kind = word.partition(":")
    required, name = name.endswith("*"), name.rstrip("*")
    kind, _, default = (kind or "text").partition("=")
    choices = CHOICES.get(f"{table}.{name}", CHOICES.get(name, ())) if kind == "choice" else ()
    refers_to = REFERENCES.get(name, "") if (name,) != key else ""
    return Column(name, kind, required, choices, refers_to, default)


def _table(name: str, key: str, columns: str) -> Table:
    keys = tuple(key.split())
    return Table(name, keys, tuple(_column(name, keys, word) for word in columns.split()))


#: Written as in the public contract: ``*`` required, ``:kind`` (text when absent), ``=`` the default.
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table("practices", "practice_id",
            "practice_id*:id name* time_zone* billing_npi* tax_id medicare_locality place_of_service_code:text=11"
            " setting:choice=office"),
        _table("staff", "staff_id",
            "staff_id*:id practice_id*:id name* role*:choice npi qualifying_apm:boolean active_from:date"
            " active_until:date credentials training_valid_until:date"),
        _table("patients", "patient_id",
            "patient_id*:id practice_id*:id billing_staff_id*:id medical_record_number family_name given_name"
            " birth_date:date sex mbi address city state postal_code phone died_at:instant enrolled_elsewhere:boolean"),
        _table("coverage", "patient_id payer member_id from_date",
            "patient_id*:id payer*:choice member_id from_date*:date until_date:date"),
        _table("conditions", "patient_id icd10_code snomed_code onset_date",
            "patient_id*:id icd10_code snomed_code onset_date:date abated_date:date"),
        _table("encounters", "encounter_id",
            "encounter_id*:id patient_id*:id kind*:choice hcpcs_code staff_id:id billing_npi started_at*:instant"
            " ended_at:instant place_of_service_code"),
        _table("consents", "consent_id",
            "consent_id*:id patient_id*:id program*:choice staff_id*:id given_at*:instant method*:choice"
            " services_explained:boolean cost_sharing_explained:boolean single_practitioner_explained:boolean"
            " right_to_stop_explained:boolean recorded_by revoked_at:instant"),
        _table("care_plans", "care_plan_id",
            "care_plan_id*:id patient_id*:id version*:integer status*:choice written_by:id approved_by:id"
            " approved_at:instant reviewed_at:instant copy_given_at:instant"),
        _table("care_plan_items", "item_id",
            "item_id*:id care_plan_id*:id element*:choice text* target due_date:date responsible met_at:instant"),
        _table("attestations", "attestation_id",
            "attestation_id*:id patient_id*:id kind*:choice level:choice service_month:month staff_id*:id"
            " attested_at*:instant note"),
        _table("time_entries", "entry_id",
            "entry_id*:id patient_id*:id staff_id*:id program*:choice activity*:choice started_at*:instant"
            " ended_at*:instant live_contact:boolean source:choice note outcome recorded_at:instant"),
        _table("device_readings", "reading_id",
            "reading_id*:id patient_id*:id device_kind* read_at*:instant source*:choice value:number unit"),
        _table("transitions", "transition_id",
            "transition_id*:id patient_id*:id discharged_at*:instant from_setting* to_setting contacted_at:instant"
            " attempts:integer visit_at:instant visit_staff_id:id mdm_level medications_reconciled_at:instant"
            " readmitted_at:instant"),
        _table("other_services", "patient_id hcpcs_code service_date billing_npi",
            "patient_id*:id hcpcs_code* service_date*:date billing_npi*"),
        _table("measures", "measure_id",
            "measure_id*:id patient_id*:id measure* value*:number measured_at*:instant"),
        _table("tasks", "task_id",
            "task_id*:id patient_id*:id kind* opened_at*:instant opened_by* assigned_to due_at:instant urgency"
            " closed_at:instant outcome"),
    )
}  # fmt: skip

INSTANT = "datetime64[s, UTC]"
DTYPES = {"instant": INSTANT, "date": "datetime64[s]", "boolean": "bool", "number": "float64", "integer": "float64"}


def typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """`frame` with exactly the table's columns, in order, in the types named at the top of this file."""
    frame = frame.reindex(columns=table.names)
    return frame.assign(**{column.name: _typed(frame[column.name], column) for column in table.columns})


def _typed(values: pd.Series, column: Column) -> pd.Series:
    if isinstance(values.dtype, pd.CategoricalDtype) and column.kind not in DTYPES:
        return values  # ids may come dictionary-encoded, which maps them to integers for nothing
    if column.default:
        values = values.astype("object").fillna(column.default)
    if column.kind == "boolean":
        return values.astype("boolean").fillna(False).astype(bool)
    if column.kind == "instant":
        return pd.to_datetime(values, utc=True).astype(INSTANT)
    return values.astype(DTYPES.get(column.kind, "str"))


@dataclass(frozen=True)
class MonthFacts:
    """What is known of one month, as of one instant: a frame for each table of ``TABLES``.

    Time entries, readings and encounters may reach beyond the month; the close cuts them. Frames are
    never changed: what computes from them returns new ones.
    """

    month: Month
    as_of: dt.datetime | None = None
    practices: pd.DataFrame = field(default=None, repr=False)
    staff: pd.DataFrame = field(default=None, repr=False)
    patients: pd.DataFrame = field(default=None, repr=False)
    coverage: pd.DataFrame = field(default=None, repr=False)
    conditions: pd.DataFrame = field(default=None, repr=False)
    encounters: pd.DataFrame = field(default=None, repr=False)
    consents: pd.DataFrame = field(default=None, repr=False)
    care_plans: pd.DataFrame = field(default=None, repr=False)
    care_plan_items: pd.DataFrame = field(default=None, repr=False)
    attestations: pd.DataFrame = field(default=None, repr=False)
    time_entries: pd.DataFrame = field(default=None, repr=False)
    device_readings: pd.DataFrame = field(default=None, repr=False)
    transitions: pd.DataFrame = field(default=None, repr=False)
    other_services: pd.DataFrame = field(default=None, repr=False)
    measures: pd.DataFrame = field(default=None, repr=False)
    tasks: pd.DataFrame = field(default=None, repr=False)

    @classmethod
    def of(cls, month: Month, frames: dict[str, pd.DataFrame], as_of: dt.datetime | None = None) -> MonthFacts:
        """Facts from frames by table name; a table that is absent is empty, columns are typed."""
        whole = {
            name: typed(frames[name], table) if name in frames else table.empty() for name, table in TABLES.items()
        }
        return cls(month, as_of, **whole)

    def frames(self) -> dict[str, pd.DataFrame]:
        """The frames by table name."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self) if entry.name in TABLES}

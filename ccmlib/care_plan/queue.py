"""The review queue: which enrolled patients' plans need somebody, and for what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from ..facts import MonthFacts
from ..month import a_year_before
from ..requirement import HOLD, REVIEW
from ..rulebook import Rules
from .goals import GOALS
from .links import unlinked_entries
from .local import local_day, local_days, patient_zones
from .versions import counting, judged_plans, waiting

#: The findings, in the order in which they are worked on: name, label.
KINDS = {
    "no_plan": "No plan",
    "unapproved": "Unapproved",
    "review_due": "Review due",
    "copy_not_given": "Copy not given",
    "goals_overdue": "Goals overdue",
    "unlinked_entries": "Contacts not linked",
}
COLUMNS = ["patient_id", "kind", "severity", "count", "day"]


@dataclass(frozen=True)
class Queue:
    """`enrolled`: patient_id of everybody asked; `findings`: see `COLUMNS`; `plans`, `unlinked`: what they rest on."""

    enrolled: pd.Index
    findings: pd.DataFrame
    plans: pd.DataFrame
    unlinked: pd.DataFrame

    def count(self, kind: str) -> int:
        """How many patients have a finding of a kind."""
        return int((self.findings.kind == kind).sum())

    def patients(self, *kinds: str) -> set[str]:
        """The patients with a finding of one of the kinds; of any when none is named."""
        found = self.findings if not kinds else self.findings[self.findings.kind.isin(kinds)]
        return set(found.patient_id)


def review_queue(facts: MonthFacts, rules: Rules, now: dt.datetime) -> Queue:
    """What the plans of living patients with a consent in force at `now` need.

    One finding a patient and kind. `severity`: hold when no bill can go out without it, else review. `count`: goals
    or entries concerned, else 1. `day`: since when: the version's approval, the last review, the oldest due date,
    the first entry; absent where there is none. Entries are those of the month of `facts`.
    """
    plans, enrolled = judged_plans(facts), enrolled_patients(facts, rules, now)
    unlinked = unlinked_entries(facts, rules)
    unlinked = unlinked[unlinked.patient_id.isin(enrolled)]
    zones = patient_zones(facts.patients, facts.practices)
    found = [
        _no_plan(plans, enrolled), _unapproved(plans), _review_due(plans, zones, now), _copy_not_given(plans, zones),
        _goals_overdue(facts, plans, zones, now), _unlinked(unlinked, zones),
    ]  # fmt: skip
    named = [part.assign(kind=kind)[COLUMNS] for kind, part in zip(KINDS, found, strict=True)]
    whole = pd.concat([part.astype({"day": "datetime64[s]", "count": int}) for part in named], ignore_index=True)
    return Queue(enrolled, whole[whole.patient_id.isin(enrolled)].reset_index(drop=True), plans, unlinked)


def enrolled_patients(facts: MonthFacts, rules: Rules, now: dt.datetime) -> pd.Index:
    """patient_id of the living who have, at `now`, a consent in force to a program that needs a care plan."""
    at, consents, patients = pd.Timestamp(now), facts.consents, facts.patients
    programs = {row["program"] for row in rules.rows("requirements", name="care_plan")}
    in_force = (consents.given_at <= at) & ~(consents.revoked_at <= at) & consents.program.isin(programs)
    alive = patients[~(patients.died_at <= at)]
    return pd.Index(alive.patient_id[alive.patient_id.isin(consents.patient_id[in_force])])


def _no_plan(plans: pd.DataFrame, enrolled: pd.Index) -> pd.DataFrame:
    standing = set(plans.patient_id[plans.status != "retired"])
    return _findings([each for each in enrolled if each not in standing], HOLD)


def _unapproved(plans: pd.DataFrame) -> pd.DataFrame:
    """A version waits: a hold when none counts meanwhile."""
    waits = waiting(plans).index
    held = ~waits.isin(counting(plans).index)
    return _findings(waits, pd.Series(held).map({True: HOLD, False: REVIEW}).tolist())


def _review_due(plans: pd.DataFrame, zones: pd.Series, now: dt.datetime) -> pd.DataFrame:
    plan = counting(plans)
    looked_at = plan[["approved_at", "reviewed_at"]].max(axis=1)
    zone = _zone_of(plan.index, zones)
    day = local_days(looked_at, zone)
    limit = zone.map({name: pd.Timestamp(a_year_before(local_day(now, name))) for name in zones.unique()})
    return _findings(plan.index, REVIEW, 1, day)[(day < limit).to_numpy()]


def _copy_not_given(plans: pd.DataFrame, zones: pd.Series) -> pd.DataFrame:
    plan = counting(plans)
    plan = plan[plan.copy_given_at.isna()]
    return _findings(plan.index, REVIEW, 1, local_days(plan.approved_at, _zone_of(plan.index, zones)))


def _goals_overdue(facts: MonthFacts, plans: pd.DataFrame, zones: pd.Series, now: dt.datetime) -> pd.DataFrame:
    items = facts.care_plan_items[(facts.care_plan_items.element == GOALS) & facts.care_plan_items.met_at.isna()]
    goals = items.merge(plans[plans.counts][["care_plan_id", "patient_id"]], on="care_plan_id")
    today = goals.patient_id.map(zones).map({name: pd.Timestamp(local_day(now, name)) for name in zones.unique()})
    overdue = goals[goals.due_date < today].groupby("patient_id").due_date.agg(["size", "min"])
    return _findings(overdue.index, REVIEW, overdue["size"], overdue["min"])


def _unlinked(unlinked: pd.DataFrame, zones: pd.Series) -> pd.DataFrame:
    found = unlinked.groupby("patient_id").started_at.agg(["size", "min"])
    return _findings(found.index, REVIEW, found["size"], local_days(found["min"], _zone_of(found.index, zones)))


def _zone_of(patient_ids: pd.Index, zones: pd.Series) -> pd.Series:
    return pd.Series(zones.reindex(patient_ids).array, index=patient_ids)


def _findings(patient_ids, severity, count=1, day=pd.NaT) -> pd.DataFrame:
    values = {"severity": severity, "count": count, "day": day}
    plain = {name: value.array if isinstance(value, pd.Series) else value for name, value in values.items()}
    return pd.DataFrame({"patient_id": pd.Index(patient_ids, dtype="str"), **plain})

"""What the page rests on, read from the store: one practice's plans, and the contacts of one month."""

from __future__ import annotations

import datetime as dt
from functools import cache

from ccmlib.access.session import Session
from ccmlib.care_plan.history import Event, plan_events
from ccmlib.care_plan.local import local_day
from ccmlib.care_plan.queue import review_queue
from ccmlib.facts import MonthFacts
from ccmlib.month import Month
from ccmlib.problem import Problem
from ccmlib.rulebook import Rulebook
from ccmlib.store import Engine, history, read
from ccmlib.store.schema import FACTS
from ccmlib.store.span import logged_span

from .patient import PatientPlan
from .practice import Practice

#: What the queue and a patient's plan are made of; a month's encounters and readings are not asked for.
READ = (
    "practices", "staff", "patients", "conditions", "consents", "care_plans", "care_plan_items", "measures",
    "time_entries",
)  # fmt: skip

rulebook = cache(Rulebook.load)


def practices_of(store: Engine, session: Session) -> list[tuple[str, str]]:
    """(name, practice_id) of the practices the user works for. Raises Problem when there is none."""
    with store.connect() as connection:
        rows = [row for row in read.practices(connection).itertuples() if session.works_for(row.practice_id)]
    if not rows:
        raise Problem("The store knows no practice you work for; ask the administrator to add you to one.")
    return [(row.name, row.practice_id) for row in rows]


def read_practice(store: Engine, practice_id: str, month: Month, now: dt.datetime) -> Practice:
    """The practice with the contacts of `month`, as known now."""
    with store.connect() as connection:
        where = read.month_conditions(connection, month, None, practice_id)
        frames = {name: read.table_now(connection, name, None, *where[name]) for name in READ}
    facts = MonthFacts.of(month, frames)
    return Practice(practice_id, facts, review_queue(facts, rulebook().on(month), now), now)


def months(store: Engine, practice_id: str, now: dt.datetime) -> list[str]:
    """The months with logged time up to that of `now`, newest first; the month of `now` when there is none."""
    with store.connect() as connection:
        practices, logged = read.practices(connection), logged_span(connection)
    time_zone = practices.time_zone[practices.practice_id == practice_id].iloc[0]
    this = f"{local_day(now, time_zone):%Y-%m}"
    if logged is None:
        return [this]
    instants = (dt.datetime.fromtimestamp(second, dt.UTC) for second in logged)
    first, last = (f"{local_day(each, time_zone):%Y-%m}" for each in instants)
    month, found = Month(first), []
    while str(month) <= min(last, this):
        found.append(str(month))
        month = month.next
    return found[::-1] or [this]


def plan_history(store: Engine, plan: PatientPlan) -> list[Event]:
    """What happened to a patient's plan, with author and time, oldest first."""
    own = [each.care_plan_id for each in plan.plans]
    with store.connect() as connection:
        of_plans = history.versions(connection, "care_plans", FACTS["care_plans"].c.care_plan_id.in_(own))
        of_items = history.versions(connection, "care_plan_items", FACTS["care_plan_items"].c.care_plan_id.in_(own))
    staff = plan.practice.facts.staff
    return plan_events(
        of_plans, of_items, dict(zip(staff.staff_id, staff["name"], strict=True)), plan.practice.time_zone
    )

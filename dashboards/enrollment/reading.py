"""What the enrollment page reads: the screening of a practice's patients today, and one patient anew after a write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from ccmlib.access.session import require
from ccmlib.desk.day import Day
from ccmlib.desk.one_patient import one_patient
from ccmlib.desk.read import DeskFacts, read_desk, with_patient
from ccmlib.rulebook import Rulebook, Rules
from ccmlib.screen import screen

from ..own_practices import OwnPractices, PracticeToday


@dataclass(frozen=True)
class Enrolling(PracticeToday):
    """A practice today: its facts, the rules, and the screening by patient_id (see ``ccmlib.screen``)."""

    read: DeskFacts
    rules: Rules
    day: Day
    screened: pd.DataFrame

    def member(self, staff_id: str) -> str:
        """The name of a member of staff, empty when there is none of that id."""
        return next(iter(self.facts.staff["name"][self.facts.staff.staff_id == staff_id]), "")

    def biller(self, patient_id: str) -> str:
        """The name of the practitioner who bills for a patient."""
        return self.member(self.people.loc[patient_id].billing_staff_id)


class Reading(OwnPractices):
    """The store as the session's user may see it."""

    def enrolling(self, practice_id: str, now: dt.datetime) -> Enrolling:
        """The practice's screening on the day of `now`."""
        require(self.session, "view_patient", practice_id)
        found = read_desk(self.store, practice_id, now)
        rules, day = Rulebook.load().on(found.facts.month), Day(now, found.time_zone)
        return Enrolling(found, rules, day, _screened(found.facts, rules, day))

    def again(self, before: Enrolling, patient_id: str, now: dt.datetime) -> Enrolling:
        """The same with one patient read and screened anew."""
        found, day = with_patient(before.read, self.store, patient_id), replace(before.day, now=now)
        own = _screened(one_patient(found.facts, patient_id), before.rules, day)
        screened = before.screened.drop(patient_id)
        screened = pd.concat([screened, own.loc[[patient_id]]]).reindex(before.screened.index)
        return replace(before, read=found, day=day, screened=screened)


def _screened(facts, rules: Rules, day: Day) -> pd.DataFrame:
    return screen(facts, rules, day.today).set_index("patient_id", drop=False)

"""What the desk reads: the practice's month decided once, then one patient at a time after every write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from ccmlib.access.session import require
from ccmlib.acts.timer import open_timers
from ccmlib.care_plan.people import only_oneself
from ccmlib.close import close_month
from ccmlib.desk.day import Day
from ccmlib.desk.one_patient import decided
from ccmlib.desk.patient_page import PatientPage, patient_page
from ccmlib.desk.read import DeskFacts, other_month, patient_entries, read_desk, with_patient
from ccmlib.desk.standing import restanding, standing
from ccmlib.desk.timer import Timer
from ccmlib.desk.worklist import worklist
from ccmlib.month import Month
from ccmlib.rulebook import Rulebook, Rules
from ccmlib.store.contacts import newest_batch

from ..own_practices import OwnPractices, PracticeToday, pairs


@dataclass(frozen=True)
class Desk(PracticeToday):
    """A practice's day: facts, rules, where each patient's month stands, and the worklist (frames)."""

    read: DeskFacts
    rules: Rules
    standing: pd.DataFrame
    day: Day
    list: pd.DataFrame


class Reading(OwnPractices):
    """The store as the session's user may see it."""

    def desk(self, practice_id: str, now: dt.datetime) -> Desk:
        """The practice's day."""
        require(self.session, "view_patient", practice_id)
        found = read_desk(self.store, practice_id, now)
        rules = Rulebook.load().on(found.facts.month)
        stands, day = standing(close_month(found.facts, rules)), Day(now, found.time_zone)
        return Desk(found, rules, stands, day, worklist(found.facts, rules, stands, found.contacts, day))

    def again(self, desk: Desk, patient_id: str, now: dt.datetime) -> Desk:
        """The same day with one patient read anew; the worklist too when anything was written since it was made."""
        found, day = with_patient(desk.read, self.store, patient_id), replace(desk.day, now=now)
        if not self._written_since(desk):
            return replace(desk, read=found, day=day)
        stands = restanding(desk.standing, found.facts, desk.rules, patient_id)
        listed = worklist(found.facts, desk.rules, stands, found.contacts, day)
        return replace(desk, read=found, standing=stands, day=day, list=listed)

    def _written_since(self, desk: Desk) -> bool:
        with self.store.connect() as connection:
            return newest_batch(connection) != desk.read.batch

    def page(self, desk: Desk, patient_id: str) -> PatientPage:
        """The page of a patient of the practice. Raises Problem when it is nobody of them."""
        close = decided(desk.facts, desk.rules, patient_id)
        return patient_page(desk.facts, close, patient_id, self.entries(patient_id), desk.day)

    def entries(self, patient_id: str) -> pd.DataFrame:
        """Every time entry of a patient, newest first."""
        return patient_entries(self.store, patient_id)

    def month_of(self, desk: Desk, patient_id: str, month: Month):
        """The decision of one patient's month, whichever month it is."""
        if month == desk.facts.month:
            return decided(desk.facts, desk.rules, patient_id)
        facts = other_month(self.store, month, desk.facts.practices.practice_id.iloc[0])
        return decided(facts, Rulebook.load().on(month), patient_id)

    def timers(self) -> list[Timer]:
        """The user's timers that are not over."""
        with self.store.connect() as connection:
            return open_timers(connection, self.session)

    def signers(self, desk: Desk) -> list[tuple[str, str]]:
        """Whom the user may name as the one who did the work: name and id."""
        return pairs(only_oneself(desk.staff, self.session.user))

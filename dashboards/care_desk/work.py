"""Timing and documenting a piece of work for the selected patient, and what of it counts. No widgets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import traitlets

from ccmlib import wording
from ccmlib.acts.time_entry import Saved, late_words, record_manual, save_timer
from ccmlib.acts.timer import discard_timer, pause_timer, resume_timer, start_timer
from ccmlib.desk.timer import PAUSED, RUNNING, Timer
from ccmlib.problem import Problem
from ccmlib.reports.markup import Html, paragraphs

from .result import result_html

if TYPE_CHECKING:
    from .model import CareDesk


class WorkDesk(traitlets.HasTraits):
    """The timer of the selected patient (None without one), and `result`: what the last saved entry counted."""

    timer = traitlets.Instance(Timer, allow_none=True)
    others = traitlets.Unicode()
    result = traitlets.Unicode()

    def __init__(self, owner: CareDesk):
        super().__init__()
        self.owner = owner
        self._result_of = ""

    def follow(self) -> None:
        """Find the timer of the patient who is selected now."""
        mine = self.owner.reading.timers() if self.owner.desk else []
        here = self.owner.patient if self.owner.shown else ""
        self.timer = next((each for each in mine if each.patient_id == here), None)
        self.others = " ".join(self._other(each) for each in mine if each.patient_id != here)
        if self._result_of != here:
            self.result = ""
        self.owner.form.about_choices = [("–", "")] + [(each, each) for each in self._subjects()]

    @property
    def may(self) -> dict[str, bool]:
        """Which buttons make sense now; the acts ask again."""
        allowed = self.owner.session.may("record_time") and self.owner.shown is not None
        state, by_hand = self.timer.state if self.timer else "", self.owner.form.by_hand
        return {
            "start": allowed and not by_hand and not state, "pause": allowed and state == RUNNING,
            "resume": allowed and state == PAUSED, "discard": allowed and bool(state),
            "save": allowed and (by_hand or bool(state)),
        }  # fmt: skip

    def face(self) -> tuple[int, bool, str]:
        """Seconds, whether they run on, and the words beside them."""
        if self.timer is None:
            return 0, False, "No timer runs for this patient."
        seconds = self.timer.seconds(self._now())
        since = dt.datetime.fromtimestamp(self.timer.started_at, dt.UTC)
        words = f"{self.timer.state}, started {self.owner.desk.day.local(since):%H:%M:%S}"
        return seconds, self.timer.state == RUNNING, words + self._too_long(seconds)

    def start(self) -> None:
        """Start a timer for the selected patient."""
        with self.owner.told():
            self.result = ""
            self._did(start_timer(self._store, self._session, self.owner.patient, self.owner.clock()))

    def pause(self) -> None:
        """Pause it."""
        with self.owner.told():
            self._did(pause_timer(self._store, self._session, self._timer(), self.owner.clock()))

    def resume(self) -> None:
        """Let it run again."""
        with self.owner.told():
            self._did(resume_timer(self._store, self._session, self._timer(), self.owner.clock()))

    def discard(self, reason: str) -> None:
        """Throw it away with a reason."""
        with self.owner.told():
            self._did(discard_timer(self._store, self._session, self._timer(), reason, self.owner.clock()))

    def statement(self) -> Html | None:
        """What saving would write. A running timer is stopped for it, so that the time stated is the time written."""
        with self.owner.told():
            work = self.owner.form.documentation.checked()
            names = {value: words for words, value in self.owner.form.staff_choices}
            name = names.get(work.staff_id, work.staff_id)
            what = f"{work.program.upper()}, {wording.words(work.activity)}, by {name}"
            if self.owner.form.by_hand:
                start, end = self.owner.form.times(self.owner.desk.day.time_zone)
                return paragraphs([f"Write {self._manual_words(start, end)}: {what}.", "Marked as typed by hand."])
            if self._timer().state == RUNNING:
                self._did(pause_timer(self._store, self._session, self._timer(), self.owner.clock()))
            return paragraphs([f"Write {self._timed_words()} for {self.owner.shown.name}: {what}."])
        return None

    def save(self) -> None:
        """Write what was stated, and say at once what of it counts."""
        with self.owner.told():
            work, now = self.owner.form.documentation, self.owner.clock()
            if self.owner.form.by_hand:
                start, end = self.owner.form.times(self.owner.desk.day.time_zone)
                saved = record_manual(
                    self._store, self._session, self.owner.patient, work, start, end, now, self._late_days
                )
            else:
                saved = save_timer(self._store, self._session, self._timer(), work, now)
            self.owner.form.clear()
            self.owner.reread_patient()
            self._tell(saved)

    def _tell(self, saved: Saved) -> None:
        self._result_of = saved.patient_id
        self.result = result_html(self.owner.reading, self.owner.desk, saved)
        self.owner.say(
            f"{saved.says} If it is wrong, bring in a corrected row of {wording.listed(list(saved.entry_ids))}: "
            "both versions are kept."
        )

    def _did(self, says: str) -> None:
        self.follow()
        self.owner.say(says)

    def _timer(self) -> Timer:
        if self.timer is None:
            raise Problem("No timer runs for this patient; start one first, or type the times by hand.")
        return self.timer

    def _timed_words(self) -> str:
        parts = self.timer.until(self._now())
        logged = wording.spoken(self.timer.seconds(self._now()))
        if not parts:
            raise Problem("No second has run yet; let the timer run, or discard it.")
        return f"{logged} by timer" + (f", in {len(parts)} entries without the pauses" if len(parts) > 1 else "")

    def _manual_words(self, start: dt.datetime, end: dt.datetime) -> str:
        if end <= start:
            raise Problem("The work must end after it starts; check both times.")
        length = wording.spoken((end - start).total_seconds())
        when = wording.moment(self.owner.desk.day.local(start))
        return (
            f"{length} from {when} for {self.owner.shown.name}.{late_words(end, self.owner.clock(), self._late_days)}"
        )

    def _too_long(self, seconds: int) -> str:
        hours = self.owner.desk.rules.policy("longest_entry_hours")
        return f". More than {hours} h: was it forgotten? Its seconds will not count." if seconds > hours * 3600 else ""

    def _other(self, timer: Timer) -> str:
        people = self.owner.desk.people.index
        who = timer.patient_id if timer.patient_id in people else "a patient of another practice"
        return f"Your timer for {who} is {timer.state} at {wording.clock(timer.seconds(self._now()))}."

    def _subjects(self) -> list[str]:
        return self.owner.shown.subjects if self.owner.shown else []

    @property
    def _late_days(self) -> int:
        return self.owner.desk.rules.policy("late_entry_days")

    def _now(self) -> int:
        return int(self.owner.clock().timestamp())

    @property
    def _store(self):
        return self.owner.reading.store

    @property
    def _session(self):
        return self.owner.session

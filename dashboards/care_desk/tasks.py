"""Opening, giving and closing tasks of the selected patient. No widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccmlib import wording
from ccmlib.acts.task import assign_task, close_task, open_task
from ccmlib.care_plan.item import text_of
from ccmlib.desk.tasks import KINDS, words_of
from ccmlib.problem import Problem
from ccmlib.reports.markup import Html, paragraphs

if TYPE_CHECKING:
    from .model import CareDesk


class TaskDesk:
    """What can be done about tasks; every act says what it will write before it does."""

    def __init__(self, owner: CareDesk):
        self.owner = owner

    @property
    def may(self) -> bool:
        """Whether the role changes tasks and a patient is selected; the acts ask again."""
        return self.owner.session.may("change_task") and self.owner.shown is not None

    def follow(self) -> None:
        """Offer the open tasks of the patient who is selected now."""
        form, page = self.owner.task_form, self.owner.shown
        choices = [(self._words(row), row.task_id) for row in page.tasks.itertuples()] if page else []
        form.open_choices = choices
        if form.task_id not in [value for _, value in choices]:
            form.task_id = choices[0][1] if choices else ""
        form.outcome = form.give_to = ""

    def opening(self) -> Html | None:
        """What opening would write."""
        with self.owner.told():
            task = self.owner.task_form.task(self._zone)
            due = f", due {wording.moment(self.owner.desk.day.local(task.due_at))}" if task.due_at else ", no due time"
            whom = self._name(task.assigned_to)
            return paragraphs(
                [f"Open for {self.owner.shown.name}: {KINDS[task.kind]}, {task.urgency}, for {whom}{due}."]
            )
        return None

    def open(self) -> None:
        """Open the task that was stated."""
        self._act(lambda: open_task(*self._where, self.owner.task_form.task(self._zone), self.owner.clock()))

    def closing(self) -> Html | None:
        """What closing would write."""
        with self.owner.told():
            form = self.owner.task_form
            if not form.outcome.strip():
                raise Problem("Say what came of the task; it is closed with its outcome.")
            return paragraphs([f"Close “{self._chosen()}” with the outcome: {form.outcome.strip()}"])
        return None

    def close(self) -> None:
        """Close the task that was stated."""
        form = self.owner.task_form
        self._act(lambda: close_task(*self._where, form.task_id, form.outcome, self.owner.clock()))

    def giving(self) -> Html | None:
        """What giving it to somebody else would write."""
        with self.owner.told():
            return paragraphs([f"Give “{self._chosen()}” to {self._name(self.owner.task_form.give_to)}."])
        return None

    def give(self) -> None:
        """Give the task that was stated to the colleague chosen."""
        form = self.owner.task_form
        self._act(lambda: assign_task(*self._where, form.task_id, form.give_to, self.owner.clock()))

    def _act(self, act) -> None:
        with self.owner.told():
            says = act()
            self.owner.reread_patient()
            self.owner.say(says)

    @property
    def _where(self) -> tuple:
        return self.owner.reading.store, self.owner.session, self.owner.patient

    @property
    def _zone(self) -> str:
        return self.owner.desk.day.time_zone

    def _chosen(self) -> str:
        form = self.owner.task_form
        found = {value: words for words, value in form.open_choices}
        if form.task_id not in found:
            raise Problem("Choose one of the open tasks first.")
        return found[form.task_id]

    def _name(self, staff_id: str) -> str:
        found = {value: words for words, value in self.owner.task_form.people}
        if staff_id not in found:
            raise Problem("Choose who the task is for.")
        return found[staff_id]

    def _words(self, row) -> str:
        due = f", due {wording.moment(self.owner.desk.day.local(row.due_at))}" if row.due_at == row.due_at else ""
        return f"{words_of(row.kind)}, {text_of(row.urgency) or 'no urgency'}{due}"

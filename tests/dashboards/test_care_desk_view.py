"""The care desk's widgets, clicked without a kernel: they show the model and change it, and decide nothing."""

from __future__ import annotations

import pytest

from dashboards.care_desk.model import CareDesk
from dashboards.care_desk.view import View

from ..desk.clinic import CALL, NOW, NURSE, ONE_SHORT, OTHER, after, entries, nurse, sample_database, signed_in


class Clock:
    """A clock that the test sets."""

    now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def database(tmp_path):
    return sample_database(tmp_path)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def view(database, clock):
    made = View(CareDesk(nurse(database), clock))
    made.whole()
    return made


def shown(widget):
    return widget.layout.display != "none"


def fill(work):
    work.services.value, work.outcome.value, work.staff.value = CALL.services, CALL.outcome, NURSE
    for name, field in work.calls.items():
        field.value = getattr(CALL, name)


def test_a_row_that_is_chosen_shows_its_patient(view):
    assert not shown(view.doing)
    view.table.selected = ONE_SHORT
    assert "Florence Redfern" in view.title.value and "19:59" in view.page.value and shown(view.doing)


def test_the_timer_is_started_stopped_stated_and_saved(view, clock, database):
    work = view.work
    view.table.selected = ONE_SHORT
    assert [shown(each) for each in (work.start, work.pause, work.resume, work.save)] == [True, False, False, False]
    work.start.click()
    assert work.clock.running and [shown(each) for each in (work.start, work.pause, work.save)] == [False, True, True]
    clock.now = after(30)
    fill(work)
    work.save.click()
    assert view.confirm.asking and "30 s by timer" in view.confirm.statement.value and not work.clock.running
    view.confirm.yes.click()
    assert "20:29 counted" in work.result.value and len(entries(database, ONE_SHORT)) == 1
    assert view.message.text.startswith("Saved 30 s") and not shown(work.pause)


def test_what_is_changed_after_it_was_stated_is_stated_again(view, clock, database):
    view.table.selected = ONE_SHORT
    view.work.start.click()
    clock.now = after(30)
    fill(view.work)
    view.work.save.click()
    view.work.outcome.value = "Something else"
    assert not view.confirm.asking
    view.confirm.yes.click()
    assert entries(database, ONE_SHORT).empty


def test_no_writes_nothing(view, clock, database):
    view.table.selected = ONE_SHORT
    view.work.start.click()
    clock.now = after(30)
    fill(view.work)
    view.work.save.click()
    view.confirm.no.click()
    assert entries(database, ONE_SHORT).empty and shown(view.work.resume)


def test_a_missing_field_is_said_and_nothing_is_asked(view):
    view.table.selected = ONE_SHORT
    view.work.start.click()
    view.work.save.click()
    assert not view.confirm.asking and view.message.tone == "problem" and view.work.clock.running


def test_the_contents_of_a_call_are_asked_for_calls_only(view):
    view.table.selected = ONE_SHORT
    assert all(map(shown, view.work.calls.values()))
    view.work.template.value = "work"
    assert not any(map(shown, view.work.calls.values()))


def test_typed_times_take_the_place_of_the_timer(view):
    view.table.selected = ONE_SHORT
    view.work.by_hand.value = True
    assert shown(view.work.times) and shown(view.work.save) and not shown(view.work.start)


def test_discarding_asks_and_needs_a_reason(view):
    view.table.selected = ONE_SHORT
    view.work.start.click()
    view.work.reason.value = "Wrong patient"
    view.work.discard.click()
    view.confirm.yes.click()
    assert view.message.text.startswith("Timer discarded") and view.work.reason.value == ""


def test_a_task_is_opened_given_and_closed(view):
    view.table.selected = OTHER
    tasks = view.tasks
    tasks.assigned_to.value = NURSE
    tasks.time.value = "18:00"
    tasks.open.click()
    view.confirm.yes.click()
    assert "Task opened" in view.message.text and shown(tasks.old)
    tasks.give_to.value = "S04"
    tasks.give.click()
    view.confirm.yes.click()
    assert "given to Desmond Ivywood" in view.message.text
    tasks.outcome.value = "Reached"
    tasks.close.click()
    view.confirm.yes.click()
    assert "closed" in view.message.text and not shown(tasks.old)


def test_another_patient_takes_an_open_question_back(view, clock):
    view.table.selected = ONE_SHORT
    view.work.start.click()
    clock.now = after(30)
    fill(view.work)
    view.work.save.click()
    view.table.selected = OTHER
    assert not view.confirm.asking


def test_a_button_that_is_left_out_writes_nothing_when_it_is_clicked_all_the_same(database, clock):
    view = View(CareDesk(signed_in(database, "practice_manager"), clock))
    view.whole()
    view.table.selected = ONE_SHORT
    assert not shown(view.work.start)
    view.work.start.click()
    assert view.message.tone == "problem" and not view.work.clock.running


def test_search_and_tabs_go_both_ways(view):
    view.query.value = ONE_SHORT
    assert view.tabs.selected == "found" and ONE_SHORT in view.table.html
    view.tabs.selected = "tasks"
    assert view.query.value == "" and view.model.listed == "tasks"

"""The enrollment page's widgets, clicked without a kernel."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboards.enrollment.model import Enrollment
from dashboards.enrollment.view import View

from ..desk.clinic import NOW, NURSE, nurse, sample_database, signed_in, table

NEVER_ASKED, ENROLLED = "P0022", "P0003"


@pytest.fixture
def database(tmp_path):
    return sample_database(tmp_path)


@pytest.fixture
def view(database):
    made = View(Enrollment(nurse(database), lambda: NOW))
    made.whole()
    return made


def shown(widget):
    return widget.layout.display != "none"


def test_the_forms_come_with_a_patient(view):
    assert not any(map(shown, (view.letters, view.consent, view.withdrawal)))
    view.table.selected = NEVER_ASKED
    assert shown(view.letters) and shown(view.consent) and not shown(view.withdrawal)
    assert view.practitioner.value == "S01" and view.time.value == "16:00"


def test_a_consent_is_ticked_stated_and_recorded(view, database):
    view.table.selected = NEVER_ASKED
    for tick in view.ticks.values():
        tick.value = True
    view.method.value, view.recorded_by.value = "written", NURSE
    view.record.click()
    assert "written consent to Desmond Foxglove" in view.confirm.statement.value
    view.confirm.yes.click()
    assert "now enrolled" in view.message.text and shown(view.withdrawal)
    assert (table(database, "consents").patient_id == NEVER_ASKED).sum() == 1


def test_what_is_changed_after_it_was_stated_is_stated_again(view, database):
    view.table.selected = NEVER_ASKED
    for tick in view.ticks.values():
        tick.value = True
    view.method.value, view.recorded_by.value = "written", NURSE
    view.record.click()
    view.method.value = "verbal"
    view.confirm.yes.click()
    assert NEVER_ASKED not in set(table(database, "consents").patient_id)


def test_no_records_nothing(view, database):
    view.table.selected = NEVER_ASKED
    for tick in view.ticks.values():
        tick.value = True
    view.method.value, view.recorded_by.value = "written", NURSE
    view.record.click()
    view.confirm.no.click()
    assert NEVER_ASKED not in set(table(database, "consents").patient_id)


def test_a_statement_that_is_not_ticked_is_named(view):
    view.table.selected = NEVER_ASKED
    view.record.click()
    assert not view.confirm.asking and "share of the cost" in view.message.text


def test_the_day_a_withdrawal_takes_effect_stands_beside_it(view):
    view.table.selected = ENROLLED
    view.end_day.value = dt.date(2026, 9, 12)
    assert "end of 30 Sep 2026" in view.effect.value
    view.revoke.click()
    assert "end of 30 Sep 2026" in view.confirm.statement.value
    view.confirm.yes.click()
    assert "now not enrolled" in view.message.text and not shown(view.withdrawal)


def test_the_letter_is_printed_and_saved(view):
    view.table.selected = NEVER_ASKED
    assert "Dear Delia Vale" in view.print.click()
    assert view.file.click().kind == "text/html"


def test_a_button_that_is_left_out_records_nothing(database):
    view = View(Enrollment(signed_in(database, "practice_manager"), lambda: NOW))
    view.whole()
    view.table.selected = NEVER_ASKED
    assert not shown(view.consent)
    view.record.click()
    assert not view.confirm.asking and view.message.tone == "problem"

"""The enrollment page's decisions, without a widget: who may be asked, the consent, the letter, the withdrawal."""

from __future__ import annotations

import datetime as dt

import pytest

from ccmlib.close import close_month
from ccmlib.enrollment.consents import STATEMENTS
from ccmlib.month import Month
from ccmlib.rulebook import Rulebook
from dashboards.enrollment.model import Enrollment

from ..desk.clinic import MONTH, NOW, NURSE, after, facts, nurse, sample_database, signed_in, table

#: 22 minutes of work and no consent; enrolled; withdrew in October.
NEVER_ASKED, ENROLLED, WITHDREW = "P0022", "P0003", "P0020"


@pytest.fixture
def database(tmp_path):
    return sample_database(tmp_path)


@pytest.fixture
def page(database):
    return Enrollment(nurse(database), lambda: NOW)


def explained(page):
    for name in STATEMENTS:
        setattr(page.form, name, True)
    page.form.method, page.form.recorded_by = "verbal", NURSE


def test_the_page_opens_on_who_is_eligible_and_not_enrolled(page):
    assert page.listed == "ask" and NEVER_ASKED in page.rows().keys and ENROLLED not in page.rows().keys
    row = next(row for row in page.rows()[:50] if row.key == NEVER_ASKED)
    assert "No consent yet." in row.cells[4] and "Ask for consent" in row.cells[5]


def test_who_is_not_eligible_is_told_why(page):
    page.listed = "shut"
    said = {row.key: row.cells[4] for row in page.rows()[:50]}
    assert said and all(words != "Nothing." for words in said.values())


def test_the_panel_says_why_and_what_it_costs(page):
    page.patient = NEVER_ASKED
    title, body = page.about()
    assert title == "Vale, Delia" and "$13.23 of $66.13" in body and "No consent yet" in body


def test_a_consent_is_stated_recorded_and_makes_the_patient_billable(database, page):
    page.patient = NEVER_ASKED
    explained(page)
    page.form.day, page.form.time = dt.date(2026, 9, 30), "11:00"
    assert "verbal consent to Desmond Foxglove" in page.consent_statement()
    page.record_consent()
    assert page.tone == "done" and "is now enrolled" in page.message
    assert NEVER_ASKED not in page.rows().keys and page.now_known.screened.enrolled[NEVER_ASKED]
    close = close_month(facts(database), Rulebook.load().on(Month(MONTH)))
    assert "99490" in set(close.claim_lines[close.claim_lines.patient_id == NEVER_ASKED].hcpcs_code)


@pytest.mark.parametrize("missing", STATEMENTS)
def test_nothing_is_asked_before_all_four_statements_are_ticked(page, missing):
    page.patient = NEVER_ASKED
    explained(page)
    setattr(page.form, missing, False)
    assert page.consent_statement() is None and page.tone == "problem" and "Explain first" in page.message


def test_the_act_refuses_what_the_page_did_not_ask(database, page):
    page.patient = NEVER_ASKED
    page.record_consent()
    assert page.tone == "problem"
    assert NEVER_ASKED not in set(table(database, "consents").patient_id)


def test_the_ticks_of_one_patient_do_not_serve_for_another(page):
    page.patient = NEVER_ASKED
    explained(page)
    page.patient = "P0054"
    assert not any(getattr(page.form, name) for name in STATEMENTS) and page.form.method == ""


def test_a_consent_to_somebody_who_does_not_bill_is_warned_of(page):
    page.patient = NEVER_ASKED
    explained(page)
    page.form.practitioner = "S02"
    assert "does not count" in page.consent_statement()


def test_a_withdrawal_shows_its_effect_before_it_is_asked_and_after(page):
    page.patient = ENROLLED
    page.form.end_day, page.form.end_time = dt.date(2026, 10, 12), "10:00"
    assert page.effect() == "Takes effect at the end of 31 Oct 2026."
    assert "end of 31 Oct 2026" in page.withdrawal_statement()
    page.record_withdrawal()
    assert "is now not enrolled" in page.message
    assert "Withdrawn 12 Oct 2026 10:00, effective at the end of 31 Oct 2026" in page.about()[1]
    assert not page.may["revoke"]


def test_who_withdrew_stands_in_the_list_as_such(page):
    row = next(row for row in page.rows()[:50] if row.key == WITHDREW)
    assert "withdrew" in row.cells[1] and "Consent withdrawn 15 Oct 2026." in row.cells[4]


def test_the_letter_is_a_file_of_its_own(page):
    page.patient = NEVER_ASKED
    file = page.letter_file()
    assert file.name == "consent-letter-P0022.html" and b"$13.23 a month" in file.content


def test_a_practice_manager_sees_the_list_and_records_nothing(database):
    page = Enrollment(signed_in(database, "practice_manager"), lambda: NOW)
    page.patient = NEVER_ASKED
    assert page.may == {"consent": False, "revoke": False, "letter": True}
    explained(page)
    assert page.consent_statement() is None and "may not record a consent" in page.message
    page.record_consent()
    assert NEVER_ASKED not in set(table(database, "consents").patient_id)


def test_who_may_not_see_patients_gets_no_list_and_no_letter(database):
    page = Enrollment(signed_in(database, "administrator"), lambda: NOW)
    assert page.now_known is None and page.rows() == [] and page.tone == "problem"
    assert page.letter() is None


def test_patients_of_other_practices_are_never_read(database):
    page = Enrollment(signed_in(database, "care_manager", practices=("PR99",)), lambda: NOW)
    assert page.now_known is None and "None of your practices" in page.message


def test_one_patient_screened_anew_is_screened_as_among_all(database, page):
    page.patient = NEVER_ASKED
    explained(page)
    page.form.time = f"{after(-3600 * 5):%H:%M}"
    page.record_consent()
    fresh = Enrollment(nurse(database), lambda: NOW).now_known.screened
    again = page.now_known.screened
    assert again.loc[NEVER_ASKED].drop("age").equals(fresh.loc[NEVER_ASKED].drop("age"))


def test_search_finds_everybody(page):
    page.query = "MRN000003"
    assert page.rows().keys == [ENROLLED] and page.listed == "found"

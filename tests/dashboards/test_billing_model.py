"""The billing page without widgets: what the user picks, sees, takes away and closes."""

from __future__ import annotations

import pandas as pd
import pytest

from ccmlib import wording
from ccmlib.access.session import Refused
from ccmlib.acts.close_month_act import close_practice_month
from ccmlib.closed_month import closes_of
from ccmlib.month import Month
from ccmlib.problem import Problem
from ccmlib.store import engine as stores
from ccmlib.store import read, write
from dashboards.billing.model import Billing
from dashboards.ui.said import PROBLEM

from .conftest import NOW


@pytest.fixture
def billing(session_of):
    """Called with a role, the page's model."""
    return lambda role="practice_manager", *practices: Billing(session_of(role, *practices), lambda: NOW)


def keys(model: Billing) -> list[str]:
    return [row.key for row in model.listing().rows]


def learn(model: Billing, table: str, frame: pd.DataFrame) -> None:
    """Facts that come in later."""
    with stores.writing(model.reading.store) as connection:
        write.append(connection, table, frame, int(NOW.timestamp()) + 60, "desk")


def revoke(model: Billing, patient_id: str) -> None:
    """Take back the patient's consent before the month began."""
    with model.reading.store.connect() as connection:
        consents = read.table_now(connection, "consents")
    learn(
        model,
        "consents",
        consents[consents.patient_id == patient_id].assign(revoked_at=pd.Timestamp("2026-09-01", tz="UTC")),
    )


def test_the_page_opens_on_the_month_that_waits_to_be_closed(billing):
    model = billing()
    assert model.month == "2026-10" and model.decided.close.panel.month == Month("2026-10")
    assert ("October 2026 (open)", "2026-10") in model.months and model.practices == [
        ("Sample Family Practice", "PR01")
    ]


def test_the_tiles_say_what_the_close_says(billing):
    model = billing()
    close = model.decided.close
    ready, held, look, near, against = model.tiles()
    assert ready.number == str(close.claim_lines.patient_id.nunique())
    assert ready.more == wording.money(close.claim_lines.allowed_cents.sum())
    assert held.number == str(len(model.decided.held))
    kept_back = int(close.holds.kept_back_cents[close.holds.patient_id.isin(keys(model))].sum())
    assert held.more == f"{wording.money(kept_back)} kept back"
    assert (look.state, near.name) == ("review", "Near the next threshold")
    assert against.more == "no month is closed yet"


def test_the_held_are_sorted_by_the_money_kept_back(billing):
    model = billing()
    money = model.decided.held.kept_back_cents
    assert money.is_monotonic_decreasing and len(keys(model)) == len(money) > 5
    assert model.patient == keys(model)[0]


def test_a_held_row_gives_reason_fix_time_and_money(billing):
    row = next(row for row in billing().listing().rows if row.key == "P0003")
    why, mend, logged, kept_back = map(str, row.cells[1:])
    assert "✗ below threshold" in why and "1 min 40 s short of 20:00" in why
    assert "Log work that was done" in mend and "care manager" in mend
    assert (logged, kept_back) == ("18:20", "$66.13")


def test_the_near_list_gives_the_shortest_way_first(billing):
    model = billing()
    model.listed = "near"
    short = model.decided.near.short
    assert short.is_monotonic_increasing and short.max() < 300
    assert "P0003" in keys(model)


def test_a_patient_is_found_by_name_number_or_id_whatever_the_state(billing):
    model = billing()
    for query in ("kingfisher", "MRN000003", "p0003", "Raymond King"):
        model.query = query
        row = next(row for row in model.listing().rows if row.key == "P0003")
        assert model.listed == "found" and "below threshold" in row.cells[1] and "$66.13" in row.cells[-1]
    model.query = ""
    assert model.listed == "held"


def test_choosing_a_list_ends_the_search(billing):
    model = billing()
    model.query = "king"
    model.listed = "ready"
    assert model.query == "" and model.listed == "ready"


def test_nobody_found_is_said_in_words(billing):
    model = billing()
    model.query = "nobody of that name"
    assert not keys(model) and "nobody of that name" in model.listing().empty


def test_the_panel_explains_the_selected_patient(billing):
    model = billing()
    model.patient = "P0003"
    title, body = model.why()
    assert title == "Why: P0003, October 2026"
    for words in ("Nothing to bill yet: 18:20 counted", "Held: below threshold.", "Nothing else is open.",
                  "Ways to bill", "<svg", "18:20 counted of 18:20 logged"):  # fmt: skip
        assert words in body, words


def test_an_unknown_patient_is_not_an_error(billing):
    model = billing()
    model.patient = "'; DROP TABLE patients"
    assert "Choose a patient" in model.why()[1] and model.message == ""


def test_only_practices_of_the_user_are_shown(billing):
    model = billing("practice_manager", "PR99")
    assert model.decided is None and model.practices == [] and not model.tiles() and model.listing() is None
    assert "None of your practices" in model.message and model.tone == PROBLEM


def test_a_practice_that_is_not_the_users_is_refused_when_it_is_set_by_force(billing):
    model = billing("practice_manager", "PR01")
    with model.reading.store.connect() as connection:
        known = read.practices(connection)
    learn(model, "practices", known.assign(practice_id="PR02", name="Oak Street Clinic"))
    model.practice = "PR02"
    assert model.decided is None and model.listing() is None and "you do not work for it" in model.message


def test_a_month_without_rules_is_told_and_the_stale_table_goes(billing):
    model = billing()
    model.month = "2019-01"
    assert model.decided is None and model.listing() is None and model.tiles() == []
    assert model.tone == PROBLEM and model.message


def test_the_month_is_decided_once_until_something_is_written(billing):
    model = billing()
    first = model.decided
    model.month = "2026-09"
    model.month = "2026-10"
    assert model.decided is first
    revoke(model, "P0001")
    model.read_again()
    assert model.decided is not first


def test_what_is_stated_is_what_is_written(billing):
    model = billing()
    lines, cents = model.decided.close.claim_lines, model.decided.allowed_cents
    said = model.close_statement()
    for words in (wording.times(len(lines), "claim line"), wording.times(lines.patient_id.nunique(), "patient"),
                  wording.money(cents), "October 2026 of Sample Family Practice", "demo.practice_manager"):  # fmt: skip
        assert words in said, words
    model.close_month()
    (close,) = closes_of(model.reading.store, Month("2026-10"))
    assert (close.line_count, close.closed_by) == (len(lines), "demo.practice_manager")
    assert "Closed October 2026" in model.message and wording.money(cents) in model.message
    assert ("October 2026 (closed)", "2026-10") in model.months


def test_closing_again_states_the_amendment_and_shows_it_before(billing):
    model = billing()
    model.close_month()
    assert model.tiles()[-1].more == "nothing would change"
    gone = model.decided.close.claim_lines.patient_id.iloc[0]
    before = int(
        model.decided.close.claim_lines.allowed_cents[model.decided.close.claim_lines.patient_id == gone].sum()
    )
    revoke(model, gone)
    model.read_again()
    assert model.tiles()[-1].number == wording.money(-before)
    model.listed = "changed"
    assert set(keys(model)) == {gone} and "taken back" in str(model.listing().rows[0].cells[2])
    assert "writes an amendment" in model.close_statement() and wording.money(-before) in model.close_statement()
    model.close_month()
    assert "amendment 1" in model.message and not keys(model)


def test_the_month_after_is_compared_with_the_last_close(billing):
    model = billing()
    model.month = "2026-09"
    model.close_month()
    then = model.decided.allowed_cents
    model.month = "2026-10"
    against = model.tiles()[-1]
    assert against.name == "Against September's close" and wording.money(then) in against.more
    assert against.number == f"{100 * (model.decided.allowed_cents - then) / then:+.1f}%"


def test_nothing_is_closed_when_something_was_written_since_it_was_stated(billing):
    model = billing()
    model.close_statement()
    revoke(model, "P0001")
    model.close_month()
    assert "written since you were asked" in model.message and not closes_of(model.reading.store)


def test_an_auditor_reads_but_does_not_close(billing):
    model = billing("auditor")
    assert not model.may_close and model.may_download and keys(model)
    assert model.close_statement() is None and "As auditor you may not close a month" in model.message
    model.close_month()
    assert "As auditor you may not" in model.message and not closes_of(model.reading.store)


def test_a_care_manager_takes_no_file_away(billing):
    model = billing("care_manager")
    assert not model.may_download and model.file("claims") is None and "may not download" in model.message


def test_the_act_refuses_a_close_of_no_named_practice_or_of_another(billing):
    model = billing("billing_analyst", "PR01")
    store, session, month = model.reading.store, model.session, Month("2026-10")
    with pytest.raises(Problem, match="Name the practice"):
        close_practice_month(store, session, month, "", NOW)
    with pytest.raises(Refused, match="do not work for it"):
        close_practice_month(store, session, month, "PR02", NOW)
    assert close_practice_month(store, session, month, "PR01", NOW).written

"""The main job on patients nobody here invented: import, screen, enroll, log, close."""

import datetime as dt

import pytest

from ccmlib.close import close_month
from ccmlib.facts import MonthFacts
from ccmlib.importers.identifiers import is_npi
from ccmlib.importers.synthea import import_synthea
from ccmlib.month import Month
from ccmlib.rulebook import Rulebook
from ccmlib.screen import screen
from ccmlib.store import engine as stores
from ccmlib.store import migrate
from ccmlib.store.read import facts_now, month_facts

from .practice_work import COMPLEX, EXACT, NOT_ELIGIBLE, OVERLAPS, SHORT, enter_work, short

JUNE, DAY = Month("2026-06"), dt.date(2026, 6, 30)
RULES = Rulebook.load().on(JUNE)
DEAD = {"2710f015", "eb1db751", "04848ab2", "acaf231b", "78ae2116", "b3b4cc1b"}


@pytest.fixture(scope="module")
def store(shared, tmp_path_factory):
    """A store with the export alone."""
    engine = stores.open(f"sqlite:///{tmp_path_factory.mktemp('synthea') / 'ccm.db'}")
    migrate.upgrade(engine)
    with stores.writing(engine) as connection:
        import_synthea(connection, shared / "external" / "synthea_csv_2026_small", 100, "ann")
    yield engine
    engine.dispose()


def screened(store):
    with store.connect() as connection:
        frame = screen(MonthFacts.of(JUNE, facts_now(connection)), RULES, DAY)
    return frame.set_index(short(frame.patient_id))


@pytest.fixture(scope="module")
def before(store):
    """The screen before anybody was enrolled."""
    return screened(store)


@pytest.fixture(scope="module")
def closed(store, before):
    """June, after the practice did its work."""
    with stores.writing(store) as connection:
        enter_work(connection, before[before.eligible], 200)
    with store.connect() as connection:
        return close_month(month_facts(connection, JUNE), RULES)


def test_the_living_on_medicare_with_two_diseases_are_to_be_asked(before):
    assert set(before.index[before.eligible]) == {SHORT, EXACT, COMPLEX, OVERLAPS}
    assert not before.enrolled.any()
    assert before.loc[EXACT, "condition_groups"] == "hypertension;osteoporosis"
    assert before.loc[SHORT, "condition_groups"] == "hypertension;ischemic_heart_disease"
    assert before.loc[OVERLAPS, "condition_groups"] == "diabetes;hypertension;ischemic_heart_disease"
    assert before.loc[EXACT, "lacks"] == (
        "seen 30 Dec 2025: the code of the visit is to be confirmed; no consent yet; "
        "diagnosis not coded in ICD-10-CM: a claim needs the code"
    )


def test_every_other_patient_is_there_with_what_it_lacks(before):
    others = before[~before.eligible]
    assert len(before) == 16 and len(others) == 12
    assert set(others.index[others.reasons == "deceased"]) == DEAD
    living = others.drop(index=list(DEAD))
    assert living.lacks.str.startswith("no Medicare Part B on 30 Jun 2026").all()
    assert before.loc["2710f015", "lacks"] == "died 1 Aug 2023"


def test_employment_stress_and_the_like_are_no_diseases(store, before):
    with store.connect() as connection:
        rows = facts_now(connection)["conditions"]
    social = ("160903007", "73595000", "314529007", "423315002", "422650009", "741062008", "266948004", "224299000")
    having = rows[rows.snomed_code.isin(social) & rows.abated_date.isna()].patient_id
    child = before.loc["461c6b9d"]
    assert child.patient_id in set(having) and child.conditions == 0
    assert before.conditions.sum() == 30


def test_june_bills_what_was_logged_and_nothing_else(closed):
    lines = closed.claim_lines.set_index(short(closed.claim_lines.patient_id))
    billed = lines[["hcpcs_code", "units", "seconds", "allowed_cents", "diagnosis_codes"]]
    assert dict(zip(billed.index, billed.itertuples(index=False, name=None), strict=True)) == {
        EXACT: ("99490", 1, 1200, 6613, "I10;M81.0"),
        COMPLEX: ("99487", 1, 3600, 14429, "C61;E11.9;I10;I25.10;I35.0;M17.0;N18.6"),
        OVERLAPS: ("99490", 1, 1200, 6613, "E11.9;I10;I25.10"),
    }
    assert lines.service_date.astype("str").to_dict() == {
        EXACT: "2026-06-12", COMPLEX: "2026-06-12", OVERLAPS: "2026-06-09",
    }  # fmt: skip
    assert lines.rendering_npi.map(is_npi).all() and lines.billing_npi.map(is_npi).all()


def test_every_second_that_is_not_billed_has_its_reason(closed):
    held = closed.holds[(closed.holds.severity == "hold") & (closed.holds.seconds > 0)]
    assert sorted(zip(short(held.patient_id), held.reason, held.seconds, strict=True)) == sorted([
        (SHORT, "below_threshold", 1199), (COMPLEX, "staff_double_booked", 300),
        (OVERLAPS, "same_minute", 300), (OVERLAPS, "during_stay", 600), (OVERLAPS, "staff_double_booked", 300),
        (OVERLAPS, "remainder", 900), (NOT_ELIGIBLE, "not_consented", 1500),
    ])  # fmt: skip
    seconds = closed.seconds
    assert (seconds.logged == seconds.claimed + seconds.held).all()
    assert seconds.logged.sum() == 11_099
    assert seconds.claimed.sum() == closed.claim_lines.seconds.sum() == 6_000
    assert seconds.held.sum() == held.seconds.sum()


def test_what_the_patient_without_part_b_lacks_is_said_by_the_close_too(closed):
    reasons = closed.holds[short(closed.holds.patient_id) == NOT_ELIGIBLE].reason
    assert {"not_consented", "no_part_b", "care_plan_missing"} <= set(reasons)


def test_after_the_work_the_screen_finds_the_four_enrolled_and_nothing_lacking(store, closed):
    after = screened(store)
    four = after.loc[[SHORT, EXACT, COMPLEX, OVERLAPS]]
    assert four[["eligible", "enrolled", "coded"]].all(axis=None)
    assert (four.lacks == "").all()
    assert after.enrolled.sum() == 4


def test_the_export_again_changes_neither_the_facts_nor_the_claims(shared, store, closed):
    with stores.writing(store) as connection:
        report = import_synthea(connection, shared / "external" / "synthea_csv_2026_small", 300, "ann")
        again = close_month(month_facts(connection, JUNE), RULES)
    assert report.written == 0
    assert again.claim_lines.equals(closed.claim_lines)

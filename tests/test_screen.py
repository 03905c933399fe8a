"""Who may be asked for consent on a day, and what each other patient lacks."""

import datetime as dt
from functools import cache

import pandas as pd
import pytest

from ccmlib.close import close_month
from ccmlib.facts import MonthFacts
from ccmlib.month import Month
from ccmlib.problem import NotInForce
from ccmlib.rulebook import Rulebook
from ccmlib.screen import COLUMNS, screen, screen_lines

from .case import case_frames
from .random_practice import random_practice

DAY = dt.date(2026, 11, 24)
BOOK = Rulebook.load()
rules_of = cache(lambda month: BOOK.on(Month(month)))
NOT_ENROLLED = {"consents": []}


def screened(on=DAY, **said):
    """The row of p1 in the default context of the worked cases, with what is said otherwise."""
    frame = all_screened(on, **said)
    return frame[frame.patient_id == "p1"].iloc[0]


def all_screened(on=DAY, **said):
    frames, _ = case_frames({"month": "2026-11", "log": [], **said})
    return screen(frames, rules_of(f"{on:%Y-%m}"), on)


def snomed(*codes):
    return [{"snomed_code": code} for code in codes]


def test_two_diseases_part_b_and_a_visit_make_a_patient_whom_to_ask_for_consent():
    row = screened(**NOT_ENROLLED)
    assert (row.eligible, row.enrolled, row.coded, row.part_b) == (True, False, True, True)
    assert (row.conditions, row.condition_groups) == (2, "diabetes;hypertension")
    assert row.lacks == "no consent yet"
    assert row.next_step.startswith("Ask for consent") and row.next_step.endswith("(care manager)")


def test_an_enrolled_patient_who_meets_all_lacks_nothing():
    row = screened()
    assert (row.eligible, row.enrolled, row.lacks, row.reasons) == (True, True, "", "")
    assert row.next_step.endswith("(care manager)")


@pytest.mark.parametrize(
    ("codes", "lack"),
    [
        ([], "no chronic condition on file"),
        (["I10"], "only one chronic condition: hypertension"),
        (["E11.9", "E11.22"], "only one chronic condition: diabetes"),
        (["I10", {"icd10_code": "E11.9", "abated_date": "2026-11-24"}], "only one chronic condition: hypertension"),
        (["I10", {"icd10_code": "E11.9", "onset_date": "2026-11-25"}], "only one chronic condition: hypertension"),
        (["I10", "QQQ.9"], "only one chronic condition: hypertension (to look at, in no table of diseases: QQQ.9)"),
    ],
)
def test_fewer_than_two_diseases_on_the_day_are_not_enough(codes, lack):
    row = screened(conditions=codes, **NOT_ENROLLED)
    assert not row.eligible
    assert row.lacks == lack
    assert row.next_step.endswith("(practitioner)")


def test_diseases_in_snomed_count_for_screening_and_the_missing_code_is_named():
    row = screened(conditions=snomed("59621000", "44054006"), **NOT_ENROLLED)
    assert (row.eligible, row.coded, row.conditions) == (True, False, 2)
    assert row.lacks == "no consent yet; diagnosis not coded in ICD-10-CM: a claim needs the code"


def test_work_school_and_stress_are_no_diseases():
    # full-time employment, stress, higher education, medication review due, social isolation, not in labor force
    row = screened(conditions=snomed("160903007", "73595000", "224299000", "314529007", "422650009", "741062008"))
    assert (row.eligible, row.conditions, row.condition_groups) == (False, 0, "")


def test_part_b_is_asked_on_the_day_itself():
    until = [{"until_date": "2026-11-23"}]
    assert screened(coverage=until, **NOT_ENROLLED).lacks == "no Medicare Part B on 24 Nov 2026"
    assert screened(on=dt.date(2026, 11, 23), coverage=until, **NOT_ENROLLED).eligible
    assert screened(coverage=[{"payer": "commercial"}]).next_step.endswith("(billing analyst)")


def test_medicare_advantage_beside_part_b_is_not_part_b_alone():
    row = screened(coverage=[{}, {"payer": "medicare_advantage"}], **NOT_ENROLLED)
    assert (row.eligible, row.part_b, row.lacks) == (False, False, "in a Medicare Advantage plan on 24 Nov 2026")


def test_a_patient_of_another_practice_is_not_eligible():
    row = screened(patient={"enrolled_elsewhere": True}, **NOT_ENROLLED)
    assert (row.eligible, row.lacks) == (False, "enrolled with another practice")
    row = screened(services=[{"code": "99490", "on": "2026-11-20", "by": "elsewhere"}], **NOT_ENROLLED)
    assert (row.eligible, row.lacks) == (False, "99490 of 20 Nov 2026 billed by another practitioner")


def test_who_died_on_the_day_lacks_nothing_else_and_is_not_enrolled():
    died = {"patient": {"died_at": "2026-11-24T23:00"}, "conditions": [], "coverage": []}
    row = screened(**died)
    assert (row.eligible, row.enrolled, row.lacks) == (False, False, "died 24 Nov 2026")
    assert row.next_step.endswith("(nobody)")
    assert screened(on=dt.date(2026, 11, 23), patient=died["patient"]).eligible


def test_a_visit_of_a_year_ago_counts_and_one_of_a_day_longer_does_not():
    row = screened(visits=[{"on": "2025-11-24"}], **NOT_ENROLLED)
    assert (row.seen, row.visit_qualifies, row.lacks) == (pd.Timestamp("2025-11-24"), True, "no consent yet")
    row = screened(visits=[{"on": "2025-11-23"}], **NOT_ENROLLED)
    assert (row.eligible, pd.isna(row.seen)) == (True, True)
    assert row.lacks.startswith("not seen since 23 Nov 2025: an initiating visit is needed first; ")
    assert row.next_step.endswith("(practitioner)")


def test_a_visit_without_a_qualifying_code_has_seen_the_patient_and_its_code_is_to_be_confirmed():
    for code in ("", "99211"):
        row = screened(visits=[{"on": "2026-08-03", "hcpcs_code": code}], **NOT_ENROLLED)
        assert (row.eligible, row.seen, row.visit_qualifies) == (True, pd.Timestamp("2026-08-03"), False)
        assert row.lacks.startswith("seen 3 Aug 2026: the code of the visit is to be confirmed; ")


def test_a_qualifying_visit_is_shown_before_a_later_one_that_does_not_qualify():
    row = screened(visits=[{"on": "2026-06-01"}, {"on": "2026-09-01", "hcpcs_code": ""}], **NOT_ENROLLED)
    assert (row.seen, row.visit_qualifies) == (pd.Timestamp("2026-06-01"), True)


def test_nobody_was_seen_before_it_happened():
    row = screened(visits=[{"on": "2026-11-25"}], **NOT_ENROLLED)
    assert row.lacks.startswith("no visit on file: an initiating visit is needed first")


def test_the_enrolled_need_a_visit_in_the_year_before_their_consent():
    row = screened(visits=[{"on": "2026-09-01"}], consents=[{"given_at": "2026-08-01"}])
    assert row.lacks == "no qualifying visit on file in the year before the consent of 1 Aug 2026"


def test_a_consent_counts_from_its_day_until_it_is_withdrawn():
    given = [{"given_at": "2026-11-24T18:00"}]
    assert screened(consents=given).enrolled
    assert not screened(on=dt.date(2026, 11, 23), consents=given).enrolled
    withdrawn = [{"given_at": "2026-11-02", "revoked_at": "2026-11-24T10:00"}]
    assert screened(on=dt.date(2026, 11, 23), consents=withdrawn).enrolled
    row = screened(consents=withdrawn)
    assert (row.enrolled, row.lacks) == (False, "consent withdrawn 24 Nov 2026")


def test_a_consent_that_says_too_little_or_names_another_is_told():
    assert screened(consents=[{"cost_sharing_explained": False}]).lacks == "the consent lacks: cost sharing explained"
    row = screened(consents=[{"staff_id": "np_moreno"}])
    assert (row.enrolled, row.lacks) == (True, "the consent names another practitioner")


def test_whom_two_things_shut_out_nobody_need_do_anything_for():
    row = screened(coverage=[], conditions=["I10"], **NOT_ENROLLED)
    assert row.reasons.split(";")[:2] == ["no_part_b", "conditions"]
    assert row.next_step == "Nothing to do now (nobody)"


@pytest.mark.parametrize(("on", "age"), [("2026-03-09", 69), ("2026-03-10", 70), ("2026-03-11", 70)])
def test_age_is_whole_years_on_the_day(on, age):
    row = screened(on=dt.date.fromisoformat(on), patient={"birth_date": "1956-03-10"})
    assert row.age == age
    assert pd.isna(screened().age)


def test_whom_to_ask_comes_first_then_by_patient():
    frame = all_screened(patients=["p0", "p2"], consents=[])
    assert frame.patient_id.tolist() == ["p1", "p0", "p2"]
    assert list(frame) == COLUMNS


def test_the_summary_counts_everybody_once_and_says_what_keeps_them_back():
    frame = pd.concat([
        all_screened(**NOT_ENROLLED), all_screened(coverage=[], **NOT_ENROLLED), all_screened(coverage=[]),
        all_screened(conditions=snomed("59621000", "44054006"), visits=[], **NOT_ENROLLED),
    ])  # fmt: skip
    assert screen_lines(frame, DAY) == [
        "4 patients screened on 24 Nov 2026",
        "     2 eligible and not enrolled",
        "       1 need an initiating visit, or its code confirmed",
        "       1 need ICD-10-CM codes before a claim",
        "     1 enrolled",
        "       1 no longer eligible",
        "     1 not eligible",
        "       1 no Medicare Part B, or a Medicare Advantage plan",
    ]


def test_a_day_that_the_rules_do_not_cover_is_not_judged_by_others():
    with pytest.raises(NotInForce, match="2013-05-01"):
        screen({}, rules_of("2013-05"), dt.date(2013, 5, 1))
    with pytest.raises(NotInForce, match="2026-11-24"):
        screen({}, rules_of("2026-10"), DAY)


def test_no_patients_make_an_empty_screen():
    frame = screen({}, rules_of("2026-11"), DAY)
    assert frame.empty and list(frame) == COLUMNS
    assert screen_lines(frame, DAY)[0] == "0 patients screened on 24 Nov 2026"


def test_facts_of_the_month_give_what_frames_give():
    frames, month = case_frames({"month": "2026-11", "log": []})
    rules = rules_of(month)
    pd.testing.assert_frame_equal(screen(MonthFacts.of(Month(month), frames), rules, DAY), screen(frames, rules, DAY))


def test_whom_the_close_bills_the_screen_of_its_last_day_finds_eligible_or_says_why_not():
    month = Month("2026-03")
    frames, rules = random_practice(11, 250, month.text), rules_of(month.text)
    closed = close_month(MonthFacts.of(month, frames), rules)
    rows = screen(frames, rules, month.last).set_index("patient_id")
    billed = rows.loc[closed.claim_lines.patient_id.unique()]
    # Died or withdrew within the month; one disease under two codes is billed and reviewed.
    excused = billed.reasons.str.contains("deceased|consent_revoked|conditions")
    assert len(billed) > 50
    assert (billed.eligible & billed.enrolled)[~excused].all()
    held = closed.holds[(closed.holds.reason == "no_part_b")].patient_id
    assert not rows.loc[held].eligible.any()

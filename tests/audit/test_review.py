"""Documentation review: what an entry must say, and the reasons told when it does not."""

from __future__ import annotations

import pandas as pd
import pytest

from ccmlib.audit.review import review_entries, review_units
from ccmlib.audit.similar import families, others

from .months import month, with_entries, with_table

GOOD = (
    "Monthly call on hypertension: takes lisinopril daily, no missed dose; denies headache. "
    "Goal of blood pressure below 130/80 stays in the plan because home readings were 128/76."
)
OUTCOME = "Plan unchanged; next call in four weeks"
FIELDS = ["date_and_time", "duration", "staff", "service", "outcome"]
CONTENTS = ["adherence", "symptoms", "plan_updates", "follow_up"]


def one(**entry) -> tuple:
    """A month with one entry of p1, whose plan has a goal for blood pressure."""
    columns = {"note": GOOD, "outcome": OUTCOME} | entry
    minutes = columns.pop("minutes", 12)
    facts, rules = month({"minutes": minutes})
    facts = with_entries(facts, **{name: [value] for name, value in columns.items()})
    items = [
        {
            "item_id": "i1",
            "care_plan_id": "p1-care_plans-0",
            "element": "treatment_goals",
            "text": "Goal: blood pressure below 130/80",
        }
    ]
    return with_table(facts, "care_plan_items", items), rules


def reviewed(**entry) -> pd.Series:
    return review_entries(*one(**entry)).iloc[0]


def test_a_call_that_says_everything_scores_a_hundred_and_has_no_reasons():
    row = reviewed()
    assert (row.percent, row.reasons, row.asked) == (100, "", 14)
    assert (row.condition_word, row.goal_word) == ("hypertens", "blood")


@pytest.mark.parametrize(
    ("entry", "failed", "told"),
    [
        ({"source": "imputed"}, {"date_and_time"}, "not observed"),
        ({"minutes": 13 * 60}, {"duration"}, "duration cannot be right"),
        ({"outcome": None}, {"outcome", "follow_up"}, "No clinical outcome or next step"),
        ({"outcome": "Done."}, {"outcome", "follow_up"}, "No clinical outcome or next step"),
        ({"activity": "other"}, {"service"}, "specific service is not named"),
        ({"note": GOOD.replace("takes lisinopril daily, no missed dose; ", "")}, {"adherence"}, "medicines are taken"),
        ({"note": GOOD.replace("denies headache", "talked")}, {"symptoms"}, "symptoms were asked"),
        (
            {
                "note": GOOD.replace("hypertension: ", "")
                .replace("blood pressure", "walking")
                .replace("lisinopril", "it")
            },
            {"condition", "goal"},
            "ties the note to a condition",
        ),
    ],
)
def test_what_an_entry_lacks_is_told_in_words(entry, failed, told):
    row = reviewed(**entry)
    assert {
        name for name in [*FIELDS, *CONTENTS, "clear", "own_words", "rationale", "condition", "goal"] if not row[name]
    } == failed
    assert told in row.reasons and row.percent < 100


@pytest.mark.parametrize("note", [None, "", "call", "Monthly call - CCM.", "Monthly check-in 3/14!"])
def test_a_note_that_says_nothing_is_vague_and_names_no_service(note):
    row = reviewed(note=note)
    assert not row.clear and not row.service and not row.rationale and "vague" in row.reasons


def test_the_contents_of_a_phone_call_are_asked_of_live_contacts_alone():
    row = reviewed(live_contact=False)
    assert row[CONTENTS].isna().all() and row.asked == 10 and row.percent == 100


def test_a_staff_member_without_a_role_is_not_named_in_full():
    facts, rules = one()
    assert review_entries(facts, rules).staff.all()
    staff = facts.staff.assign(name=facts.staff.name.where(facts.staff.staff_id != "rn"))
    assert not review_entries(with_table(facts, "staff", staff), rules).staff.any()


def copies(*notes: str) -> tuple:
    facts, rules = month(
        *({"minutes": 10, "day": 2 + n, "patient": f"p{1 + n}"} for n in range(len(notes))),
        patients=[f"p{1 + n}" for n in range(1, len(notes))],
    )
    return with_entries(facts, note=list(notes)), rules


def test_a_text_on_several_patients_is_cloned_though_its_numbers_differ():
    notes = [GOOD.replace("128/76", f"{120 + n}/70") for n in range(4)]
    found = review_entries(*copies(*notes))
    assert list(found.same_text) == [3] * 4 and not found.own_words.any() and "3 other patient-days" in found.reasons[0]


def test_two_alike_texts_are_not_yet_called_cloned():
    found = review_entries(
        *copies(GOOD, GOOD, "Spoke with the daughter about meals on wheels; form sent to the county.")
    )
    assert list(found.same_text) == [1, 1, 0] and found.own_words.all()


def test_a_text_of_an_earlier_month_is_found_when_it_is_given():
    facts, rules = one()
    earlier = pd.concat(
        [
            facts.time_entries.assign(
                entry_id=f"x{n}", started_at=facts.time_entries.started_at - pd.Timedelta(days=30 * n)
            )
            for n in (1, 2, 3)
        ]
    )
    assert review_entries(facts, rules).own_words.all()
    assert not review_entries(facts, rules, earlier).own_words.any()


def test_nearly_the_same_is_a_matter_of_shared_letters():
    notes = pd.Series(
        [GOOD, GOOD.replace("daily", "every day"), GOOD.upper(), "Another thing was said about the knee", None]
    )
    family = families(notes, 85)
    assert family[0] == family[1] == family[2] != family[3] and family[4] == -1
    assert len(set(families(notes[:2], 100))) == 2


def test_the_same_patient_on_the_same_day_is_no_copy():
    same = pd.Series([GOOD] * 3)
    assert list(others(same, pd.Series(["a", "a", "b"]), pd.Series([1, 1, 1]), 85)) == [1, 1, 1]


def test_similarity_agrees_with_comparing_every_pair():
    words = pd.Series(
        [
            f"Called about {drug}; {ends}"
            for drug in ("aspirin", "metoprolol", "insulin at night")
            for ends in ("refill sent to pharmacy", "refill was sent to the pharmacy", "no answer")
        ]
    )
    grams = [
        {f" {text} "[at : at + 5] for at in range(len(text) - 2)} for text in words.str.lower().str.replace(";", "")
    ]
    family = families(words, 70)
    for one_, mine in enumerate(grams):
        for other, theirs in enumerate(grams):
            if len(mine & theirs) >= 0.7 * len(mine | theirs):
                assert family[one_] == family[other]
    assert family.nunique() > 3


def test_the_weakest_entry_stands_first_beside_its_unit():
    facts, rules = month({"minutes": 10}, {"minutes": 11})
    facts = with_entries(facts, note=[GOOD, "call"], outcome=[OUTCOME, None])
    unit = review_units(review_entries(facts, rules)).iloc[0]
    assert (unit.patient_id, unit.entries) == ("p1", 2) and unit.look_at.startswith("e01 (")


def test_a_month_without_entries_has_an_empty_review():
    facts, rules = month({"minutes": 5})
    found = review_entries(with_table(facts, "time_entries", facts.time_entries[:0]), rules)
    assert found.empty and "percent" in found and review_units(found).empty

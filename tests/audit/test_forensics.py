"""Time-log forensics: what is planted is found, what is ordinary is not, and nobody is accused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from ccmlib.audit.forensics import COLUMNS, forensics
from ccmlib.audit.forensics_log import log_of
from ccmlib.facts import MonthFacts
from ccmlib.month import Month
from ccmlib.problem import Problem

from .months import BOOK, MONTH, month, with_table

STAFF = ["ma", "rn", "rn2", "rn3"]
RULES = BOOK.on(Month(MONTH))


def log(seed: int = 1, each: int = 60) -> pd.DataFrame:
    """`each` entries a staff member, of smooth lengths, one after the other, each with a note of its own."""
    random = np.random.default_rng(seed)
    rows = []
    for number, staff in enumerate(STAFF):
        for count in range(each):
            start = pd.Timestamp("2026-03-02T14:00Z") + pd.Timedelta(days=count % 25, hours=2 * (count // 25))
            end = start + pd.Timedelta(seconds=int(random.integers(5 * 60, 60 * 60)))
            note = " ".join(random.choice(list("abcdefghijklmnopqrstuvwxyz"), 40))
            rows.append(
                {
                    "entry_id": f"{staff}-{count:03}",
                    "patient_id": f"p{1 + number}",
                    "staff_id": staff,
                    "program": "ccm",
                    "activity": "assessment",
                    "started_at": start,
                    "ended_at": end,
                    "source": "timer",
                    "note": note.replace(" ", ""),
                    "outcome": "Next call in a month",
                    "recorded_at": end + pd.Timedelta(minutes=5),
                    "live_contact": True,
                }
            )
    return pd.DataFrame(rows)


def facts(entries: pd.DataFrame) -> MonthFacts:
    made, _ = month(
        {"minutes": 1},
        patients=["p2", "p3", "p4"],
        staff={"rn2": {"role": "registered_nurse"}, "rn3": {"role": "registered_nurse"}},
    )
    return with_table(made, "time_entries", entries)


def found(entries: pd.DataFrame) -> pd.DataFrame:
    return forensics([(facts(entries), RULES)])


def named(result: pd.DataFrame) -> set[tuple[str, str]]:
    return set(result[result.worth_a_look][["staff_id", "sign"]].itertuples(index=False, name=None))


def changed(entries: pd.DataFrame, staff: str, first: int, **columns) -> pd.DataFrame:
    """`entries` with columns changed in the first entries of a staff member; a value may be a function of the rows."""
    rows = entries.index[entries.staff_id == staff][:first]
    entries = entries.copy()
    for name, value in columns.items():
        entries.loc[rows, name] = value(entries.loc[rows]) if callable(value) else value
    return entries


@pytest.mark.parametrize("seed", range(8))
def test_an_ordinary_log_has_nothing_to_look_at(seed):
    assert named(found(log(seed))) == set()


@pytest.mark.parametrize(
    ("sign", "first", "change"),
    [
        ("round_20", 25, {"ended_at": lambda rows: rows.started_at + pd.Timedelta(minutes=20)}),
        ("round_40", 25, {"ended_at": lambda rows: rows.started_at + pd.Timedelta(minutes=40, seconds=12)}),
        ("same_duration", 25, {"ended_at": lambda rows: rows.started_at + pd.Timedelta(minutes=13, seconds=7)}),
        ("late", 15, {"recorded_at": lambda rows: rows.ended_at + pd.Timedelta(days=8)}),
        ("imputed", 15, {"source": "imputed"}),
        ("cloned", 15, {"note": "Reviewed the medicines and the plan with the patient today."}),
        ("last_day_batch", 15, {"recorded_at": pd.Timestamp("2026-03-31T20:00Z")}),
    ],
)
def test_a_planted_sign_is_found_in_the_one_who_shows_it(sign, first, change):
    hits = named(found(changed(log(), "rn2", first, **change)))
    assert ("rn2", sign) in hits and {staff for staff, _ in hits} == {"rn2"}


def test_a_sign_that_everybody_shows_alike_singles_out_nobody():
    entries = log()
    assert not {sign for _, sign in named(found(entries.assign(source="imputed")))}


def test_a_pile_at_a_round_duration_is_judged_by_the_exact_one_sided_binomial():
    planted = changed(log(each=200), "rn2", 25, ended_at=lambda rows: rows.started_at + pd.Timedelta(minutes=20))
    rows = found(planted).query("sign == 'round_20'")
    assert rows[rows.staff_id == "rn2"]["count"].item() >= 25 and rows.p_value.notna().all()
    for row in rows.to_dict("records"):
        assert row["expected"] == pytest.approx(row["of"] / 11)
        assert row["p_value"] == pytest.approx(binom.sf(row["count"] - 1, row["of"], 1 / 11))


def test_the_commonest_duration_pays_for_having_been_picked_from_many():
    lasts = {"ended_at": lambda rows: rows.started_at + pd.Timedelta(minutes=50, seconds=9)}
    entries = changed(log(each=200), "rn", 10, **lasts)
    own = entries[entries.staff_id == "rn"]
    picked_from = ((own.ended_at - own.started_at).dt.total_seconds() // 60).nunique()
    row = found(entries).query("sign == 'same_duration' and staff_id == 'rn'").iloc[0]
    once = binom.sf(row["count"] - 1, row["of"], 1 / 11)
    assert row["count"] == 10 and once < 0.05 < row.p_value == pytest.approx(once * picked_from)


def test_three_of_sixty_is_rare_by_itself_and_ordinary_among_so_many_tests():
    row = found(changed(log(), "rn2", 3, source="imputed")).query("sign == 'imputed' and staff_id == 'rn2'").iloc[0]
    assert row.p_value < 0.05 < row.adjusted_p and not row.worth_a_look


def test_what_is_written_on_the_last_day_about_that_day_is_no_batch():
    last = pd.Timestamp("2026-03-31T14:00Z")
    worked = {
        "started_at": last,
        "ended_at": last + pd.Timedelta(minutes=9),
        "recorded_at": last + pd.Timedelta(hours=1),
    }
    assert not log_of(facts(changed(log(), "rn2", 15, **worked)), RULES).entries.last_day_batch.any()


def test_p_values_are_adjusted_over_every_test_made():
    result = found(changed(log(), "rn2", 15, source="imputed"))
    tested = result[result.p_value.notna()].sort_values("p_value", ignore_index=True)
    by_hand = (tested.p_value * len(tested) / (tested.index + 1))[::-1].cummin()[::-1].clip(upper=1)
    assert tested.adjusted_p.to_numpy() == pytest.approx(by_hand.to_numpy())
    assert (tested.adjusted_p >= tested.p_value).all()


def test_a_few_entries_are_not_tested():
    few = log()[lambda rows: (rows.staff_id != "rn2") | (rows.entry_id < "rn2-019")].copy()
    result = found(changed(few, "rn2", 19, source="imputed"))
    row = result[(result.staff_id == "rn2") & (result.sign == "imputed")].iloc[0]
    assert (row["count"], row["of"]) == (19, 19) and np.isnan(row.p_value) and not row.worth_a_look
    assert row.says.startswith("Not tested")


def shift(*entries: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "entry_id": f"e{n}",
                "staff_id": staff,
                "patient_id": patient,
                "program": "ccm",
                "activity": "assessment",
                "started_at": pd.Timestamp(start, tz="America/New_York"),
                "ended_at": pd.Timestamp(end, tz="America/New_York"),
            }
            for n, (staff, patient, start, end) in enumerate(entries)
        ]
    )


def of(result: pd.DataFrame, sign: str) -> tuple:
    row = result[result.sign == sign].iloc[0]
    return row["count"], row["of"], bool(row.worth_a_look)


def test_a_day_of_more_than_twelve_hours_counts_overlaps_once():
    long = shift(
        ("rn", "p1", "2026-03-03 06:00", "2026-03-03 12:00"), ("rn", "p1", "2026-03-03 12:00", "2026-03-03 18:01")
    )
    twice = shift(
        ("rn", "p1", "2026-03-03 06:00", "2026-03-03 13:00"), ("rn", "p1", "2026-03-03 06:30", "2026-03-03 13:00")
    )
    assert of(found(long), "long_day") == (1, 1, True)
    assert of(found(twice), "long_day") == (0, 1, False)


def test_an_entry_over_midnight_belongs_to_both_days():
    entries = shift(
        ("rn", "p1", "2026-03-03 17:00", "2026-03-04 03:00"), ("rn", "p1", "2026-03-04 09:00", "2026-03-04 17:00")
    )
    days = log_of(facts(entries), RULES).days
    assert list(days.seconds) == [7 * 3600, 11 * 3600]


def test_entries_of_one_person_for_two_patients_at_once_are_a_fact_without_a_test():
    entries = shift(
        ("rn", "p1", "2026-03-03 09:00", "2026-03-03 09:20"),
        ("rn", "p2", "2026-03-03 09:10", "2026-03-03 09:30"),
        ("rn", "p1", "2026-03-03 10:00", "2026-03-03 10:20"),
        ("rn", "p1", "2026-03-03 10:10", "2026-03-03 10:30"),
        ("ma", "p2", "2026-03-03 10:00", "2026-03-03 10:20"),
    )
    result = found(entries)
    assert of(result[result.staff_id == "rn"], "overlap") == (2, 4, True)
    assert of(result[result.staff_id == "ma"], "overlap") == (0, 1, False)
    assert log_of(facts(entries), RULES).entries.shared_seconds.to_list() == [600, 600, 0, 0, 0]


def test_a_timer_that_nobody_stopped_makes_no_long_day():
    assert of(
        found(
            shift(
                ("rn", "p1", "2026-03-03 06:00", "2026-03-03 06:10"),
                ("rn", "p1", "2026-03-04 06:00", "2026-03-04 20:00"),
            )
        ),
        "long_day",
    ) == (0, 1, False)


def test_several_months_are_one_log():
    entries = shift(("rn", "p1", "2026-03-03 09:00", "2026-03-03 09:20"))
    april = entries.assign(
        started_at=entries.started_at + pd.Timedelta(days=31), ended_at=entries.ended_at + pd.Timedelta(days=31)
    )
    months = [
        (MonthFacts.of(Month(name), facts(rows).frames()), BOOK.on(Month(name)))
        for name, rows in (("2026-03", entries), ("2026-04", april))
    ]
    assert of(forensics(months), "overlap")[1] == 2


def test_no_sentence_accuses():
    planted = changed(log(), "rn2", 30, source="imputed", recorded_at=pd.Timestamp("2026-04-15T12:00Z"))
    for row in found(planted).itertuples():
        assert row.worth_a_look == row.says.startswith("Worth a look: ")
        assert not any(
            word in row.says.lower() for word in ("fraud", "fabricat", "false", "suspic", "violat", "cheat", "guilty")
        )


def test_a_month_without_entries_gives_no_rows_and_no_month_is_refused():
    empty = found(log()[:0])
    assert empty.empty and list(empty) == COLUMNS
    with pytest.raises(Problem, match="at least one month"):
        forensics([])

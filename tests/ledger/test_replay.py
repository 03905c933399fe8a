"""A closed month decided again gives the same; when it does not, the replay says what differs and why."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
import sqlalchemy as sa

from ccmlib import replay as replays
from ccmlib.ledger_words import replay_lines, replay_said
from ccmlib.problem import Problem
from ccmlib.replay import replay
from ccmlib.rulebook import Rulebook

from . import practice
from .alteration import alter
from .practice import HOUR, LOADED, MONTHS, billed_entry, correction, load

MONTH = MONTHS[0]


def test_three_closed_months_replay_identical_after_late_facts(closed, facts):
    store, saved = closed
    for one in saved:
        entry = billed_entry(facts, one)
        load(store, correction(facts, entry, activity="travel"), LOADED + 2 * HOUR)
    for month in MONTHS:
        (again,) = replay(store, month)
        assert again.identical and again.differences == [] and again.changed == [] and len(again.late) == 1
        assert replay_lines([again])[0].endswith("identical; 1 late fact since then.")


def test_close_and_amendments_are_each_replayed_from_what_they_knew(closed, facts):
    store, saved = closed
    load(store, correction(facts, billed_entry(facts, saved[0]), activity="travel"), LOADED + 2 * HOUR)
    practice.close(store, MONTH, LOADED + 3 * HOUR)
    assert [(one.close.sequence, one.identical, len(one.late)) for one in replay(store, MONTH)] == [
        (0, True, 1),
        (1, True, 0),
    ]


def test_a_fact_altered_by_sql_is_a_difference(closed, facts):
    store, saved = closed
    entry = billed_entry(facts, saved[0])
    with store.begin() as connection:
        alter(
            connection,
            "time_entries",
            f"UPDATE time_entries SET activity = 'travel' WHERE entry_id = '{entry.entry_id}'",
        )
    (again,) = replay(store, MONTH)
    assert not again.identical and again.changed == ["facts"]
    assert {row.key[1] for row in again.differences} == {entry.patient_id}
    assert "run `ccm verify`" in replay_lines([again])[0]


def test_a_claim_line_altered_by_sql_is_a_difference(closed):
    store, _ = closed
    with store.begin() as connection:
        alter(connection, "closed_lines", "UPDATE closed_lines SET units = 9 WHERE row_id = 1")
    (again,) = replay(store, MONTH)
    assert not again.identical and again.changed == ["ledger"]
    assert [list(row.columns) for row in again.differences] == [["units"]]
    assert replay_said([again])[0]["differences"][0]["columns"]["units"][0] == 9


def other_rules(folder: Path, old: str, new: str) -> Rulebook:
    shutil.copytree(str(files("ccmlib") / "rules"), folder)
    policies = folder / "policies.toml"
    assert old in policies.read_text("utf-8")
    policies.write_text(policies.read_text("utf-8").replace(old, new), "utf-8")
    return Rulebook.load(folder)


@pytest.mark.parametrize(("new", "identical"), [("value = 30", False), ("value  = 20", True)])
def test_another_rule_is_named_and_matters_only_where_it_decides(closed, monkeypatch, tmp_path, new, identical):
    store, _ = closed
    old = 'name = "coinsurance_percent"\nvalue = 20'
    book = other_rules(tmp_path / "rules", old, old.replace("value = 20", new))
    monkeypatch.setattr(replays.Rulebook, "load", lambda: book)
    (again,) = replay(store, MONTH)
    assert again.identical == identical
    assert again.changed == (["rules"] if identical else ["rules", "policies"])
    names = {name for row in again.differences for name in row.columns}
    assert names == (set() if identical else {"coinsurance_cents", "medicare_cents"})
    said = (
        "with no effect, the rules changed since" if identical else "Why: the rules changed since and a policy changed"
    )
    assert said in replay_lines([again])[0]


def test_another_code_is_named_and_is_no_difference_by_itself(closed, monkeypatch):
    store, _ = closed
    monkeypatch.setattr(replays, "code_digest", lambda: "0" * 64)
    (again,) = replay(store, MONTH)
    assert again.identical and again.changed == ["code"]


def test_a_month_that_is_not_closed_cannot_be_replayed(loaded):
    with pytest.raises(Problem, match="not closed"):
        replay(loaded, MONTH)


def test_the_alteration_needs_the_triggers_out_of_the_way(closed):
    store, _ = closed
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), store.begin() as connection:
        connection.execute(sa.text("UPDATE closed_lines SET units = 9"))

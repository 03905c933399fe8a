"""Near the next threshold: how short, of what, and what it would be worth."""

from __future__ import annotations

from ccmlib.reports.near import near_steps


def step(report) -> dict:
    rows = near_steps(report.close).to_dict("records")
    assert len(rows) == 1
    return rows[0]


def test_a_second_short_of_the_first_block_is_worth_the_base_code(decide):
    found = step(decide(log=[{"seconds": 1199}]))
    whole = decide(log=[{"seconds": 1200}]).close.claim_lines.allowed_cents.sum()
    assert (found["short"], found["code"], found["cents"]) == (1, "99490", whole)


def test_short_of_a_further_block_is_worth_the_difference(decide):
    found = step(decide(log=[{"seconds": 2340}]))
    now, then = (decide(log=[{"seconds": n}]).close.claim_lines.allowed_cents.sum() for n in (2340, 2400))
    assert (found["short"], found["code"], found["cents"]) == (60, "99439", then - now)


def test_nobody_is_near_beyond_the_most_units_of_a_month(decide):
    assert near_steps(decide(log=[{"minutes": 78}]).close).empty


def test_complex_is_near_only_where_it_is_attested(decide):
    log = [{"minutes": 58}]
    assert step(decide(log=log, mdm="moderate"))["code"] == "99487"
    assert step(decide(log=log))["code"] == "99439"


def test_five_minutes_short_is_not_near(decide):
    assert near_steps(decide(log=[{"minutes": 15}]).close).empty
    assert step(decide(log=[{"seconds": 15 * 60 + 1}]))["short"] == 299


def test_whom_something_else_holds_is_not_near(decide):
    assert near_steps(decide(log=[{"minutes": 19}], plans=[]).close).empty

"""Every figure on the page adds up, and to the same totals as the files handed over."""

from __future__ import annotations

import re

from ccmlib.reports import (
    alternatives,
    balance,
    chart_balance,
    chart_money,
    chart_reached,
    claims,
    held_patients,
    holds,
    near,
    reviews,
)
from ccmlib.reports.patient_month import patient_months
from ccmlib.reports.table import summed, table


def test_claims_by_code_add_up_to_the_claim_lines(close):
    frame, lines = claims.claims_frame(close), close.claim_lines
    assert frame.Units.sum() == lines.units.sum()
    assert frame.Time.sum() == lines.seconds.sum() == close.seconds.claimed.sum()
    assert frame.Allowed.sum() == lines.allowed_cents.sum()
    assert (frame["Patient's share"] + frame["Medicare's share"] == frame.Allowed).all()
    assert claims.totals(close, frame)["Patients"] == lines.patient_id.nunique()


def test_held_time_and_money_by_reason_add_up(close):
    frame = holds.holds_frame(close)
    assert frame.Time.sum() == close.seconds.held.sum()
    assert frame["Kept back"].sum() == close.holds.kept_back_cents.sum()


def test_held_patients_and_held_time_of_others_make_all_that_is_kept_back(close):
    frame, months = held_patients.held_frame(close), patient_months(close)
    billed = months[~months.held].kept_back_cents.sum()
    assert frame["Kept back"].sum() + billed == holds.holds_frame(close)["Kept back"].sum()
    assert len(frame) == months.held.sum()


def test_held_patients_come_with_the_most_money_first(close):
    assert held_patients.held_frame(close)["Kept back"].is_monotonic_decreasing


def test_logged_is_claimed_and_held_to_the_second(close):
    clocks, fates = balance.clock_frame(close), balance.fate_frame(close)
    assert (clocks.Claimed + clocks.Held == clocks.Logged).all()
    assert clocks.Logged.sum() == fates.Time.sum() == close.seconds.logged.sum()


def test_the_bar_of_time_has_every_second(close):
    assert chart_balance.balance_parts(close).seconds.sum() == close.seconds.logged.sum()


def test_the_waterfall_ends_at_what_is_ready(close):
    steps = chart_money.money_steps(close)
    first, parts, last = steps.iloc[0], steps.iloc[1:-1], steps.iloc[-1]
    assert first.cents - parts.cents.sum() == last.cents == close.claim_lines.allowed_cents.sum()
    assert (parts.begin + parts.cents).tolist() == [first.cents, *parts.begin[:-1]]
    assert parts.begin.iloc[-1] == last.cents


def test_every_patient_with_time_stands_in_one_bar(close):
    bins = chart_reached.reached_bins(close.programs[0])
    assert bins.patients.sum() == close.programs[0].with_time.sum()
    assert len(bins) == len(bins.name.unique())


def test_the_tiles_say_what_the_tables_add_up_to(sample):
    words = re.sub(r"<[^>]+>", " ", sample.summary()._repr_html_())
    months = patient_months(sample.close)
    for number in (len(months[~months.held]), len(months[months.held]), len(near.near_steps(sample.close))):
        assert f" {number} " in words
    assert f"${sample.close.claim_lines.allowed_cents.sum() / 100:,.2f}" in words


def test_every_review_of_the_holds_file_is_listed(close):
    assert len(reviews.reviews_frame(close)) == (close.holds.severity == "review").sum()


def test_the_alternatives_are_all_ways_reached_and_not_taken(close):
    program = close.programs[0]
    reached = sum(option.reached[~program.blocked].sum() for option in program.options)
    assert len(alternatives.alternatives_frame(close)) == reached - close.claim_lines.patient_id.nunique()


def test_a_long_list_is_cut_and_still_adds_up(close):
    frame = claims.claims_frame(close)[["Code", "Units"]]
    long = frame.loc[frame.index.repeat(100)].reset_index(drop=True)
    html = table(long, "Long", {}, summed(long, "Total", "Units"))
    assert html.count("<tr>") == 1 + 400 + 2
    assert f"and {len(long) - 400:,} more" in html
    assert f"<td>{long.Units.iloc[400:].sum()}</td>" in html and f"<td>{long.Units.sum()}</td>" in html

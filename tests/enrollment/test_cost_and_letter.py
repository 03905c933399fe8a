"""The letter says what the consent needs, in plain words, with the cost of the fee data."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pandas as pd
import pytest

from ccmlib.enrollment.cost import expected_cost
from ccmlib.enrollment.letter import Letter, letter_html
from ccmlib.month import Month
from ccmlib.problem import Problem
from ccmlib.rulebook import Rulebook

from ..desk.clinic import MONTH, facts, sample_database

LETTER = Letter("Elm <Clinic>", "Ann Oak", "Bea Ash", dt.date(2026, 10, 31), ["diabetes", "hypertension"])


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return facts(sample_database(tmp_path_factory.mktemp("letter")))


def cost(known, patient="P0022"):
    return expected_cost(known, Rulebook.load().on(Month(MONTH)), patient)


def test_the_cost_is_a_fifth_of_the_fee(known):
    found = cost(known)
    assert (found.allowed, found.share, found.minutes, found.percent) == (6613, 1323, 20, 20)
    assert (found.most_allowed, found.most_share, found.most_minutes) == (16701, 3340, 60)


def test_a_practitioner_paid_less_costs_the_patient_less(known):
    assert cost(known, "P0051").allowed == 5621


@pytest.mark.parametrize(("payer", "says"), [("medigap", "Medigap"), ("medicaid", "Medicaid"), ("qmb", "pay nothing")])
def test_other_insurance_is_spoken_of(known, payer, says):
    row = {"patient_id": "P0022", "payer": payer, "from_date": pd.Timestamp("2026-01-01")}
    coverage = pd.concat([known.coverage, pd.DataFrame([row])], ignore_index=True)
    found = cost(dataclasses.replace(known, coverage=coverage))
    assert says in found.other_insurance and found.nothing == (payer == "qmb")


def test_who_pays_nothing_is_told_no_amount(known):
    letter = letter_html(LETTER, dataclasses.replace(cost(known), nothing=True))
    assert "$" not in letter


def test_the_letter_has_the_four_statements_and_the_amount_in_large_type(known):
    letter = letter_html(LETTER, cost(known))
    for part in ("What you get", "$13.23 a month", "$33.40", "Only one practitioner", "stop at any time",
                 "end of that month", "Signature", "diabetes and hypertension", "font: 18pt"):  # fmt: skip
        assert part in letter


def test_the_letter_escapes_what_comes_from_the_data(known):
    letter = letter_html(LETTER, cost(known))
    assert "Elm &lt;Clinic&gt;" in letter and "<Clinic>" not in letter


def test_nothing_is_loaded_from_outside(known):
    assert "http" not in letter_html(LETTER, cost(known))


def test_a_patient_of_nobody_has_no_cost(known):
    with pytest.raises(Problem, match="P9999"):
        cost(known, "P9999")

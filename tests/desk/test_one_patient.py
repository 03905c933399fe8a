"""A patient's month decided alone is the one decided in the whole practice."""

from __future__ import annotations

import numpy as np
import pytest

from ccmlib.close import close_month
from ccmlib.desk.one_patient import decided, one_patient, row_of
from ccmlib.desk.standing import standing
from ccmlib.month import Month
from ccmlib.problem import Problem
from ccmlib.rulebook import Rulebook

from .clinic import MONTH, facts, sample_database


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    known, rules = facts(sample_database(tmp_path_factory.mktemp("one"))), Rulebook.load().on(Month(MONTH))
    return known, rules, close_month(known, rules)


def rows_of(frame, patient_id):
    return frame[frame.patient_id == patient_id].to_dict("records")


def test_every_patient_alone_is_decided_as_in_the_practice(practice):
    known, rules, whole = practice
    stands = standing(whole)
    for patient_id in known.patients.patient_id:
        alone = decided(known, rules, patient_id)
        for name in ("claim_lines", "holds", "seconds"):
            mine, theirs = (rows_of(getattr(each, name), patient_id) for each in (alone, whole))
            assert mine == theirs, (patient_id, name)
        assert np.array_equal(
            standing(alone).loc[patient_id].to_numpy(), stands.loc[patient_id].to_numpy(), equal_nan=True
        )


def test_the_other_side_of_a_double_booking_stays(practice):
    known, rules, _ = practice
    assert set(one_patient(known, "P0012").patients.patient_id) == {"P0012", "P0013"}
    assert "staff_double_booked" in set(decided(known, rules, "P0012").holds.reason)


def test_a_patient_of_nobody_is_a_problem(practice):
    with pytest.raises(Problem, match="P9999"):
        one_patient(practice[0], "P9999")


def test_rows_are_found_by_id(practice):
    _, _, whole = practice
    assert whole.panel.patients.patient_id[row_of(whole, "P0042")] == "P0042"

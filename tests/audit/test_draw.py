"""A draw is decided by the frame and the seed alone; every unit has the same chance; nobody is drawn in reserve."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccmlib.audit import TakeAll, draw, refuse_other_units, sampling_frame
from ccmlib.audit.random_order import random_numbers, random_order
from ccmlib.problem import Problem

from .claims import FAMILIES, claim_lines, practice_lines


def ids(sample):
    return sample.worksheet().unit_id.tolist()


@given(st.integers(0, 10**9), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_claim_lines_changes_neither_frame_nor_draw(seed, random):
    lines = practice_lines()
    mixed = lines.sample(frac=1, random_state=random.randrange(2**32))
    one, other = (draw(each, "stratified", 20, seed, ["family"], families=FAMILIES) for each in (lines, mixed))
    pd.testing.assert_frame_equal(one.worksheet(), other.worksheet())
    assert one.record() == other.record()


def test_the_generator_gives_its_published_stream():
    assert [hex(number) for number in random_numbers(0xDEADBEAF, 2)] == ["0x60d24054e17a0698", "0xd5e79d89856e4f12"]


def test_units_are_drawn_by_ascending_random_number():
    numbers = random_numbers(12, 50).tolist()
    assert random_order(12, 50).tolist() == sorted(range(50), key=numbers.__getitem__)


def test_a_recorded_draw_comes_out_again():
    assert ids(draw(claim_lines([6613] * 10), "simple", 3, 2026)) == [
        "P00007/2026-03/ccm", "P00000/2026-03/ccm", "P00009/2026-03/ccm",
    ]  # fmt: skip


def test_every_unit_is_drawn_equally_often():
    drawn = np.bincount(np.concatenate([random_order(seed, 10)[:3] for seed in range(3_000)]), minlength=10)
    expected = 3_000 * 0.3
    assert ((drawn - expected) ** 2 / (expected * 0.7)).sum() < 27.9  # chi square, 9 degrees of freedom, 0.001


@given(st.integers(2, 60), st.integers(0, 1_000))
@settings(max_examples=20, deadline=None)
def test_a_larger_sample_of_the_same_seed_contains_the_smaller(size, seed):
    lines = practice_lines()
    assert set(ids(draw(lines, "simple", size, seed))) < set(ids(draw(lines, "simple", size + 1, seed)))


def test_exactly_the_asked_number_is_drawn_and_no_spare():
    sample = draw(practice_lines(), "simple", 25, 4)
    assert len(ids(sample)) == len(set(ids(sample))) == 25
    assert sample.worksheet().draw_order.tolist() == list(range(1, 26))


def test_a_claim_is_a_patients_month_with_all_its_lines():
    units = sampling_frame(practice_lines(), families=FAMILIES).units.set_index("unit_id")
    with_add_on = units.loc["P00045/2026-03/ccm"]
    assert (with_add_on.hcpcs_codes, with_add_on.allowed_cents, with_add_on.family) == (
        "99439;99490",
        11_657,
        "ccm_staff",
    )
    assert len(units) == 70


def test_a_line_can_be_the_unit():
    units = sampling_frame(practice_lines(), "line").units
    assert len(units) == 90 and "P00045/2026-03/ccm/99439" in set(units.unit_id)


def test_strata_are_by_family_staff_and_site():
    sample = draw(practice_lines(), "stratified", 20, 1, ["family", "staff", "site"], families=FAMILIES)
    assert sample.strata.stratum.tolist() == [
        "ccm_complex | 1000000020 | PR1", "ccm_staff | 1000000020 | PR1", "ccm_staff | 1000000020 | PR2"]  # fmt: skip
    assert sample.strata.stratum_units.tolist() == [10, 40, 20] and sample.strata.sampled_units.sum() == 20


@pytest.mark.parametrize("take_all", [TakeAll(codes=("99487",)), TakeAll(above_cents=11_657), TakeAll(percentile=80)])
def test_what_stands_out_is_taken_whole_besides_the_size(take_all):
    sheet = draw(practice_lines(), "simple", 20, 5, take_all=take_all).worksheet()
    whole = sheet[sheet.stratum == "take_all"]
    assert len(whole) == 10 and (whole.hcpcs_codes == "99487").all() and len(sheet) == 30
    assert (sheet.stratum_units[sheet.stratum == "random"] == 60).all()


def test_a_code_on_any_line_of_a_claim_takes_it_whole():
    sheet = draw(practice_lines(), "simple", 20, 5, take_all=TakeAll(codes=("99439",))).worksheet()
    assert (sheet.stratum == "take_all").sum() == 20


def test_each_stratum_can_give_the_same_number():
    sample = draw(practice_lines(), "stratified", 15, 1, ["family"], families=FAMILIES, allocation="each")
    assert sample.strata.sampled_units.tolist() == [10, 15]


def test_the_frame_digest_tells_a_changed_amount_and_not_the_families():
    lines = practice_lines()
    digest = sampling_frame(lines).digest
    assert sampling_frame(lines, families=FAMILIES).digest == digest
    assert (
        sampling_frame(lines.assign(allowed_cents=lines.allowed_cents.where(lines.index != 3, 6_614))).digest != digest
    )


def test_the_record_names_all_that_repeats_the_draw():
    record = draw(practice_lines(), "simple", 20, 5, take_all=TakeAll(codes=("99487",))).record()
    assert record["taken_whole"] == "all units with 99487" and record["seed"] == 5 and record["frame_units"] == 70
    assert set(record["software"]) == {"python", "ccm-workbench", "numpy", "pandas"} and "PCG64" in record["generator"]


def test_a_swapped_unit_is_named():
    sample = draw(practice_lines(), "simple", 20, 5)
    sheet = sample.worksheet()
    refuse_other_units(sheet.sample(frac=1, random_state=1), sample)
    with pytest.raises(Problem, match=r"drawn and absent P.*never swapped"):
        refuse_other_units(sheet.assign(unit_id=["X", *sheet.unit_id[1:]]), sample)
    with pytest.raises(Problem, match="other amounts"):
        refuse_other_units(sheet.assign(allowed_cents=1), sample)


LINES = practice_lines()
BAD = {
    "a seed with a point": ({"seed": 1.5}, "not a seed"),
    "a negative seed": ({"seed": -1}, "not a seed"),
    "a seed that a spreadsheet would round": ({"seed": 10**15}, "not a seed"),
    "more units than there are": ({"size": 71}, "only 70"),
    "one unit": ({"size": 1}, "too small"),
    "an unknown method": ({"method": "systematic"}, "not a way to draw"),
    "stratified without strata": ({"method": "stratified"}, "needs strata"),
    "simple with strata": ({"strata": ["site"]}, "a simple one has none"),
    "an unknown stratum": ({"method": "stratified", "strata": ["moon"]}, "nothing to stratify by"),
    "family without families": ({"method": "stratified", "strata": ["family"]}, "give families"),
    "a family that is not known": ({"families": {"99490": "x"}}, "No family is known"),
    "too few for the strata": ({"method": "stratified", "strata": ["site"], "size": 3}, "at least 4"),
    "an unknown allocation": ({"allocation": "best"}, "no allocation"),
    "an unknown unit": ({"unit": "patient"}, "not a sampling unit"),
    "all taken whole": ({"take_all": TakeAll(above_cents=1)}, "no unit is left"),
    "the same line twice": ({"claim_lines": pd.concat([LINES, LINES])}, "stands twice"),
    "no line": ({"claim_lines": LINES[:0]}, "no claim line"),
    "an amount of nothing": ({"claim_lines": LINES.assign(allowed_cents=0)}, "above zero"),
    "an amount in dollars": ({"claim_lines": LINES.assign(allowed_cents=66.13)}, "whole number of cents"),
    "a column that is missing": ({"claim_lines": LINES.drop(columns="rendering_npi")}, "rendering_npi"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_draw_that_cannot_be_is_refused(name):
    changed, message = BAD[name]
    with pytest.raises(Problem, match=message):
        draw(**{"claim_lines": LINES, "method": "simple", "size": 20, "seed": 5} | changed)


def test_outliers_have_one_limit():
    for bad in ({"above_cents": 5, "percentile": 95}, {"percentile": 100}):
        with pytest.raises(Problem):
            replace(TakeAll(), **bad)

"""The check of the rules finds nothing in the shipped ones, and every fault that is put into a copy."""

from __future__ import annotations

import pytest

from ccmlib.rule_check import CHECKS, check_rules

CCM, FACTORS, VALUES = "codes/ccm.toml", "fees/conversion_factors.csv", "fees/relative_values.csv"
NEXT_FACTOR = "any,33.0000,{},2027-12-31,house,D\n"

#: check -> (file, what is replaced, by what, a part of the finding)
FAULTS = {
    "unknown_source": (CCM, 'source = "noridian-ccm"', 'source = "hearsay"', "99490 from 2015-01-01 cites the source"),
    "unknown_trust": ("visits.csv", "ncci-aoc-2026q3,V", "ncci-aoc-2026q3,X", "graded 'X'; write one of V, V2, R, D"),
    "source_named_twice": ("sources.toml", 'name = "cgs-2015"', 'name = "house"', "names 'house' 2 times"),
    "ends_before_it_begins": (FACTORS, "2020-01-01,2020-12-31", "2020-01-01,2019-12-31", "ends on 2019-12-31, before"),
    "overlap": (FACTORS, "2024-01-01,2024-03-08", "2024-01-01,2024-03-09", "from 2024-03-09 begins before the row"),
    "rate_without_end": (FACTORS, "33.4009,2026-01-01,2026-12-31", "33.4009,2026-01-01,", "has no end"),
    "rate_gap": (FACTORS, "2024-01-01,2024-03-08", "2024-01-01,2024-03-07", "leaves a gap after 2024-03-07"),
    "code_without_rate": (VALUES, "2026-01-01,2026-12-31", "2026-01-01,2026-06-30", "do not cover that time"),
    "border_inside_month": (CCM, "until = 2020-12-31", "until = 2020-12-30", "G2058 from 2020-01-01 must begin on"),
    "unknown_family": (CCM, 'family = "ccm_staff"', 'family = "ccm_night"', "belongs to the family 'ccm_night'"),
    "add_on_without_base": (CCM, 'add_on_to = "99487"', 'add_on_to = "99490"', "99489 from 2017-01-01 is added to"),
    "two_codes_in_one_place": (CCM, "until = 2020-12-31", "until = 2021-01-31", "and code 99439 have one place"),
    "cap_over_limit": (CCM, "2021-01-01\nminutes = 20\nmax_units = 2", "2021-01-01\nminutes = 20\nmax_units = 3",
                       "99439 from 2021-01-01 allows 3 units; the unit limit is 2"),
    "without_block": (CCM, "minutes = 60\n", "", "99487 from 2017-01-01 belongs to a family and must say"),
    "not_the_published_amount": (VALUES, "99490,A,1.00,0.91", "99490,A,1.00,0.92", "publishes $66.13 (nonfacility)"),
    "roles": ("roles.toml", 'name = "pharmacist"', 'name = "chemist"', "have chemist, which the facts do not know"),
    "activities": ("activities.toml", 'name = "travel"\ncounted = false', 'name = "travel"\ncounted = true',
                   "Activities that do not count lack travel"),
    "reasons": ("reasons.toml", 'name = "late_entry"', 'name = "tardy"', "'late_entry' is given but not explained"),
    "requirements": ("requirements.toml", 'program = "ccm"', 'program = "pcm"', "which no family bills"),
    "families": (CCM, 'clock = "practitioner"', 'clock = "wall"', "has clock 'wall'; write one of pool, practitioner"),
    "unknown_word": ("exclusions.csv", "practitioner_month", "fortnight", "has scope 'fortnight'"),
    "unknown_code": ("exclusions.csv", "ccm,99487,G0506", "ccm,99457,G0506", "about a code that ccm does not bill"),
    "unknown_reason": ("exclusions.csv", "enrolled_elsewhere", "busy", "gives the reason 'busy'"),
    "badly_written": ("conditions.csv", "E1122,code", "E11.22,code", "not a diagnosis code in upper case"),
    "chronic_without_group": ("conditions.csv", "E1122,code,diabetes", "E1122,code,", "needs a disease group"),
}  # fmt: skip


def test_the_shipped_rules_are_whole(book):
    assert check_rules(book) == []


@pytest.mark.parametrize("check", FAULTS)
def test_the_check_finds(check, rules_copy):
    file, old, new, words = FAULTS[check]
    rules_copy.replace(file, old, new)
    found = list(next(each for each in CHECKS if each.__name__ == check)(rules_copy.load()))
    assert any(words in finding for finding in found), found
    assert set(found) <= set(rules_copy.findings())


def test_every_check_has_a_fault_that_it_finds():
    assert {check.__name__ for check in CHECKS} == set(FAULTS)


def test_a_factor_for_all_and_one_for_apm_participants_may_not_overlap(rules_copy):
    rules_copy.append(FACTORS, NEXT_FACTOR.format("2026-07-01"))
    assert sum("begins before the row" in finding for finding in rules_copy.findings()) == 2


def test_a_year_may_follow_the_last_one(rules_copy):
    rules_copy.append(FACTORS, NEXT_FACTOR.format("2027-01-01"))
    assert all("do not cover that time" in finding for finding in rules_copy.findings())

"""The rule data equal the public tables they were taken from, to the cent and to the unit."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal

import pytest

from ccmlib.dated import during
from ccmlib.fees import NATIONAL, unit_amount

CODES = ("99490", "G2058", "99439", "99487", "99489", "99491", "99437", "G0506")


def rows(shared, name):
    with (shared / "reference" / name).open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row.get("code", row.get("hcpcs", CODES[0])) in CODES]


def amounts(book, code, day, apm="false", gpci=NATIONAL):
    """Office and facility dollars of one unit on a day."""
    value = next(row for row in during(book.tables["relative_values"], day, day) if row["code"] == code)
    factors = during(book.tables["conversion_factors"], day, day)
    factor = next(row for row in factors if row["qualifying_apm"] in ("any", apm))
    return tuple(unit_amount(value, gpci, Decimal(factor["factor"]), facility) for facility in (False, True))


def test_national_amounts_equal_the_fee_schedule_of_every_year_to_the_cent(book, shared):
    published = rows(shared, "mpfs_care_mgmt_2020_2026.csv")
    assert len(published) == 47
    for row in published:
        expected = Decimal(row["amt_nf"]), Decimal(row["amt_fac"])
        assert amounts(book, row["code"], dt.date(int(row["year"]), 12, 31)) == expected, row
        if row["amt_nf_apm"]:
            assert amounts(book, row["code"], dt.date(2026, 1, 1), "true")[0] == Decimal(row["amt_nf_apm"]), row


def test_the_factor_changed_on_9_march_2024(book):
    assert amounts(book, "99490", dt.date(2024, 3, 8))[0] == Decimal("61.56")
    assert amounts(book, "99490", dt.date(2024, 3, 9))[0] == Decimal("62.58")


def test_conversion_factors_equal_the_published_ones(book, shared):
    who = {"all": "any", "non-qualifying APM participants": "false", "qualifying APM participants": "true"}
    published = {
        (row["date_start"], row["date_end"], who[row["applies_to"]], row["conversion_factor"])
        for row in rows(shared, "conversion_factors.csv")
        if row["date_start"] >= "2020"
    }
    assert {
        (str(row["from"]), str(row["until"]), row["qualifying_apm"], row["factor"])
        for row in book.tables["conversion_factors"]
    } == published


def test_unit_limits_equal_the_published_ones(book, shared):
    published = {
        row["hcpcs"]: (int(row["medicare_2026q2_mue"]), int(row["medicare_2026q2_mai"]))
        for row in rows(shared, "mue_practitioner_ccm_family.csv")
    }
    assert {row["code"]: (row["units"], row["indicator"]) for row in book.tables["limits"]} == published


#: locality: its indices of 2025 and of 2026, and what 99490 pays there in 2026
LOCALITIES = {
    "10112-00": ("1 0.869 0.575", "1.000 0.875 0.566", "61.32 41.74"),
    "02102-01": ("1.5 1.081 0.592", "1.500 1.065 0.551", "83.76 59.93"),
    "13202-01": ("1.065 1.166 1.656", "1.064 1.162 1.586", "74.57 48.56"),
    "09102-04": ("1 1.027 2.5", "1.000 1.041 2.529", "70.95 47.66"),
    "01112-05": ("1.088 1.419 0.445", "1.095 1.410 0.425", "80.42 48.87"),
    "04412-11": ("1.011 1.007 0.877", "1.009 0.996 0.858", "65.98 43.69"),
    "06102-16": ("1.007 1.023 2.018", "1.007 1.005 2.295", "69.55 47.06"),
    "06202-00": ("1 1.025 0.3", "1.000 1.029 0.296", "65.37 42.34"),
}


@pytest.mark.parametrize("locality", LOCALITIES)
def test_a_locality_has_its_indices_and_amounts(book, locality):
    indices_2025, indices_2026, paid = LOCALITIES[locality]
    found = {row["from"].year: row for row in book.tables["gpci"] if row["locality"] == locality}
    for year, indices in ((2025, indices_2025), (2026, indices_2026)):
        assert [Decimal(found[year][name]) for name in ("work", "pe", "mp")] == [Decimal(n) for n in indices.split()]
    assert amounts(book, "99490", dt.date(2026, 3, 1), gpci=found[2026]) == tuple(map(Decimal, paid.split()))


def test_hawaii_has_no_indices_in_2026_rather_than_guessed_ones(book):
    assert {row["from"].year for row in book.tables["gpci"] if row["locality"] == "01212-01"} == {2024, 2025}


def test_every_locality_of_2025_but_hawaii_is_there_in_2026(book):
    of = {year: {row["locality"] for row in book.tables["gpci"] if row["from"].year == year} for year in (2025, 2026)}
    assert len(of[2025]) == 109
    assert of[2025] - of[2026] == {"01212-01"} and of[2026] <= of[2025]


def test_every_pair_that_never_goes_together_is_an_exclusion(book, shared):
    """An active edit (modifier 0, no deletion date) of a claimable code with a code outside the family is held."""
    family = set(CODES) - {"G0506"}
    held = {(row["code"], row["other_code"]) for row in book.tables["exclusions"] if row["outcome"] == "hold"}
    for row in rows(shared, "ptp_practitioner_2024q3_ccm_family.csv"):
        pair = {row["column1"], row["column2"]}
        if row["modifier_indicator"] == "0" and not row["deletion_date"] and len(pair & family) == 1:
            ours, other = *(pair & family), *(pair - family)
            assert (ours, other) in held or ("", other) in held, row

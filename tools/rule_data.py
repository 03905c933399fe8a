"""Builds the rule tables of ccmlib/rules from public reference tables: run once, then the CSVs are kept by hand.

    python tools/rule_data.py --reference DIR [--out ccmlib/rules]

Codes, numbers and dates only; every row carries its dates, its source and how far it can be trusted.
"""

from __future__ import annotations

import argparse
import csv
from decimal import Decimal
from pathlib import Path

from condition_groups import condition_rows, snomed_rows

FAMILY = ("99490", "G2058", "99439", "99487", "99489", "99491", "99437")
FAMILY_YEARS = {"G2058": ("2020-01-01", "2020-12-31"), "99439": ("2021-01-01", ""), "99437": ("2022-01-01", "")}
OTHER_ENDS = {"G0511": "2025-09-30"}
PRICED = (*FAMILY, "G0506")
START = "2020-01-01"
RATES = ["from", "until", "source", "trust"]


def read(reference: Path, name: str, skip: int = 0) -> list[dict]:
    """The rows of one reference table, after `skip` lines of title."""
    lines = (reference / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(lines[skip:]))


def write(place: Path, columns: list[str], rows: list[tuple]) -> None:
    """One rule table, its rows in the order given."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


def conversion_factors(reference: Path) -> list[tuple]:
    """Dollars per relative value unit, by dates and by whether the practitioner is a qualifying APM participant."""
    kept = [row for row in read(reference, "conversion_factors.csv") if row["date_start"] >= START]
    return [_factor(row) for row in kept]


def _factor(row: dict) -> tuple:
    who = {"all": "any"}.get(row["applies_to"], "false" if row["applies_to"].startswith("non") else "true")
    source = ("cf-2026-societies", "V2") if who == "true" else (f"cms-rvu-{row['date_start'][:4]}", "V")
    return who, row["conversion_factor"], row["date_start"], row["date_end"], *source


def fee_rows(reference: Path) -> list[dict]:
    """The rows of the priced codes in the fee schedule extract, by code and year."""
    rows = [row for row in read(reference, "mpfs_care_mgmt_2020_2026.csv") if row["code"] in PRICED]
    return sorted(rows, key=lambda row: (PRICED.index(row["code"]), row["year"]))


def relative_values(reference: Path) -> list[tuple]:
    """Work, practice expense (office, facility) and malpractice units of each priced code and year."""
    return [
        (row["code"], row["status"], *(f"{Decimal(row[name]):.2f}" for name in ("work", "pe_nf", "pe_fac", "mp")),
         *_year(row), f"cms-rvu-{row['year']}", "V")
        for row in fee_rows(reference)
    ]  # fmt: skip


def _year(row: dict) -> tuple[str, str]:
    return f"{row['year']}-01-01", f"{row['year']}-12-31"


def national_amounts(reference: Path) -> list[tuple]:
    """Published national amounts in cents: what the fee formula must give."""
    early = ("99490", "false", 6156, "", "2024-01-01", "2024-03-08", "cms-rvu-2024", "V")
    return [early] + [amount for row in fee_rows(reference) for amount in _amounts(row)]


def _amounts(row: dict) -> list[tuple]:
    first, last = _year(row)
    first = "2024-03-09" if row["year"] == "2024" else first
    plain = (row["code"], "false", _cents(row["amt_nf"]), _cents(row["amt_fac"]), first, last,
             f"cms-rvu-{row['year']}", "V")  # fmt: skip
    apm = (row["code"], "true", _cents(row["amt_nf_apm"]), "", first, last, "cf-2026-societies", "V2")
    return [plain, apm] if row["amt_nf_apm"] else [plain]


def _cents(amount: str) -> str:
    return amount.replace(".", "").lstrip("0")


def gpci(reference: Path) -> list[tuple]:
    """Geographic indices by MAC and locality. 2024 equals 2025; Hawaii 2026 is missing and stays missing."""
    columns = ("2025 PW GPCI (with 1.0 Floor)", "2025 PE GPCI", "2025 MP GPCI")
    known = [row for row in read(reference, "GPCI2025.csv", 2) if row["Locality Number"]]
    mac = "Medicare Administrative Contractor (MAC)"
    rows = [
        (f"{row[mac]}-{row['Locality Number']}", row["Locality Name"].rstrip("*"), *(row[name] for name in columns),
         first, last, "cms-gpci-2025", trust)
        for first, last, trust in (("2024-01-01", "2024-12-31", "V2"), ("2025-01-01", "2025-12-31", "V"))
        for row in known
    ]  # fmt: skip
    return sorted(rows + _gpci_2026(reference), key=lambda row: (row[0], row[5]))


def _gpci_2026(reference: Path) -> list[tuple]:
    return [
        (f"{row['mac']}-{row['locality']}", row["locality_name"].rstrip("*"), row["work_gpci_with_1_0_floor"],
         row["pe_gpci"], row["mp_gpci"], "2026-01-01", "2026-12-31", "gpci-2026-derived", "V2")
        for row in read(reference, "GPCI2026_from_medcostcheck.csv") if row["mp_gpci"]
    ]  # fmt: skip


def exclusions(reference: Path) -> list[tuple]:
    """What shuts out what: the month-level rules first, then the pairs of one service date."""
    return _month_exclusions() + _visit_messages() + _pairs(reference)


def _month_exclusions() -> list[tuple]:
    """Rules of the calendar month. Until 2021-09-30 the edits denied CCM beside dialysis; since then the dialysis."""
    month, source = "practitioner_month", "ncci-ptp-2024q3"
    dialysis = [str(code) for code in range(90951, 90971)]
    rows = [_whole(code, month, "review", "ours", START, "2021-09-30", source, "V") for code in dialysis]
    rows += [_whole(code, month, "review", "theirs", "2021-10-01", "", source, "V") for code in dialysis]
    rows += [_whole(code, month, "review", "ours", START, "", source, "V") for code in ("G0181", "G0182")]
    rows += [_whole(code, month, "allow", "theirs", START, "2021-12-31", source, "V2") for code in ("G2064", "G2065")]
    rows += [_whole(str(code), month, "allow", "theirs", "2022-01-01", "", source, "V") for code in range(99424, 99428)]
    rows += [_whole(code, month, "review", "theirs", "2025-01-01", "", "apcm-aafp", "V2")
             for code in ("G0556", "G0557", "G0558")]  # fmt: skip
    return rows + [_own_family(code) for code in FAMILY]


def _whole(other: str, scope: str, elsewhere: str, denied: str, *dated: str) -> tuple:
    return "ccm", "", other, scope, "hold", elsewhere, "conflict", denied, *dated


def _own_family(code: str) -> tuple:
    first, last = FAMILY_YEARS.get(code, (START, ""))
    return "ccm", "", code, "patient_month", "hold", "hold", "enrolled_elsewhere", "ours", first, last, "cgs-2015", "V"


def _visit_messages() -> list[tuple]:
    """Phone and e-visit codes: read second-hand, and the pair of 99490 with 99423 takes a modifier."""
    others = ("98966", "98967", "98968", "98970", "98971", "98972", "99421", "99422", "99423")
    kind = {("99490", "99423"): "review"}
    return [
        ("ccm", code, other, "service_date", kind.get((code, other), "hold"), "allow", "conflict", "theirs",
         *FAMILY_YEARS.get(code, (START, "")), "ncci-ptp-2024q3", "V2")
        for code in FAMILY if code != "G2058" for other in others
    ]  # fmt: skip


def _pairs(reference: Path) -> list[tuple]:
    """Edits between a code the close can claim and one outside the family; modifier 0 holds, 1 goes to review.

    Pairs that a month-level rule covers anyway are left out, and so are retired (9) and earlier ones.
    """
    covered = {row[2] for row in _month_exclusions()}
    rows = [_pair(row) for row in read(reference, "ptp_practitioner_2024q3_ccm_family.csv")]
    return sorted({row for row in rows if row and row[2] not in covered})


def _pair(row: dict) -> tuple | None:
    first, second, until = row["column1"], row["column2"], row["deletion_date"]
    if (first in FAMILY) == (second in FAMILY) or row["modifier_indicator"] == "9" or (until and until < START):
        return None
    ours, other, denied = (first, second, "theirs") if first in FAMILY else (second, first, "ours")
    since, ends = FAMILY_YEARS.get(ours, (START, OTHER_ENDS.get(other, "")))
    outcome = "hold" if row["modifier_indicator"] == "0" else "review"
    return ("ccm", ours, other, "service_date", outcome, "allow", "conflict", denied, since, until or ends,
            "ncci-ptp-2024q3", "V")  # fmt: skip


def visits() -> list[tuple]:
    """Visits at which CCM may start: those that carry G0506 and are an office, home, wellness or TCM visit."""
    listed = ("99202 99203 99204 99205 99212 99213 99214 99215 99341 99342 99344 99345 99347 99348 99349 99350"
              " G0402 G0438 G0439 99495 99496").split()  # fmt: skip
    first = "2014-01-01"  # a year before the first month of CCM
    gone = {"99201": "2020-12-31", "99343": "2022-12-31"}
    rows = [(code, first, "", "ncci-aoc-2026q3", "V") for code in listed]
    return sorted(rows + [(code, first, last, "ncci-aoc-2026q3", "R") for code, last in gone.items()])


def facility_places() -> list[tuple]:
    """Places of service paid at the facility rate."""
    verified = ("19", "21", "22", "31", "51")
    recalled = ("23", "24", "26", "34", "41", "42", "52", "53", "56", "61")
    return [(code, START, "", "cms-pos", "V" if code in verified else "R") for code in sorted(verified + recalled)]


def tables(reference: Path) -> dict[str, tuple[list[str], list[tuple]]]:
    """Every table: its columns and its rows, by file name."""
    amounts = ["code", "qualifying_apm", "nonfacility_cents", "facility_cents", *RATES]
    pair = ["program", "code", "other_code", "scope", "outcome", "elsewhere", "reason", "denied", *RATES]
    units = ["code", "status", "work", "pe_nonfacility", "pe_facility", "mp", *RATES]
    return {
        "fees/conversion_factors.csv": (["qualifying_apm", "factor", *RATES], conversion_factors(reference)),
        "fees/relative_values.csv": (units, relative_values(reference)),
        "fees/gpci.csv": (["locality", "name", "work", "pe", "mp", *RATES], gpci(reference)),
        "fees/national_amounts.csv": (amounts, national_amounts(reference)),
        "exclusions.csv": (pair, exclusions(reference)),
        "visits.csv": (["hcpcs_code", *RATES], visits()),
        "facility_places.csv": (["place_of_service_code", *RATES], facility_places()),
        "conditions.csv": (["icd10_code", "match", "group", "chronic", *RATES], condition_rows(reference)),
        "snomed_groups.csv": (["snomed_code", "group", "chronic", *RATES], snomed_rows(reference)),
    }


def main() -> None:
    """Write every table."""
    parser = argparse.ArgumentParser(description="Build the rule tables from reference tables.")
    parser.add_argument("--reference", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "ccmlib" / "rules")
    chosen = parser.parse_args()
    for name, (columns, rows) in tables(chosen.reference).items():
        write(chosen.out / name, columns, rows)


if __name__ == "__main__":
    main()

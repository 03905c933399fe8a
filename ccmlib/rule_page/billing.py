"""The page on codes, fees and what is not paid together."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from ..rulebook import Rulebook
from .words import RATE_COLUMNS, cited, dollars, listed, ranges, table


def codes(book: Rulebook) -> list[str]:
    """Codes with thresholds and caps, the families they form, and unit limits."""
    rows = [
        (row["code"], row["label"], row.get("family") or "none", row.get("add_on_to") or "-", row.get("minutes", "-"),
         _most(row), *cited(row))
        for row in book.tables["codes"]
    ]  # fmt: skip
    families = [
        (row["name"], row["program"], row["clock"], row["chosen"], _attested(row), *cited(row))
        for row in book.tables["families"]
    ]
    limits = [(row["code"], row["units"], row["indicator"], *cited(row)) for row in book.tables["limits"]]
    return [
        "## Codes", "", "Full minutes must be reached; time is summed to the second and never rounded.", "",
        *table(("Code", "What it is", "Family", "Added to", "Minutes", "Most units a month", *RATE_COLUMNS), rows),
        "### Families", "", "A month is billed by one family of a program. The pool is the time of clinical staff and"
        " practitioner together.", "",
        *table(("Family", "Program", "Clock", "Chosen by", "Attested", *RATE_COLUMNS), families),
        "### Unit limits of one date (MUE)", "", "More units are billed and sent to review. Indicator 2: a limit of"
        " policy; 3: a limit from claims.", "",
        *table(("Code", "Units", "Indicator", *RATE_COLUMNS), limits),
    ]  # fmt: skip


def _most(row: dict) -> int | str:
    if not row.get("family"):
        return "-"
    return row.get("max_units", "no cap") if row.get("add_on_to") else 1


def _attested(row: dict) -> str:
    return f"{row['attestation']}: {' or '.join(row['levels'])}" if row.get("attestation") else "-"


def fees(book: Rulebook) -> list[str]:
    """Factors, relative values and published amounts by year, and which localities are known."""
    factors = [(_APM[row["qualifying_apm"]], row["factor"], *cited(row)) for row in book.tables["conversion_factors"]]
    values = [
        (row["code"], row["work"], row["pe_nonfacility"], row["pe_facility"], row["mp"], *cited(row))
        for row in book.tables["relative_values"]
    ]  # fmt: skip
    amounts = [
        (row["code"], _APM[row["qualifying_apm"]], dollars(row["nonfacility_cents"]), dollars(row["facility_cents"]),
         *cited(row))
        for row in book.tables["national_amounts"]
    ]  # fmt: skip
    return [
        "## Fees", "", "Allowed amount = (work x its index + practice expense x its index + malpractice x its index)"
        " x factor, rounded to the cent, a half cent upward. A date without a rate is refused.", "",
        "### Conversion factors", "", *table(("Practitioner", "Factor", *RATE_COLUMNS), factors),
        "### Relative values", "", *table(("Code", "Work", "Office expense", "Facility expense", "Malpractice",
                                           *RATE_COLUMNS), values),
        "### Published national amounts", "", "The computed amounts must equal these.", "",
        *table(("Code", "Practitioner", "Office", "Facility", *RATE_COLUMNS), amounts),
        "### Localities", "", *table(("Localities", *RATE_COLUMNS), _localities(book)),
        "### Places paid at the facility rate", "", *table(("Places of service", *RATE_COLUMNS), listed(
            book.tables["facility_places"], "place_of_service_code")),
    ]  # fmt: skip


_APM = {"any": "all", "true": "qualifying APM participant", "false": "not a qualifying APM participant"}


def exclusions(book: Rulebook) -> list[str]:
    """What is not paid together; rows that differ only in the other code share a line."""
    columns = ("program", "code", "scope", "outcome", "elsewhere", "denied")
    rows = sorted(book.tables["exclusions"], key=lambda row: (*(row[column] for column in columns), *cited(row)))
    lines = [
        (*(cell or "any" for cell in alike[:2]), ranges(row["other_code"] for row in same), *alike[2:])
        for alike, same in groupby(rows, key=lambda row: (*(row[column] for column in columns), *cited(row)))
    ]
    return [
        "## What is not paid together", "", "Scope: one service date (same biller), one practitioner's month, or the"
        " patient's month. Denied: whose line Medicare denies.", "",
        *table(("Program", "Code", "Other codes", "Scope", "Same biller", "Billed elsewhere", "Denied", *RATE_COLUMNS),
               lines),
    ]  # fmt: skip


def _localities(book: Rulebook) -> list[tuple]:
    counts = Counter(cited(row) for row in book.tables["gpci"])
    return [(count, *dates) for dates, count in sorted(counts.items())]

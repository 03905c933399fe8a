"""Commands of the audit: draw a sample, record findings, estimate, and the evidence of a claim."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import DEFAULT_DATABASE, Database, Practice, now, say

app = typer.Typer(no_args_is_help=True, help="Audit: sample, estimate, evidence.")


@app.command()
def draw(
    month: str, size: Annotated[int, typer.Option(help="Units drawn at random.")],
    seed: Annotated[int, typer.Option(help="Recorded with the draw; the same seed draws the same units.")],
    practice: Practice = "",
    since: Annotated[str, typer.Option(help="First month of the frame; the same month when left out.")] = "",
    strata: Annotated[str, typer.Option(help="family, staff, site, program; joined by commas.")] = "",
    take_all_codes: Annotated[str, typer.Option(help="Codes taken whole, joined by commas.")] = "",
    take_all_percentile: Annotated[float, typer.Option(help="Amounts above it are taken whole; 0: none.")] = 0.0,
    out: Path = Path("out/audit"), database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """A statistically valid sample of a closed month's claims, with a worksheet for the reviewer."""
    from ..audit_run import drawn_to

    say(drawn_to(month, since, practice, database, size, seed, strata, take_all_codes, take_all_percentile, out))


@app.command()
def estimate(file: Path) -> None:
    """Error rate and overpayment from a filled-in worksheet, with the limits and who uses which."""
    from ..audit.estimate import estimate as estimated
    from ..audit.worksheet import read_worksheet

    say(estimated(read_worksheet(file)).lines())


@app.command()
def record(
    file: Path, unit: str, finding: str,
    audited_cents: Annotated[int | None, typer.Option(help="What should have been paid; needed for an error.")] = None,
    reviewer: str = "", note: str = "",
) -> None:  # fmt: skip
    """A reviewer's finding (ok, error, missing_paper) for one unit of a worksheet."""
    from ..audit.record import record as recorded

    say([recorded(file, unit, finding, audited_cents, reviewer, note)])


@app.command()
def binder(
    patient: str, month: str, out: Path = Path("out/binders"),
    html_only: Annotated[bool, typer.Option("--html-only", help="No PDF, so no Chromium is needed.")] = False,
    database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """The evidence of a patient's closed month on paper, in the order of a Medicare contractor's checklist."""
    from ..audit_run import binder_to

    say(binder_to(patient, month, database, out, html_only))


@app.command()
def binders(
    worksheet: Path, out: Path = Path("out/binders"),
    html_only: Annotated[bool, typer.Option("--html-only", help="No PDF, so no Chromium is needed.")] = False,
    database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """The binders of a whole sample: a folder for each patient, in it one for each month."""
    from ..audit_run import binders_to

    say(binders_to(worksheet, database, out, html_only))


@app.command()
def documentation(
    month: str, practice: Practice = "", out: Path = Path("out/audit"), database: Database = DEFAULT_DATABASE
) -> None:
    """Every entry of a month scored against the documentation rules, with what is missing in words."""
    from ..audit_run import documentation_to

    say(documentation_to(month, practice, database, out))


@app.command()
def forensics(
    month: str, practice: Practice = "",
    since: Annotated[str, typer.Option(help="First month looked at; the same month when left out.")] = "",
    out: Path = Path("out/audit"), database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """What is worth a look in the time log: heaping, cloned notes, long days, overlaps; by staff member."""
    from ..audit_run import forensics_to

    say(forensics_to(month, since, practice, database, out))


@app.command("self")
def self_(
    statement: str,
    given_from: Annotated[str, typer.Option("--from", help="First instant of the consents (ISO 8601 with offset).")],
    given_before: Annotated[str, typer.Option("--before", help="The instant before which they were given.")],
    practice: Practice = "", out: Path = Path("out/audit"), database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """Given consents that lacked a STATEMENT, every claim of the look-back years that falls with them."""
    from ..audit_run import self_audit_to

    say(self_audit_to(statement, given_from, given_before, now().date(), practice, database, out))

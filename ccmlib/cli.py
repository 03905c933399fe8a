"""``ccm``: the same calls that notebooks and dashboards make, from the terminal.

Exit codes: 0 done; 2 bad usage or bad input, told in one sentence; 3 a check found a difference. Heavy imports
stand inside the commands, so that ``ccm --help`` answers at once.
"""

from __future__ import annotations

import datetime as dt
import getpass
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from .problem import Problem
from .rescue import told

DIFFERENT = 3

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="CCM workbench.")
db = typer.Typer(no_args_is_help=True, help="The store: its migrations.")
bring = typer.Typer(no_args_is_help=True, help="Bring facts in, with a data-quality report.")
rules_app = typer.Typer(no_args_is_help=True, help="The rules: show one with its source, check them all.")
app.add_typer(db, name="db")
app.add_typer(bring, name="import")
app.add_typer(rules_app, name="rules")

Database = Annotated[str, typer.Option("--database", envvar="CCM_DATABASE", help="The store, as a database URL.")]
Practice = Annotated[str, typer.Option("--practice", help="One practice by its id; all when left out.")]
AsOf = Annotated[str, typer.Option("--as-of", help="What was known at this instant (ISO 8601 with offset).")]
Json = Annotated[bool, typer.Option("--json", help="Machine output.")]
Accept = Annotated[bool, typer.Option("--accept-good-rows", help="Load the good rows, write the bad ones to a file.")]
DEFAULT_DATABASE = "sqlite:///ccm.db"


@app.command()
def demo(database: Database = "sqlite:///out/demo.db", out: Path = Path("out")) -> None:
    """The sample practice, into a store, closed for its last month, with the report."""
    from .demo import run_demo

    _say(run_demo(database, out, _now(), getpass.getuser()))


@app.command()
def preview(
    month: str, practice: Practice = "", as_of: AsOf = "", out: Path | None = None,
    database: Database = DEFAULT_DATABASE, json_: Json = False,
) -> None:  # fmt: skip
    """The decision of a month, written to files; nothing is saved."""
    from .preview import decided, summary, summary_lines

    close = decided(database, month, practice, as_of)
    files = close.write(out) if out else []
    _say(summary(close), json_) if json_ else _say(summary_lines(close, files))


@app.command()
def explain(patient: str, month: str, as_of: AsOf = "", database: Database = DEFAULT_DATABASE) -> None:
    """Why each claim and each non-claim of a patient's month."""
    from .explain import explain as explained
    from .preview import decided

    _say(map(str, explained(decided(database, month, "", as_of), patient)))


@app.command()
def report(
    notebook: str, month: str, practice: Practice = "", as_of: AsOf = "", database: Database = DEFAULT_DATABASE,
    parameter: Annotated[list[str], typer.Option("-p", help="A parameter of the notebook: name=value.")] = (),
    out: Path = Path("out"),
) -> None:  # fmt: skip
    """Run a notebook for a month with papermill; an HTML report beside it."""
    from .notebook_run import run_notebook

    given = {"month": month, "practice": practice, "as_of": as_of, "database": database}
    given |= dict(_pair(word) for word in parameter)
    _say([f"Report: {run_notebook(notebook, given, out)}"])


@app.command()
def screen(
    on: Annotated[str, typer.Option("--on", help="The day asked, YYYY-MM-DD.")], out: Path | None = None,
    as_of: AsOf = "", database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """Who is eligible and not yet enrolled, and what each other patient lacks."""
    from .preview import screened
    from .screen import screen_lines

    day = _day(on)
    found = screened(database, day, as_of)
    if out:
        found.to_csv(out, index=False, lineterminator="\n")
    _say([*screen_lines(found, day), *([f"Written: {out}"] if out else [])])


@app.command()
def sample(folder: Path, patients: int = 100, months: int = 3, seed: int = 5) -> None:
    """A synthetic practice of any size, as an extract in FOLDER."""
    from .sample import sample_practice, write_sample

    files = write_sample(sample_practice(patients, months, seed), folder)
    _say([f"{len(files)} files in {folder}: {patients:,} synthetic patients, {months} months."])


@db.command()
def upgrade(database: Database = DEFAULT_DATABASE) -> None:
    """Bring the store's tables to this version."""
    from .store import engine, migrate

    found = migrate.upgrade(engine.open(database))
    _say([f"The store is at version {found.current}."])


@db.command()
def status(database: Database = DEFAULT_DATABASE) -> None:
    """Which version the store's tables have."""
    from .store import engine, migrate

    found = migrate.status(engine.open(database))
    _say([f"The store is at version {found.current or 'none'}; this program has {found.head}."])


@bring.command()
def extract(
    folder: Path, accept_good_rows: Accept = False, rejects: Path = Path("out/rejects"),
    database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """A practice extract: the folder of CSV files of the public contract."""
    from .importers.extract import import_extract

    _import(
        database, lambda connection, now, who: import_extract(connection, folder, now, who, accept_good_rows, rejects)
    )


@bring.command()
def synthea(
    folder: Path, name: str = "", npi: str = "", time_zone: str = "", database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """A Synthea CSV export, of either header layout."""
    from dataclasses import replace

    from .importers.synthea import SYNTHEA_PRACTICE, import_synthea

    said = {"name": name, "billing_npi": npi, "time_zone": time_zone}
    practice = replace(SYNTHEA_PRACTICE, **{key: value for key, value in said.items() if value})
    _import(database, lambda connection, now, who: import_synthea(connection, folder, now, who, practice))


@rules_app.command()
def show(code: str, on: Annotated[str, typer.Option("--on", help="A day, YYYY-MM-DD.")]) -> None:
    """A code with its threshold, cap, rates and sources on a day."""
    from .rule_page import rule_lines
    from .rulebook import Rulebook

    _say(rule_lines(Rulebook.load(), code, _day(on)))


@rules_app.command()
def check(folder: Annotated[Path | None, typer.Option(help="Rules in another folder.")] = None) -> None:
    """Every row dated, cited, no gap, no overlap; amounts and edits as published."""
    from .rule_check import check_rules, read_rules

    book = read_rules(folder)
    findings = check_rules(book)
    _say(findings or [f"The rules are in order: {sum(map(len, book.tables.values())):,} rows, {book.span}."])
    if findings:
        raise typer.Exit(DIFFERENT)


@rules_app.command()
def page(file: Path) -> None:
    """Write the rules as a page for people."""
    from .rule_page import rules_markdown
    from .rulebook import Rulebook

    file.write_text(rules_markdown(Rulebook.load()), "utf-8")
    _say([f"Written: {file}"])


def _import(database: str, bring_in) -> None:
    """Run an import alone in writing, in a store that is made when it is not there."""
    from .store import engine, migrate

    store = engine.open(database)
    migrate.upgrade(store)
    with engine.writing(store) as connection:
        found = bring_in(connection, int(_now().timestamp()), getpass.getuser())
    _say(found.lines())


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Problem(f"{text!r} is not a day; write it as YYYY-MM-DD, for example 2026-03-31.") from error


def _pair(word: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not sign:
        raise Problem(f"-p {word!r} is not name=value; write for example -p near_minutes=5.")
    return name, value


def _say(lines, json_: bool = False) -> None:
    typer.echo(json.dumps(lines, indent=2) if json_ else "\n".join(lines))


def main() -> None:
    """The entry point: what went wrong is told in one sentence, and a traceback is never shown."""
    sys.exit(told(app, (typer.Abort, KeyboardInterrupt)))

"""Commands of the month: demo, preview, explain, report, screen, and a synthetic practice."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from .options import DEFAULT_DATABASE, AsOf, Database, Json, Practice, day, now, pair, say, say_json


def add_to(app: typer.Typer) -> None:
    """Add these commands to `app`."""
    for command in (demo, preview, explain, report, screen, sample):
        app.command()(command)


def demo(database: Database = "sqlite:///out/demo.db", out: Path = Path("out")) -> None:
    """The sample practice, into a store, closed for its last month, with the report."""
    from ..demo import run_demo

    say(run_demo(database, out, now(), getpass.getuser()))


def preview(
    month: str, practice: Practice = "", as_of: AsOf = "", out: Path | None = None,
    database: Database = DEFAULT_DATABASE, json_: Json = False,
) -> None:  # fmt: skip
    """The decision of a month, written to files; nothing is saved."""
    from ..preview import decided, summary, summary_lines

    close = decided(database, month, practice, as_of)
    files = close.write(out) if out else []
    if json_:
        say_json(summary(close))
    else:
        say(summary_lines(close, files))


def explain(patient: str, month: str, as_of: AsOf = "", database: Database = DEFAULT_DATABASE) -> None:
    """Why each claim and each non-claim of a patient's month."""
    from ..explain import explain as explained
    from ..preview import decided

    say(map(str, explained(decided(database, month, "", as_of), patient)))


def report(
    notebook: str, month: str, practice: Practice = "", as_of: AsOf = "", database: Database = DEFAULT_DATABASE,
    parameter: Annotated[list[str], typer.Option("-p", help="A parameter of the notebook: name=value.")] = (),
    out: Path = Path("out"),
) -> None:  # fmt: skip
    """Run a notebook for a month with papermill; an HTML report beside it."""
    from ..notebook_run import run_notebook

    given = {"month": month, "practice": practice, "database": database} | ({"as_of": as_of} if as_of else {})
    say([f"Report: {run_notebook(notebook, given | dict(pair(word) for word in parameter), out)}"])


def screen(
    on: Annotated[str, typer.Option("--on", help="The day asked, YYYY-MM-DD.")], out: Path | None = None,
    as_of: AsOf = "", database: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """Who is eligible and not yet enrolled, and what each other patient lacks."""
    from ..preview import screened
    from ..screen import screen_lines

    asked = day(on)
    found = screened(database, asked, as_of)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        found.to_csv(out, index=False, lineterminator="\n")
    say([*screen_lines(found, asked), *([f"Written: {out}"] if out else [])])


def sample(folder: Path, patients: int = 100, months: int = 3, seed: int = 5) -> None:
    """A synthetic practice of any size, as an extract in FOLDER."""
    from ..sample import sample_practice, write_sample

    files = write_sample(sample_practice(patients, months, seed), folder)
    say([f"{len(files)} files in {folder}: {patients:,} synthetic patients, {months} months."])

"""Commands of the rules: show one with its source, check them all, write their page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import DIFFERENT, day, say

app = typer.Typer(no_args_is_help=True, help="The rules: show one with its source, check them all.")


@app.command()
def show(code: str, on: Annotated[str, typer.Option("--on", help="A day, YYYY-MM-DD.")]) -> None:
    """A code with its threshold, cap, rates and sources on a day."""
    from ..rule_page import rule_lines
    from ..rulebook import Rulebook

    say(rule_lines(Rulebook.load(), code, day(on)))


@app.command()
def check(folder: Annotated[Path | None, typer.Option(help="Rules in another folder.")] = None) -> None:
    """Every row dated, cited, no gap, no overlap; amounts and edits as published."""
    from ..rule_check import check_rules, read_rules

    book = read_rules(folder)
    findings = check_rules(book)
    say(findings or [f"The rules are in order: {sum(map(len, book.tables.values())):,} rows, {book.span}."])
    if findings:
        raise typer.Exit(DIFFERENT)


@app.command()
def page(file: Path) -> None:
    """Write the rules as a page for people."""
    from ..rule_page import rules_markdown
    from ..rulebook import Rulebook

    file.write_text(rules_markdown(Rulebook.load()), "utf-8")
    say([f"Written: {file}"])

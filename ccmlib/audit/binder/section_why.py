"""The explain trail: each requirement tried, the ways to bill, the price, with evidence and sources."""

from __future__ import annotations

import re

from ...explain import Line
from ...reports.markup import Html, element, joined, muted
from ...reports.section import card
from ...reports.table import WORD
from .parts import Section, heading, whole_table
from .subject import Subject, first_upper

#: The entries of this section stand in the time log.
ELSEWHERE = "Time"


def why(subject: Subject) -> Section:
    """Why the month is billed or not, in the words of ``ccm explain``."""
    sections = {title: lines for title, lines in subject.explanation.sections.items() if title != ELSEWHERE}
    body = [part for title, lines in sections.items() for part in (heading(title), _trail(lines))]
    return Section(
        "why",
        "Why it was decided so",
        first_upper(subject.explanation.outcome),
        (
            *body,
            heading("Sources of the rules"),
            _digest(subject),
            _sources(subject, sections),
        ),
    )


def _trail(lines: list[Line]) -> Html:
    return card(element("ul", joined((_line(line) for line in lines), "\n"), "trail"))


def _line(line: Line) -> Html:
    small = "  ".join(part for part in (line.evidence, line.source and f"[{line.source}]") if part)
    words = [element("p", line.text)] + ([element("p", muted(small))] if small else [])
    return element("li", joined([element("span", line.mark.strip() or "·", "mark"), element("div", joined(words))]))


def _digest(subject: Subject) -> Html:
    return element(
        "p",
        joined(
            ["The rules in force then, as files, have the digest ", element("span", subject.rules.digest, "hash"), "."]
        ),
        "lead",
    )


def _sources(subject: Subject, sections: dict[str, list[Line]]) -> Html:
    cited = {word for lines in sections.values() for line in lines for word in re.split(r",\s*", line.source) if word}
    rows = [
        {"Name": row["name"], "Title": row["title"], "Publisher": row["publisher"], "Dated": row["dated"]}
        for row in subject.rules.tables["sources"]
        if row["name"] in cited
    ]
    return whole_table(rows, "Sources of the rules", {"Name": WORD, "Dated": WORD}, none="No rule was applied.")

"""The contents page: the contractor's checklist item by item, then the sections, each with its page."""

from __future__ import annotations

from collections.abc import Mapping

from ... import wording
from ...reports.markup import Html, element, escaped, joined, muted
from ...reports.section import card
from ...reports.table import FIGURE, WORD
from .checklist import LOOK, MISSING, PRESENT, Item, checklist
from .parts import Section, heading, pairs, state_chip, whole_table
from .subject import Subject, called


def contents(subject: Subject, sections: list[Section], pages: Mapping[str, int]) -> Html:
    """The first page; `pages` gives the page of each section's anchor, none before the first printing."""
    return element(
        "section",
        joined(
            [
                _masthead(subject),
                _about(subject),
                heading("What the file of a claim must hold"),
                _said(subject),
                _items(checklist(subject), {section.anchor: section.title for section in sections}, pages),
                heading("In this binder"),
                _sections(sections, pages),
            ],
            "\n",
        ),
        "contents",
    )


def _masthead(subject: Subject) -> Html:
    title = f"{called(subject.person)}, {month_name(subject)}"
    return element(
        "header",
        joined([element("h1", title), element("p", "Audit binder: the evidence behind one month's claim")]),
        "masthead",
    )


def month_name(subject: Subject) -> str:
    """Such as ``October 2026``."""
    return f"{subject.close.panel.month.first:%B %Y}"


def _about(subject: Subject) -> Html:
    explanation, program = subject.explanation, subject.program.question.program.upper()
    return pairs(
        {
            "Outcome": f"{program}: {explanation.outcome}",
            "Patient": f"{subject.person.patient_id} of {subject.practice['name']}",
            "Close": element("span", subject.close_hash, "hash"),
        }
    )


def _said(subject: Subject) -> Html:
    items = checklist(subject)
    if not items:
        return element(
            "p", "No contractor's checklist is known for this program; the sections below hold the evidence.", "lead"
        )
    count = {state: sum(item.state == state for item in items) for state in (PRESENT, MISSING, LOOK)}
    more = f", {count[LOOK]} to look at" if count[LOOK] else ""
    missing = f"{count[MISSING]} missing" if count[MISSING] else "nothing missing"
    return element(
        "p",
        f"{count[PRESENT]} of {wording.times(len(items), 'item')} present, {missing}{more}. "
        "Order and items follow the medical review checklist of a Medicare contractor.",
        "lead",
    )


def _items(items: list[Item], titles: dict[str, str], pages: Mapping[str, int]) -> Html:
    where = "Page" if pages else "Section"
    rows = [
        {
            "": item.number,
            "Item": joined([element("p", item.says), element("p", muted(item.shown))]),
            "State": state_chip(item.state),
            where: _link(item.section, pages.get(item.section, titles[item.section])),
        }
        for item in items
    ]
    return (
        whole_table(rows, "Checklist", {"": FIGURE, "State": WORD, "Page": FIGURE, "Section": WORD}) if rows else card()
    )


def _sections(sections: list[Section], pages: Mapping[str, int]) -> Html:
    lines = (
        element("li", joined([_link(each.anchor, each.title), element("span", escaped(pages.get(each.anchor, "")))]))
        for each in sections
    )
    return card(element("ol", joined(lines, "\n"), "tabs"))


def _link(anchor: str, words: object) -> Html:
    return element("a", words, href=f"#{anchor}")

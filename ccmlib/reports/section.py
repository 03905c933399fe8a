"""A section of a report: HTML for a reader, one line of plain text for a diff or a terminal."""

from __future__ import annotations

from dataclasses import dataclass

from .markup import Html, element, joined


@dataclass(frozen=True, repr=False)
class Section:
    """What one call puts on the page: a sentence that says what it shows, then the tables or the chart.

    Without `lead` the body says the sentence itself, as a heading or a chart's caption does.
    """

    says: str
    body: tuple[Html, ...] = ()
    lead: bool = True

    def __repr__(self):
        return self.says

    def _repr_html_(self) -> str:
        lead = element("p", self.says, "lead") if self.lead else Html("")
        return element("div", joined([lead, *self.body], "\n"), "ccm")


def card(*content: Html) -> Html:
    """A framed part of a section."""
    return element("div", joined(content, "\n"), "card")


def empty(words: str) -> Section:
    """The section when there is nothing to show: it says so in words."""
    return Section(words)

"""A month's report: one load, then one call a section. Notebooks call this and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..close import MonthClose, close_month
from ..month import Month
from ..rulebook import Rulebook
from . import (
    alternatives,
    balance,
    chart_money,
    chart_reached,
    claims,
    header,
    held_patients,
    holds,
    near,
    reviews,
    rules_in_force,
    summary,
)
from .markup import Html, element
from .palette import style_sheet
from .section import Section
from .source import facts_of


@dataclass(frozen=True)
class MonthReport:
    """What a reader sees of a month that was decided; each method is a section."""

    close: MonthClose

    def __repr__(self):
        return f"{header.practices(self.close)}, {header.month_name(self.close)}: {summary.sentence(self.close)}"

    def style(self) -> Style:
        """The style sheet, for a notebook that is read in JupyterLab; pages and dashboards link it themselves."""
        return Style()

    def header(self, title: str = "Month-end close") -> Section:
        """Whose month it is, of which facts, under which rules."""
        return header.header(self.close, title)

    def summary(self) -> Section:
        """The state of the month at one glance."""
        return summary.summary(self.close)

    def claims(self) -> Section:
        """What is billed, by code."""
        return claims.claims(self.close)

    def money(self) -> Section:
        """The waterfall from what would be billed to what is ready."""
        return chart_money.money(self.close)

    def holds(self) -> Section:
        """What is not billed, by reason."""
        return holds.holds(self.close)

    def held_patients(self) -> Section:
        """Every held patient: why, what would mend it, who can."""
        return held_patients.held_patients(self.close)

    def near(self) -> Section:
        """Who is a few minutes short of the next block."""
        return near.near(self.close)

    def reached(self) -> Section:
        """How much counted time each patient reached."""
        return chart_reached.reached(self.close)

    def balance(self) -> Section:
        """Where the time went, to the second."""
        return balance.balance(self.close)

    def reviews(self) -> Section:
        """What is billed and should be looked at."""
        return reviews.reviews(self.close)

    def alternatives(self) -> Section:
        """The ways to bill that were not taken."""
        return alternatives.alternatives(self.close)

    def rules(self) -> Section:
        """Policies, codes and digest that the decision rests on."""
        return rules_in_force.rules_in_force(self.close)

    def files(self, out: str) -> Section:
        """Write claim_lines.csv, holds.csv and seconds.csv into the folder `out`; write nothing when it is empty."""
        if not out:
            return Section("No files were written; name a folder with the parameter out.")
        names = [path.name for path in self.close.write(Path(out))]
        return Section(
            f"Written beside this report: {', '.join(names)}. They may hold patient data; keep them where it belongs."
        )


class Style:
    """The style sheet as a notebook's output."""

    def __repr__(self):
        return "the style sheet"

    def _repr_html_(self) -> str:
        return element("style", Html(style_sheet()))


def month_report(month: str, practice: str = "", database: str = "", as_of: str = "") -> MonthReport:
    """Load the facts, decide the month and hold the result ready for its sections; see ``facts_of`` for the arguments.

    Raises Problem with one sentence for a month, practice, database or instant that cannot be used.
    """
    asked = Month(month)
    rules = Rulebook.load().on(asked)
    return MonthReport(close_month(facts_of(asked, practice, database, as_of), rules))

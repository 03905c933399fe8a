"""The report of an audit sample: drawn from closed claims, estimated from a worksheet or rehearsed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ...reports.header import SHORT
from ...reports.month import Style
from ...reports.section import Section
from ...rulebook import Rulebook
from ..draw import SIMPLE, STRATIFIED, draw
from ..estimate import Estimate, estimate
from ..frame import code_families
from ..sample import Sample
from ..strata import TakeAll
from ..worksheet import read_worksheet, refuse_other_units, write_worksheet
from . import drawn, estimated
from .claims import Claims, claims_of
from .rehearsal import rehearsed


@dataclass(frozen=True)
class AuditReport:
    """What a reader sees of an audit sample; each method is a section. `worksheet` is a path, empty to rehearse."""

    claims: Claims
    sample: Sample
    worksheet: str = ""

    def __repr__(self):
        return f"{len(self.sample.units)} of {len(self.sample.frame.units)} units drawn with seed {self.sample.seed}"

    def style(self) -> Style:
        """The style sheet, for a notebook that is read in JupyterLab."""
        return Style()

    def header(self) -> Section:
        """Which months, which frame, which seed."""
        return drawn.head(self.claims, self.sample)

    def sizes(self) -> Section:
        """How many units an error rate needs."""
        return drawn.sizes(self.sample)

    def strata(self) -> Section:
        """What was drawn from each stratum."""
        return drawn.strata(self.sample)

    def units(self) -> Section:
        """The units to review."""
        return drawn.units(self.sample)

    def record(self) -> Section:
        """How to draw the same units again."""
        return drawn.record(self.sample)

    def files(self, out: str) -> Section:
        """Write the empty worksheet and the record of the draw into `out`; write nothing when it is empty.

        Their names bear the draw, and a worksheet that is there already is left alone: it may hold a review.
        """
        if not out:
            return Section("No files were written; name a folder with the parameter out.")
        draw_digest = self.sample.record()["draw_digest"][:SHORT]
        sheet, record = (Path(out) / f"audit_{name}" for name in (f"{draw_digest}.csv", f"{draw_digest}.json"))
        if sheet.exists():
            return Section(f"{sheet.name} is there already and was left alone; it may hold a review of this draw.")
        write_worksheet(self.sample.worksheet(), sheet)
        record.write_text(json.dumps(self.sample.record(), indent=2) + "\n", "utf-8")
        return Section(f"Written: {sheet.name} for the reviewer, {record.name} for the file. They hold patient data.")

    @cached_property
    def estimate(self) -> Estimate:
        """The estimate from the worksheet, which must be of this draw, or from the rehearsal."""
        if not self.worksheet:
            return estimate(rehearsed(self.sample, self.claims.holds))
        sheet = read_worksheet(Path(self.worksheet))
        refuse_other_units(sheet, self.sample)
        return Estimate(sheet)

    def found(self) -> Section:
        """Findings by stratum."""
        return estimated.found(self.estimate, not self.worksheet)

    def error_rate(self) -> Section:
        """The share of units in error."""
        return estimated.error_rate(self.estimate)

    def overpayment(self) -> Section:
        """Point estimates, netted and gross."""
        return estimated.overpayment(self.estimate)

    def limits(self) -> Section:
        """Confidence limits and who uses which."""
        return estimated.limits(self.estimate)

    def cautions(self) -> Section:
        """What to beware of."""
        return estimated.cautions(self.estimate)


def audit_report(
    month: str, since: str = "", practice: str = "", database: str = "", size: int = 30, seed: int = 0,
    strata: str = "", take_all_codes: str = "", take_all_percentile: float = 0.0, worksheet: str = "",
) -> AuditReport:  # fmt: skip
    """Draw from the claims of `since` to `month` (see ``claims_of``) and hold the result ready for its sections.

    `strata`: names of family, staff, site, program joined by commas, empty for a simple sample.
    `take_all_codes`: codes joined by commas. `take_all_percentile`: units above it are taken whole, 0 for none.
    """
    claims, by = claims_of(since, month, practice, database), _listed(strata)
    take_all = TakeAll(tuple(_listed(take_all_codes)), percentile=take_all_percentile or None)
    families = code_families(Rulebook.load())
    sample = draw(claims.lines, STRATIFIED if by else SIMPLE, size, seed, by, take_all, families=families)
    return AuditReport(claims, sample, worksheet)


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]

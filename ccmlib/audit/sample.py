"""A drawn sample: its units, its strata, its record for the file, and the worksheet a reviewer fills in."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import version

import pandas as pd

from .. import wording
from .frame import Frame
from .random_order import GENERATOR
from .seal import seal
from .strata import TakeAll

#: The packages whose versions the record names: those that take part in the draw.
SOFTWARE = ("ccm-workbench", "numpy", "pandas")
#: Columns of the worksheet in their order; the reviewer fills in REVIEWED, the rest stays as drawn.
IDENTITY = ["stratum", "draw_order", "unit_id", "practice_id", "patient_id", "service_month", "program",
            "hcpcs_codes", "rendering_npi", "allowed_cents"]  # fmt: skip
REVIEWED = ["audited_cents", "finding", "reviewer", "note"]
DESIGN = ["stratum_units", "stratum_cents", "seed", "frame_digest", "draw_digest"]
COLUMNS = [*IDENTITY, *REVIEWED, *DESIGN]


@dataclass(frozen=True)
class Sample:
    """`units`: the frame's columns, stratum and draw_order (1, 2, ... in each stratum), one row a drawn unit.

    `strata`: stratum, stratum_units and stratum_cents (of the frame), sampled_units.
    """

    frame: Frame
    units: pd.DataFrame
    strata: pd.DataFrame
    method: str
    size: int
    seed: int
    take_all: TakeAll
    allocation: str
    by: tuple[str, ...]

    def worksheet(self) -> pd.DataFrame:
        """The worksheet: COLUMNS, sorted by stratum and draw order, the reviewer's columns empty.

        Every row carries the design (size and money of its stratum, seed, digests), so the file alone can be
        estimated from, and a row that is dropped, swapped or altered is found.
        """
        sheet = self.units.merge(self.strata, on="stratum").sort_values(["stratum", "draw_order"], ignore_index=True)
        sheet = sheet.assign(**dict.fromkeys(REVIEWED, ""), seed=self.seed, frame_digest=self.frame.digest)
        return sheet.assign(draw_digest=seal(sheet))[COLUMNS]

    def record(self) -> dict:
        """What an appeal asks of a sample, ready for JSON; who drew it and when is added by whoever draws."""
        return {
            "method": self.method, "stratified_by": list(self.by), "allocation": self.allocation,
            "taken_whole": self.take_all.said(self.frame), "unit": self.frame.unit,
            "frame_units": len(self.frame.units), "frame_cents": int(self.frame.units.allowed_cents.sum()),
            "frame_digest": self.frame.digest, "seed": self.seed, "generator": GENERATOR,
            "random_units": self.size, "sampled_units": len(self.units), "draw_digest": seal(self.worksheet()),
            "strata": self.strata.to_dict("records"), "software": software(),
        }  # fmt: skip

    def lines(self) -> list[str]:
        """The draw in words for the terminal."""
        return [
            f"{wording.times(len(self.units), 'unit')} of {len(self.frame.units):,} drawn, {self.method}, "
            f"seed {self.seed}; a unit is a {self.frame.unit}.",
            f"Taken whole: {self.take_all.said(self.frame)}.",
            *map(_stratum, self.strata.itertuples()),
            f"Frame {self.frame.digest}",
            "There are no spares: a unit whose paper cannot be found is missing_paper, and counts as wholly overpaid.",
        ]


def _stratum(row) -> str:
    count = f"{row.sampled_units:>6,} of {row.stratum_units:>7,}"
    return f"  {row.stratum:40} {count} {wording.money(row.stratum_cents):>16}"


def software() -> dict[str, str]:
    """The versions of what took part in the draw."""
    return {"python": platform.python_version(), **{name: version(name) for name in SOFTWARE}}

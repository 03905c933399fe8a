"""The confidence limits that are computed, and who uses which; sources and how sure we are of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """A kind of limit: `percent` confidence, on `sides` sides (a one-sided one is a lower limit), and its users.

    `trust`: V read at the source, R reported and to be confirmed, M mathematics.
    """

    percent: int
    sides: int
    used_by: str
    trust: str

    @property
    def name(self) -> str:
        """``two-sided 90%`` or ``one-sided 90% lower``."""
        return f"two-sided {self.percent}%" if self.sides == 2 else f"one-sided {self.percent}% lower"

    @property
    def tail(self) -> float:
        """The chance left outside on each side that has a limit."""
        return (1 - self.percent / 100) / self.sides


OIG = Label(90, 2, "OIG audits claim its lower limit", "R")
CONTRACTOR = Label(90, 1, "Medicare contractors demand this (MPIM chapter 8)", "R")
#: In the order in which they are shown.
LABELS = (
    Label(80, 2, "Its lower limit is the one-sided 90% lower limit", "M"),
    OIG,
    Label(95, 2, "Statisticians' custom, for comparison", "M"),
    CONTRACTOR,
    Label(95, 1, "The same as the lower limit of the two-sided 90% interval", "M"),
)
POINT_USED_BY = "OIG self-disclosure (100 units or more) settles on the point estimate"
NET_RATE_USED_BY = "Integrity agreements (older ones) ask for this net financial error rate of the sample"
GROSS_USED_BY = "OIG annual reporting wants gross overpayments"

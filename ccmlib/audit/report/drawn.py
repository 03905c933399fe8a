"""The first half of the report: the head, sizes to plan with, the draw and its record."""

from __future__ import annotations

import pandas as pd

from ... import wording
from ...reports.header import SHORT
from ...reports.markup import element, joined
from ...reports.section import Section, card
from ...reports.table import COUNT, FIGURE, MONEY, TEXT, WORD, summed, table
from ..plan import size_table
from ..sample import Sample
from .claims import Claims

#: What the table of sizes is made for: the usual error rates and precisions of an internal review.
RATES, PRECISIONS, CONFIDENCE = (0.02, 0.05, 0.10, 0.20, 0.30), (0.025, 0.05, 0.10), 0.90


def percent(share: float) -> str:
    """A share as ``12.3%``."""
    return f"{share:.1%}"


def head(claims: Claims, sample: Sample) -> Section:
    """Which months, which frame, which seed."""
    first, last = claims.months[0], claims.months[-1]
    span = str(first) if first == last else f"{first} to {last}"
    frame = f"{len(sample.frame.units):,} units, {wording.money(sample.frame.units.allowed_cents.sum())}"
    facts = {
        "Months": span, "Frame": frame, "Frame digest": sample.frame.digest[:SHORT], "Seed": str(sample.seed),
    }  # fmt: skip
    pairs = (element("div", joined([element("dt", name), element("dd", value)])) for name, value in facts.items())
    body = joined([element("h1", f"Audit sample, {span}"), element("dl", joined(pairs))], "\n")
    return Section(f"Audit sample, {span}", (element("header", body, "masthead"),), lead=False)


def sizes(sample: Sample) -> Section:
    """How many units an error rate needs, for this frame."""
    found = size_table(RATES, PRECISIONS, CONFIDENCE, len(sample.frame.units))
    frame = found.rename(columns=lambda each: f"± {percent(each)}").reset_index(drop=True)
    frame.insert(0, "Error rate expected", [percent(rate) for rate in found.index])
    says = (
        f"Units to draw from {len(sample.frame.units):,}, so that an error rate near the expected one is known to the "
        f"precision, two-sided {CONFIDENCE:.0%}."
    )
    looks = dict.fromkeys(frame.columns[1:], COUNT) | {"Error rate expected": FIGURE}
    return Section(says, (card(table(frame, "Units to draw", looks)),))


def strata(sample: Sample) -> Section:
    """What was drawn from each stratum."""
    frame = sample.strata.set_axis(["Stratum", "Units", "Allowed", "Drawn"], axis=1).assign(
        Stratum=sample.strata.stratum.map(wording.words)
    )
    says = (
        f"{wording.times(len(sample.units), 'unit')} drawn, {sample.method}. Taken whole: "
        f"{sample.take_all.said(sample.frame)}. There are no spares: a unit whose paper cannot be found counts as an "
        "error and as wholly overpaid."
    )
    total = summed(frame, "Frame", "Units", "Allowed", "Drawn")
    return Section(says, (card(table(frame, "Strata", {"Units": COUNT, "Allowed": MONEY, "Drawn": COUNT}, total)),))


def units(sample: Sample) -> Section:
    """The drawn units in the order in which they were drawn."""
    columns = {
        "stratum": "Stratum", "draw_order": "Order", "unit_id": "Unit", "hcpcs_codes": "Codes",
        "rendering_npi": "Practitioner", "allowed_cents": "Allowed",
    }  # fmt: skip
    frame = sample.worksheet()[list(columns)].rename(columns=columns)
    frame["Stratum"] = frame.Stratum.map(wording.words)
    looks = {"Order": COUNT, "Unit": WORD, "Allowed": MONEY, "Stratum": WORD}
    total = summed(frame, f"{len(frame):,} units", "Allowed")
    return Section("The units to review, by stratum, in the order drawn.", (card(table(frame, "Units", looks, total)),))


def record(sample: Sample) -> Section:
    """How anyone can draw the same units again."""
    said = sample.record()
    rows = {
        "Random numbers": said["generator"], "Seed": str(said["seed"]), "Frame digest": said["frame_digest"],
        "Draw digest": said["draw_digest"], "Unit": f"a {said['unit']}", "Random units": str(said["random_units"]),
        "Allocation": said["allocation"],
    }  # fmt: skip
    frame = pd.DataFrame({"What": list(rows), "Recorded": list(rows.values())})
    says = (
        "Whoever has these claims and this seed draws these units. The worksheet carries both digests; the versions of "
        "the software are in the record that is written beside it."
    )
    return Section(says, (card(table(frame, "Record of the draw", {"What": WORD, "Recorded": TEXT})),))

"""Draw an audit sample: simple random or stratified, with what stands out taken whole; no spares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ..problem import Problem
from .allocation import PROPORTIONAL, allocated
from .frame import CLAIM, Frame, sampling_frame
from .random_order import random_order
from .sample import Sample
from .strata import TAKE_ALL, TakeAll, stratum_names

SIMPLE, STRATIFIED = "simple", "stratified"
NOTHING = TakeAll()


def draw(
    claim_lines: pd.DataFrame, method: str, size: int, seed: int, strata: Sequence[str] = (),
    take_all: TakeAll = NOTHING, *, unit: str = CLAIM, families: Mapping[str, str] | None = None,
    allocation: str = PROPORTIONAL,
) -> Sample:  # fmt: skip
    """A sample of the frame of `claim_lines`: `size` units at random, and besides them all that `take_all` names.

    `method` is SIMPLE, or STRATIFIED by `strata` (of family, staff, site, program; see ``allocation`` for the sizes).
    The same claim lines and seed give the same sample, in whatever order the lines come. Raises Problem for a size,
    seed, method or stratum that cannot be.
    """
    return drawn(sampling_frame(claim_lines, unit, families), method, size, seed, strata, take_all, allocation)


def drawn(
    frame: Frame, method: str, size: int, seed: int, strata: Sequence[str] = (), take_all: TakeAll = NOTHING,
    allocation: str = PROPORTIONAL,
) -> Sample:  # fmt: skip
    """The same from a frame that is there already."""
    _fitting(method, strata)
    ordered = frame.units.assign(stratum=stratum_names(frame, strata, take_all))
    ordered = ordered.iloc[random_order(seed, len(ordered))].reset_index(drop=True)
    ordered["draw_order"] = ordered.groupby("stratum").cumcount() + 1
    sizes = _sizes(ordered.stratum, size, allocation)
    chosen = ordered[ordered.draw_order <= ordered.stratum.map(sizes)]
    return Sample(frame, chosen, _strata(ordered, sizes), method, size, int(seed), take_all, allocation, tuple(strata))


def _fitting(method: str, strata: Sequence[str]) -> None:
    if method not in (SIMPLE, STRATIFIED):
        raise Problem(f"{method!r} is not a way to draw; it is {SIMPLE} or {STRATIFIED}.")
    if (method == STRATIFIED) != bool(strata):
        raise Problem("A stratified sample needs strata (family, staff, site, program), and a simple one has none.")


def _sizes(names: pd.Series, size: int, allocation: str) -> dict[str, int]:
    units = {name: int(count) for name, count in names.value_counts().items()}
    whole = units.pop(TAKE_ALL, None)
    if not units:
        raise Problem("Every unit of the frame is taken whole, so no unit is left to draw; take fewer whole.")
    return allocated(units, size, allocation) | ({TAKE_ALL: whole} if whole else {})


def _strata(ordered: pd.DataFrame, sizes: dict[str, int]) -> pd.DataFrame:
    """One row a stratum: stratum, units and cents in the frame, and how many units are in the sample."""
    found = ordered.groupby("stratum").agg(stratum_units=("unit_id", "size"), stratum_cents=("allowed_cents", "sum"))
    return found.assign(sampled_units=found.index.map(sizes).astype(np.int64)).reset_index()

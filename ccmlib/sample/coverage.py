"""How Medicare and others cover the patients."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .clock import dates
from .people import PART_B, PAYERS, YEAR, People
from .table import frame, numbered


def coverage_table(people: People) -> pd.DataFrame:
    """`coverage.csv` of the ordinary patients: the main payer, and what pays beside Part B."""
    since = _covered_since(people)
    part_b = people.payer == PART_B
    draws = people.draws("second payer")
    dual = part_b & draws.chance(0.16, people.count)
    poor = dual & draws.chance(0.6, people.count)
    medigap = part_b & ~dual & draws.chance(0.4, people.count)
    main = [_cover(people, people.payer == number, payer, since) for number, (payer, _) in enumerate(PAYERS)]
    beside = (("medicaid", dual), ("qmb", poor), ("medigap", medigap))
    return pd.concat(main + [_cover(people, some, payer, since) for payer, some in beside], ignore_index=True)


def _covered_since(people: People) -> np.ndarray:
    """First of the month of the 65th birthday; a disabled patient's cover began some years ago."""
    at_65 = people.birth_day + np.int64(65 * YEAR)
    disabled = people.scale.last_day - people.draws("disabled").whole(700, 3000, people.count)
    day = np.where(at_65 <= people.scale.last_day, at_65, disabled)
    return day.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _cover(people: People, some: np.ndarray, payer: str, since: np.ndarray) -> pd.DataFrame:
    rows = np.flatnonzero(some & people.ordinary)
    return frame(
        "coverage",
        patient_id=people.ids.take(rows),
        payer=payer,
        member_id=numbered(payer[0].upper() + "X", rows + 1, 7),
        from_date=dates(since[rows]),
    )

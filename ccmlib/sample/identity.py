"""Identifiers of valid shape that nobody can have: NPIs, Medicare numbers, telephone numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

#: Three hundred thousand numbers from here lie below the first that was ever given out.
NPI_BASE = 100_000_000
#: Offset of practitioners of other practices.
OUTSIDE_BASE = 200_000
#: What the prefix 80840 adds to the check digit's sum.
NPI_PREFIX_SUM = 24


def npi(number: int) -> str:
    """The made-up NPI numbered `number`, with its check digit."""
    nine = str(NPI_BASE + number)
    doubled = "".join(str(int(digit) * (2 - place % 2)) for place, digit in enumerate(nine))
    return f"{nine}{-(NPI_PREFIX_SUM + sum(map(int, doubled))) % 10}"


def outside_npi(number: int) -> str:
    """The made-up NPI of a practitioner outside the workbench's practices."""
    return npi(OUTSIDE_BASE + number)


def medicare_numbers(numbers: np.ndarray) -> pd.api.extensions.ExtensionArray:
    """Medicare numbers of the plain pattern 1X00X00XX00 for `numbers` from 0 to 999,999."""
    texts = [f"{number:06d}" for number in numbers.tolist()]
    return pd.array([f"1X{t[:2]}X{t[2:4]}XX{t[4:]}" for t in texts], dtype="str")

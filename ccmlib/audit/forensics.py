"""Time-log forensics: per staff member, signs that are worth a look, corrected for the many comparisons made.

No sign is an accusation. A p-value says how rarely chance alone would give as much; what the reason is, only the
person can say, so each sign comes with what often explains it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from scipy.stats import false_discovery_control

from ..facts import MonthFacts
from ..problem import Problem
from ..rulebook import Rules
from .criteria import criteria, policy
from .forensics_log import Log, log_of
from .forensics_tests import TESTS
from .forensics_words import worded

FILE = "forensics"
COLUMNS = [
    "staff_id",
    "staff_name",
    "role",
    "sign",
    "count",
    "of",
    "expected",
    "p_value",
    "adjusted_p",
    "worth_a_look",
    "says",
]


def forensics(months: Iterable[tuple[MonthFacts, Rules]]) -> pd.DataFrame:
    """One row a staff member and sign over `months`, in order of staff_id and of the signs in the data.

    `count` of `of` entries (for long_day: of days) show the sign; `expected` is how many would by chance, NaN where
    no chance is meant; `p_value` is one-sided and exact, NaN where nothing is tested (too few entries, or a fact);
    `adjusted_p` is the p-value after Benjamini-Hochberg over every test of the frame; `worth_a_look` is true when it
    is small enough, or when a fact occurs; `says` is the sentence. The rules of the last month judge. Raises Problem
    when no month is given.
    """
    logs = [(log_of(facts, rules), rules) for facts, rules in months]
    if not logs:
        raise Problem("The forensics need at least one month of facts; name one.")
    log, rules = Log.together([log for log, _ in logs]), logs[-1][1]
    signs = criteria(FILE, "sign", rules.month)
    rows = [
        TESTS[sign["kind"]](log, staff, sign, rules)
        for staff in sorted(log.entries.staff_id.unique())
        for sign in signs
    ]
    found = pd.DataFrame(rows, columns=["staff_id", "sign", "count", "of", "expected", "p_value", "words"])
    found = _corrected(found.astype({"expected": "float64", "p_value": "float64"}), signs, rules)
    return worded(found, log, signs, rules)[COLUMNS]


def _corrected(found: pd.DataFrame, signs: list[dict], rules: Rules) -> pd.DataFrame:
    tested = found.p_value.notna()
    adjusted = found.p_value.copy()
    adjusted[tested] = false_discovery_control(found.p_value[tested], method="bh") if tested.any() else adjusted[tested]
    facts = found.sign.isin([sign["name"] for sign in signs if sign["kind"] == "fact"])
    small = adjusted * 100 <= policy(FILE, "false_discovery_percent", rules.month)
    return found.assign(adjusted_p=adjusted, worth_a_look=small | (facts & (found["count"] > 0)))

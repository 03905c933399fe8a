"""Self-audit: every claim that a defect touches, with what was closed, what the facts support, and the difference.

Each month is decided again from its facts with the defect applied (``defect``). Nothing is repaid or corrected here:
the list is where an investigation begins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from .. import wording
from ..close import MonthClose, close_month
from ..facts import MonthFacts
from ..month import Month, a_year_before
from ..requirement import HOLD
from ..rulebook import Rules
from .criteria import policy
from .defect import Defect

CLAIM = ["practice_id", "patient_id", "program"]
MONEY = ["allowed_cents", "medicare_cents", "coinsurance_cents"]
COLUMNS = [
    "service_month",
    *CLAIM,
    "codes_before",
    "codes_after",
    *(f"{when}_{name}" for name in MONEY for when in ("before", "after", "difference")),
    "reason",
]


@dataclass(frozen=True)
class SelfAudit:
    """`claims` has COLUMNS, one row a claim (patient, month, program) that changes; difference = before - after, so
    what may have to be repaid is positive. `months` were asked, `touched` have rows of the defect."""

    defect: Defect
    claims: pd.DataFrame
    months: list[str]
    touched: list[str]

    @property
    def totals(self) -> pd.DataFrame:
        """Claims and differences by month, the whole and each payer's share of it; the last row sums them."""
        names = {f"difference_{name}": "int64" for name in MONEY}
        sums = {name: (name, "sum") for name in names}
        found = self.claims.groupby("service_month").agg(claims=("patient_id", "size"), **sums).reset_index()
        total = found.drop(columns="service_month").sum().to_frame().T.assign(service_month="total")
        return pd.concat([found, total], ignore_index=True).astype({"claims": "int64"} | names)

    def __str__(self):
        more = self.claims.difference_allowed_cents
        gone, gain = int(more[more > 0].sum()), int(-more[more < 0].sum())
        claims, months = wording.times(len(self.claims), "claim"), wording.times(len(self.months), "month")
        extra = f" {wording.money(gain)} would have been billed in addition." if gain else ""
        return (
            f"{self.defect.says} {claims} of {months} would be other than closed: "
            f"{wording.money(gone)} of the allowed amount is not supported.{extra}"
        )


def look_back(on: dt.date) -> Month:
    """The first service month of a self-audit on the day `on`: the look-back years before it (policy, six).

    The years of the rule run from the receipt of a payment, so a claim filed late may belong to a still earlier
    month; ask earlier months as well when payments of that time were late.
    """
    month = Month(f"{on:%Y-%m}")
    day = on
    for _ in range(policy("self_audit", "look_back_years", month)):
        day = a_year_before(day)
    return Month(f"{day:%Y-%m}")


def months_between(first: Month, last: Month) -> list[Month]:
    """The months from `first` to `last`, both included."""
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next)
    return found


def self_audit(
    months: Iterable[tuple[MonthFacts, Rules]], defect: Defect, closed: Mapping[str, pd.DataFrame] | None = None
) -> SelfAudit:
    """Every claim of `months` that would be other than it was closed, were the defect taken seriously.

    `closed` gives the claim lines saved for a month (``2026-03``); a month it lacks is decided from its facts as they
    are. Months are read one after the other, so they may be a generator; a month without a row of the defect is
    not decided again. Pure: reads no store and no clock.
    """
    asked, touched, found = [], [], [pd.DataFrame(columns=COLUMNS)]
    for facts, rules in months:
        asked.append(str(facts.month))
        if len(defect.affected(facts)):
            touched.append(asked[-1])
            found.append(_month(facts, rules, defect, (closed or {}).get(asked[-1])))
    claims = pd.concat([each for each in found if len(each)] or found[:1], ignore_index=True)
    return SelfAudit(defect, claims.sort_values(COLUMNS[:4], ignore_index=True), asked, touched)


def _month(facts: MonthFacts, rules: Rules, defect: Defect, lines: pd.DataFrame | None) -> pd.DataFrame:
    """The claims that the defect changes; those that only differ from the close for another reason are left out."""
    now, then = close_month(facts, rules), close_month(defect.applied(facts), rules)
    changed = _changed(_claims(now.claim_lines), _claims(then.claim_lines))
    before = _claims(now.claim_lines if lines is None else lines)
    both = before.join(_claims(then.claim_lines), how="outer", lsuffix="_before", rsuffix="_after").reindex(changed)
    return _priced(both, facts.month).assign(reason=lambda claims: _reasons(claims, then, rules))[COLUMNS]


def _changed(now: pd.DataFrame, then: pd.DataFrame) -> pd.MultiIndex:
    """The claims of either that are not the same in both."""
    keys = now.index.union(then.index)
    a, b = now.reindex(keys), then.reindex(keys)
    return keys[((a != b) & ~(a.isna() & b.isna())).any(axis=1)]


def _priced(both: pd.DataFrame, month: Month) -> pd.DataFrame:
    money = {f"{name}_{when}": f"{when}_{name}" for name in MONEY for when in ("before", "after")}
    both = both.rename(columns=money).fillna(dict.fromkeys(money.values(), 0) | {"codes_before": "", "codes_after": ""})
    both = both.astype(dict.fromkeys(money.values(), "int64"))
    differences = {f"difference_{name}": both[f"before_{name}"] - both[f"after_{name}"] for name in MONEY}
    return both.assign(service_month=str(month), **differences).reset_index()


def _claims(lines: pd.DataFrame) -> pd.DataFrame:
    """Codes and money by claim; codes as ``99490 x1``."""
    said = lines.assign(codes=lines.hcpcs_code + " x" + lines.units.astype(str))
    return said.groupby(CLAIM).agg(codes=("codes", "; ".join), **{name: (name, "sum") for name in MONEY})


def _reasons(claims: pd.DataFrame, then: MonthClose, rules: Rules) -> list[str]:
    """What holds each claim once the defect is applied, in the words of the reasons; else what became of its time."""
    says = {row["name"]: row["says"] for row in rules.rows("reasons", of="patient")}
    holds = then.holds[(then.holds.severity == HOLD) & then.holds.reason.isin(says)]
    held = holds.assign(says=holds.reason.map(says)).groupby(CLAIM).says.agg(" ".join)
    keys = claims[CLAIM].itertuples(index=False, name=None)
    return [
        OTHER_TIME if after else held.get(key, NO_TIME) for key, after in zip(keys, claims.codes_after, strict=True)
    ]


NO_TIME, OTHER_TIME = "No time is left.", "Another time counts, so other codes or units are supported."

"""The second half of the report: what was found, the error rate, the overpayment and its limits, cautions."""

from __future__ import annotations

import pandas as pd

from ... import wording
from ...reports.markup import element, joined
from ...reports.section import Section, card
from ...reports.table import COUNT, FIGURE, MONEY, MONEY_OR_DASH, WORD, table
from ..estimate import DIFFERENCE, NET, Estimate
from ..labels import GROSS_USED_BY, NET_RATE_USED_BY, POINT_USED_BY
from ..limit import T
from ..stratum import cents
from .drawn import percent

LIMITS = {"limit": "Limit", "lower_cents": "Lower", "upper_cents": "Upper", "used_by": "Who uses it"}


def found(estimate: Estimate, rehearsed: bool) -> Section:
    """Findings by stratum."""
    counts = estimate.findings
    columns = {
        "stratum": "Stratum", "stratum_units": "Units", "sampled_units": "Reviewed", "errors": "In error",
        "over_cents": "Net overpaid, found",
    }  # fmt: skip
    frame = estimate.strata_table[list(columns)].rename(columns=columns)
    frame["Stratum"] = frame.Stratum.map(wording.words)
    looks = {"Stratum": WORD, "Net overpaid, found": MONEY} | dict.fromkeys(["Units", "Reviewed", "In error"], COUNT)
    says = f"{counts['ok']:,} ok, {counts['error']:,} in error, {counts['missing_paper']:,} without paper."
    return Section(_warned(says, rehearsed), (card(table(frame, "Findings by stratum", looks)),))


def _warned(says: str, rehearsed: bool) -> str:
    if not rehearsed:
        return says
    return (
        "A rehearsal, reviewed by nobody: every drawn unit that the close wants looked at is taken to have no support. "
        f"{says}"
    )


def error_rate(estimate: Estimate) -> Section:
    """The share of units in error with its limits."""
    exact, limits = estimate.error_rate.exact, estimate.rate_table
    frame = pd.DataFrame({"Limit": limits.limit})
    kinds = (
        {"Clopper-Pearson": "clopper_pearson", "Hypergeometric": "hypergeometric"}
        if exact
        else {"Approximate": "clopper_pearson"}
    )
    for title, name in kinds.items():
        frame[f"{title} from"], frame[f"{title} to"] = (
            limits[f"{name}_{end}"].map(percent) for end in ("lower", "upper")
        )
    how = (
        "The limits are exact; hypergeometric ones know the size of the frame. In a one-sided row each stands alone."
        if exact
        else ("With several random strata the limits are approximate (normal).")
    )
    says = f"{percent(estimate.error_rate.point)} of the frame's units are in error. {how}"
    return Section(says, (card(table(frame, "Units in error", dict.fromkeys(frame.columns[1:], FIGURE))),))


def overpayment(estimate: Estimate) -> Section:
    """Point estimates, netted and gross, by estimator."""
    frame = estimate.amount_table.drop(columns="df").set_axis(
        ["Amount", "Estimator", "Point estimate", "Standard error"], axis=1
    )
    frame["Estimator"] = frame.Estimator.map(wording.words)
    says = (
        f"{wording.money(cents(estimate.total().point))} net overpayment by the difference estimator, the one to state "
        f"unless another was chosen before the review. {POINT_USED_BY}. {GROSS_USED_BY}. Of the reviewed amount "
        f"{percent(estimate.net_rate)} was overpaid, net. {NET_RATE_USED_BY}."
    )
    looks = {"Amount": WORD, "Estimator": WORD, "Point estimate": MONEY, "Standard error": MONEY_OR_DASH}
    return Section(says, (card(table(frame, "Overpayment of the frame", looks)),))


def limits(estimate: Estimate) -> Section:
    """Confidence limits of the net overpayment by the difference estimator."""
    return Section(
        "Confidence limits of the net overpayment, difference estimator. A negative one is set to $0.00, and said.",
        tuple(card(_limits(estimate, by)) for by in estimate.distributions),
    )


def _limits(estimate: Estimate, by: str):
    frame = estimate.limit_table(DIFFERENCE, NET, by)
    zero = [
        f" (computed {wording.money(value)})" if zeroed else ""
        for value, zeroed in zip(frame.computed_lower_cents, frame.set_to_zero, strict=True)
    ]
    shown = (
        frame[list(LIMITS)]
        .assign(used_by=frame.used_by + zero, upper_cents=frame.upper_cents.map(_upper, na_action=None))
        .rename(columns=LIMITS)
    )
    df = f"Student's t, {estimate.total().df:.4g} degrees of freedom"
    label = f"Limits by {df if by == T else 'the normal distribution'}"
    return joined([element("p", label, "empty"), table(shown, label, {"Limit": WORD, "Lower": MONEY, "Upper": FIGURE})])


def _upper(value) -> str:
    return "–" if pd.isna(value) else wording.money(value)


def cautions(estimate: Estimate) -> Section:
    """What to beware of."""
    if not estimate.cautions:
        return Section("Nothing speaks against the approximations of this estimate.")
    items = element("ul", joined(element("li", sentence) for sentence in estimate.cautions))
    return Section("Before anyone relies on these limits:", (items,))

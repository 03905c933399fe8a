"""An estimate as lines for the terminal, and as plain values for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import wording
from .labels import GROSS_USED_BY, NET_RATE_USED_BY, POINT_USED_BY
from .limit import Limit, T
from .stratum import cents

if TYPE_CHECKING:
    from .estimate import Estimate


def lines(estimate: Estimate) -> list[str]:
    """The estimate in words: what was reviewed, the error rate, the overpayment, and what to beware of."""
    said = [*_reviewed(estimate), "", *_rate(estimate), "", *_amounts(estimate)]
    for by in estimate.distributions:
        said += ["", *_limits(estimate, by)]
    return [*said, "", *(f"Caution: {sentence}" for sentence in estimate.cautions or ["none."])]


def summary(estimate: Estimate) -> dict:
    """The estimate in plain values: cents are integers, rates shares of 1."""
    tables = {f"limits_{by}": estimate.limit_table(by=by) for by in estimate.distributions}
    tables |= {
        "strata": estimate.strata_table,
        "amounts": estimate.amount_table,
        "error_rate_limits": estimate.rate_table,
    }
    return {
        "units": len(estimate.sheet), "frame_units": estimate.error_rate.population,
        "seed": int(estimate.sheet.seed.iloc[0]), "frame_digest": str(estimate.sheet.frame_digest.iloc[0]),
        "draw_digest": str(estimate.sheet.draw_digest.iloc[0]), "findings": estimate.findings,
        "error_rate": estimate.error_rate.point, "error_rate_exact": estimate.error_rate.exact,
        "net_financial_error_rate": estimate.net_rate, "cautions": estimate.cautions,
        **{name: table.astype(object).where(table.notna(), None).to_dict("records") for name, table in tables.items()},
    }  # fmt: skip


def _reviewed(estimate: Estimate) -> list[str]:
    found, rate = estimate.findings, estimate.error_rate
    first = estimate.sheet.iloc[0]
    return [
        f"{wording.times(len(estimate.sheet), 'unit')} of {rate.population:,} reviewed: {found['ok']} ok, "
        f"{found['error']} in error, {found['missing_paper']} without paper (wholly overpaid; there are no spares).",
        f"Seed {first.seed}, frame {first.frame_digest}",
        *(
            f"  {row.stratum:40} {row.sampled_units:>6,} of {row.stratum_units:>7,}{' (all)' if row.whole else '':6} "
            f"{row.errors:>4} in error {wording.money(row.over_cents):>14} net overpaid"
            for row in estimate.strata_table.itertuples()
        ),
    ]


def _rate(estimate: Estimate) -> list[str]:
    exact = estimate.error_rate.exact
    kinds = ("Clopper-Pearson", "hypergeometric") if exact else ("normal, approximate",)
    rows = [
        f"  {row.limit:14} " + "   ".join(f"{low:7.2%} to {high:7.2%}" for low, high in pairs)
        for row in estimate.rate_table.itertuples()
        for pairs in [[row[2:4], row[4:6]] if exact else [row[2:4]]]
    ]
    return [f"Units in error: {estimate.error_rate.point:.2%} of the frame; limits {' | '.join(kinds)}:", *rows]


def _amounts(estimate: Estimate) -> list[str]:
    rows = [
        f"  {row.measure:12} {row.estimator:15} {wording.money(row.point_cents):>16} {wording.money(row.se_cents):>16}"
        for row in estimate.amount_table.itertuples()
    ]
    return [
        "Overpayment of the frame, netted and gross (point estimate, standard error):",
        *rows,
        f"  {POINT_USED_BY}.",
        f"  {GROSS_USED_BY}.",
        f"Of the reviewed units {estimate.net_rate:.2%} of the allowed amount was overpaid, net. {NET_RATE_USED_BY}.",
    ]


def _limits(estimate: Estimate, by: str) -> list[str]:
    df = estimate.total().df
    way = f"Student's t, {df:.4g} degrees of freedom{' (Satterthwaite)' if estimate.stratified else ''}"
    head = f"Net overpayment, difference estimator, by {way if by == T else 'the normal distribution'}:"
    found = estimate.limits(by=by)
    return [head, f"  {'point estimate':21} {wording.money(cents(estimate.total().point)):>16}", *map(_limit, found)]


def _limit(each: Limit) -> str:
    upper = "" if each.upper is None else f"to {wording.money(each.upper)}"
    zero = f" (computed {wording.money(each.computed_lower)}, set to 0)" if each.set_to_zero else ""
    return f"  {each.label.name:21} {wording.money(each.lower):>16} {upper:19} {each.label.used_by}{zero}"

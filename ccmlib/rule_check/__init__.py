"""Whether the rules are whole: every row dated, cited and graded, no gap, no overlap, amounts to the cent."""

from __future__ import annotations

from ..rulebook import Rulebook
from . import citations, codes, conditions, exclusions, money, spans, words
from .files import read_rules

__all__ = ["CHECKS", "check_rules", "read_rules"]

#: One small function each: from the rulebook to findings in sentences.
CHECKS = (
    citations.unknown_source, citations.unknown_trust, citations.source_named_twice,
    spans.ends_before_it_begins, spans.overlap, spans.rate_without_end, spans.rate_gap, spans.code_without_rate,
    codes.border_inside_month, codes.unknown_family, codes.add_on_without_base, codes.two_codes_in_one_place,
    codes.cap_over_limit, codes.without_block,
    money.not_the_published_amount,
    words.roles, words.activities, words.reasons, words.requirements, words.families,
    exclusions.unknown_word, exclusions.unknown_code, exclusions.unknown_reason,
    conditions.badly_written, conditions.chronic_without_group,
)  # fmt: skip


def check_rules(book: Rulebook) -> list[str]:
    """What is wrong with the rules, a sentence each; empty when nothing is."""
    return [finding for check in CHECKS for finding in check(book)]

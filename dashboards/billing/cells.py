"""The cells of a patient's row: chips, sentences, codes and money."""

from __future__ import annotations

import pandas as pd

from ccmlib import wording
from ccmlib.reports.chip import chip, reason_chip, who
from ccmlib.reports.held_patients import GENERAL, failed_sentence
from ccmlib.reports.markup import Html, escaped, joined, muted, paragraphs
from ccmlib.requirement import HOLD, REVIEW

from .decided import Decided

#: How each change against the last close is shown.
ACTIONS = {"add": ("ready", "new"), "replace": ("review", "changed"), "void": ("hold", "taken back")}


def step(row, decided: Decided) -> list:
    """How short of the next block, what is counted, what it would bill and what that is worth."""
    code = joined([row.code, " ", muted(decided.close.rules.codes[row.code].label)])
    return [wording.spoken(row.short), wording.clock(row.counted), code, wording.money(row.cents)]


def change(row) -> list:
    """A claim line, what an amendment would do with it, its money in the close and now."""
    return [f"{row.hcpcs_code} ×{row.units}", chip(*ACTIONS[row.action]), dash(row.was_cents), dash(row.now)]


def why_and_mend(row, decided: Decided) -> tuple[Html, Html]:
    """The reason that keeps back most with its sentence, and its fix; how many more reasons there are."""
    rows = decided.rows_of(row.patient, row.program, HOLD)
    chip_, says, mend = reason_words_of(rows.iloc[0], decided)
    rest = len(rows) - 1
    more = [muted(f"and {wording.times(rest, 'more reason')}")] if rest else []
    return paragraphs([joined([chip_, " ", says]), *more]), mend


def reason_words_of(row, decided: Decided) -> tuple[Html, str, Html]:
    """A hold row in words: the chip of its reason, what is so, and what would mend it with who can."""
    reason, program = decided.close.rules.by_name("reasons")[row.reason], decided.close.programs[row.program]
    says = reason["says"] if row.reason in GENERAL else failed_sentence(program, row.reason, row.patient)
    if not says:
        says = f"{wording.clock(row.seconds)} not counted. {reason['says']}" if row.seconds else reason["says"]
    return reason_chip(reason), says, joined([reason["mend"], " ", who(reason)])


def marks(row, decided: Decided) -> tuple[Html, Html]:
    """What to look at, and what to do about each."""
    rows = decided.rows_of(row.patient, row.program, REVIEW)
    reasons = [decided.close.rules.by_name("reasons")[name] for name in rows.reason]
    marks = (joined([chip("review", wording.words(each["name"])), " ", each["says"]]) for each in reasons)
    return paragraphs(marks), paragraphs(joined([each["mend"], " ", who(each)]) for each in reasons)


def state(row, decided: Decided) -> tuple[Html, Html]:
    """Ready, held or without time; and what that means."""
    if pd.isna(row.held):
        return chip("quiet", "no time"), escaped("No time is logged in this month.")
    return why_and_mend(row, decided) if row.held else (chip("ready", "ready"), codes(row, decided))


def codes(row, decided: Decided) -> Html:
    """What the patient bills, or would."""
    return escaped(f"{decided.codes.get((row.patient, row.program), '')}")


def amount(row) -> Html:
    """What is allowed, or for who is held what is kept back."""
    if pd.isna(row.held) or not row.held:
        return escaped(dash(row.allowed_cents))
    return joined([dash(row.kept_back_cents), Html("<br>"), muted("kept back")])


def dash(cents: int) -> str:
    """Money, a dash for nothing."""
    return wording.money(cents) if cents else "–"

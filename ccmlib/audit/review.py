"""Documentation review: each entry scored against what it must record, with the reasons in words.

The score is a hint that orders a reviewer's reading. Words are matched, not understood, so nothing here is a finding:
a reviewer reads the entry and writes the finding into the worksheet (``record``).
"""

from __future__ import annotations

import pandas as pd

from ..facts import MonthFacts
from ..panel import DAY, instants
from ..rulebook import Rules
from .criteria import criteria, criterion, policy
from .fields import FILE, required_fields, vague
from .logged import logged
from .similar import others
from .text import mentions, plain
from .ties import condition_tie, goal_tie

IDENTITY = ["entry_id", "patient_id", "program", "staff_id", "activity"]


def review_entries(facts: MonthFacts, rules: Rules, earlier: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row an entry that touches the month, of any program, in order of entry_id.

    `earlier`: time entries of earlier months, in which the same notes are looked for too.

    Columns: IDENTITY; one a check, true or false, absent where it is not asked (phone-call contents are asked of
    live contacts alone): the required fields, the contents, `clear` (not vague), `own_words` (not cloned),
    `rationale`, `condition`, `goal`; `same_text` (other patient-days with the same note or nearly); `condition_word`
    and `goal_word` (what was matched); `passed`, `asked`, `percent` (whole); `reasons` (sentences for what failed).
    """
    rows = logged(facts, rules)
    same, ties = _same_text(rows, rules, earlier), {
        "condition_word": condition_tie(rows, facts, rules), "goal_word": goal_tie(rows, facts, rules)
    }  # fmt: skip
    checks = pd.concat(
        [required_fields(rows, rules), _contents(rows, rules), _wording(rows, same, ties, rules)], axis=1
    )
    checks = checks.astype("boolean")
    passed, asked = checks.sum(axis=1), checks.notna().sum(axis=1)
    return pd.concat([rows[IDENTITY], checks], axis=1).assign(
        same_text=same, **ties, passed=passed, asked=asked, percent=passed * 100 // asked.clip(lower=1),
        reasons=_reasons(checks, same, rules),
    ).reset_index(drop=True)  # fmt: skip


def review_units(scores: pd.DataFrame) -> pd.DataFrame:
    """`scores` by patient and program: entries, lowest percent, and the entries with their reasons, weakest first.

    What a reviewer has beside each unit of the worksheet; columns patient_id, program, entries, percent, look_at.
    """
    told = scores.entry_id + " (" + scores.percent.astype(str) + "%): " + scores.reasons.replace("", "nothing missing")
    weakest = scores.assign(told=told).sort_values(["percent", "entry_id"])
    found = weakest.groupby(["patient_id", "program"]).agg(
        entries=("entry_id", "size"), percent=("percent", "min"), look_at=("told", "\n".join)
    )
    return found.reset_index()


def _same_text(rows: pd.DataFrame, rules: Rules, earlier: pd.DataFrame | None) -> pd.Series:
    """Vague notes are left out: they are told as vague."""
    past = pd.DataFrame(columns=["note", "patient_id", "day"])
    if earlier is not None:
        known = earlier[~earlier.entry_id.isin(rows.entry_id)]
        past = known[["note", "patient_id"]].assign(day=instants(known.started_at) // DAY)
    every = pd.concat([rows[["note", "patient_id", "day"]], past])
    notes = every.note.where(~vague(every.note, rules))
    same = others(notes, every.patient_id, every.day, policy(FILE, "alike_percent", rules.month))
    return same.iloc[: len(rows)].set_axis(rows.index)


def _contents(rows: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """The phone-call contents (requirements A5.3), asked of live contacts."""
    text = plain(rows.note) + plain(rows.outcome)
    found = {
        row["name"]: mentions(text, row["words"]) | rows.activity.isin(row["activities"])
        for row in criteria(FILE, "content", rules.month)
    }
    return pd.DataFrame(found).astype("boolean").where(rows.live_contact)


def _wording(rows: pd.DataFrame, same: pd.Series, ties: dict[str, pd.Series], rules: Rules) -> pd.DataFrame:
    clear = ~vague(rows.note, rules)
    tied = {name: ties[f"{name}_word"] != "" for name in ("condition", "goal")}
    because = mentions(plain(rows.note), criterion(FILE, "rationale", "rationale", rules.month)["words"])
    return pd.DataFrame({
        "clear": clear, "own_words": same < policy(FILE, "cloned_from", rules.month),
        "rationale": clear & (because | tied["condition"] | tied["goal"]), **tied,
    })  # fmt: skip


def _reasons(checks: pd.DataFrame, same: pd.Series, rules: Rules) -> pd.Series:
    """The sentences of the checks that failed, one blank between."""
    said = _sentences(rules)
    told = [
        " ".join(said[name].format(same=count) for name in checks if failed[name])
        for failed, count in zip((~checks).fillna(False).to_dict("records"), same, strict=True)
    ]
    return pd.Series(told, checks.index, dtype="str")


def _sentences(rules: Rules) -> dict[str, str]:
    named = [row for kind in ("field", "content", "tie") for row in criteria(FILE, kind, rules.month)]
    single = {"clear": "vague", "own_words": "cloned", "rationale": "rationale"}
    return {row["name"]: row["says"] for row in named} | {
        check: criterion(FILE, kind, kind, rules.month)["says"] for check, kind in single.items()
    }

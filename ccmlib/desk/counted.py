"""What a patient's month has counted, what of an entry counts and why not the rest, and the way to the next unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .. import wording
from ..attestation import attested
from ..close import MonthClose
from ..coding import Option, allowed_cents
from ..minutes import COUNTED, FATES
from ..panel import NEVER
from ..program_close import ProgramClose
from ..requirement import HOLD
from ..rulebook import Code
from .one_patient import row_of


@dataclass(frozen=True)
class Step:
    """The next unit a patient's month can reach: its code, the seconds that make it, and how many are short."""

    code: Code
    goal: int
    short: int


@dataclass(frozen=True)
class Counted:
    """A patient's month in one program: seconds counted, and the next step (None where nothing more can be reached)."""

    seconds: int
    step: Step | None


@dataclass(frozen=True)
class Fates:
    """Seconds of some entries within the month: `counted`, and those that do not count by reason."""

    counted: int
    held: dict[str, int]

    @property
    def logged(self) -> int:
        """All of them."""
        return self.counted + sum(self.held.values())


def counted_month(close: MonthClose, patient_id: str) -> Counted:
    """The patient's counted seconds of the month, and the nearest next unit, in the first program that is billed."""
    program, row = close.programs[0], row_of(close, patient_id)
    goal, short, number = next_units(program)
    seconds = int(program.timelines["pool"].total[row])
    if short[row] == NEVER:
        return Counted(seconds, None)
    option = program.options[number[row]]
    code = option.family.add_on if option.reached[row] else option.family.base
    return Counted(seconds, Step(code, int(goal[row]), int(short[row])))


def next_units(program: ProgramClose) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per patient the seconds that make the nearest next unit, how many are short, and the number of its option.

    NEVER where no further unit would bring anything. Of two equally near the family listed first is taken.
    """
    goals = np.array([_goal(program, option) for option in program.options])
    totals = np.array([program.timelines[option.family.clock].total for option in program.options])
    shorts = np.where(goals == NEVER, NEVER, goals - totals)
    worth = np.array([_worth(program, option, short) for option, short in zip(program.options, shorts, strict=True)])
    shorts = np.where(worth, shorts, NEVER)
    number, patients = np.argmin(shorts, axis=0), np.arange(shorts.shape[1])
    return goals[number, patients], shorts[number, patients], number


def _worth(program: ProgramClose, option: Option, short: np.ndarray) -> np.ndarray:
    """Which patients' months would be allowed more with these seconds of the option's clock added."""
    found = np.zeros(len(short), bool)
    patient = np.flatnonzero(short != NEVER)
    pool, own = (program.timelines[name].total[patient] for name in ("pool", "practitioner"))
    more = short[patient]
    then = own + more * (option.family.clock == "practitioner")
    now, after = (
        allowed_cents(program.question, program.options, patient, *seconds)
        for seconds in ((pool, own), (pool + more, then))
    )
    found[patient] = after > now
    return found


def fates_of(close: MonthClose, entry_ids: Iterable[str]) -> Fates:
    """What became of the seconds that these entries have in the month, in the programs that are billed."""
    ids, seconds = set(entry_ids), np.zeros(len(FATES), np.int64)
    for program in close.programs:
        names = close.panel.facts.time_entries.entry_id.to_numpy()[program.entries.row.to_numpy()]
        some = program.pieces.take(np.isin(program.pieces.entry, np.flatnonzero(np.isin(names, list(ids)))))
        seconds += np.bincount(some.fate, weights=some.seconds, minlength=len(FATES)).astype(np.int64)
    return Fates(int(seconds[COUNTED]), {FATES[n]: int(seconds[n]) for n in np.flatnonzero(seconds) if n != COUNTED})


def blocking(close: MonthClose, patient_id: str) -> list[dict]:
    """The rows of the rules' reasons that hold the patient besides too little time, first the one to mend first."""
    program, row = close.programs[0], row_of(close, patient_id)
    reasons = close.rules.by_name("reasons")
    return [
        reasons[each.reason] for requirement in program.requirements for each in requirement.unmet
        if each.severity == HOLD and each.patients[row] and each.reason != "below_threshold"
    ]  # fmt: skip


def entry_words(close: MonthClose, fates: Fates) -> list[str]:
    """What of an entry counts and why not the rest, in sentences."""
    reasons = close.rules.by_name("reasons")
    month = f"{close.panel.month.first:%B}"
    if not fates.logged:
        return [f"None of it lies in a program that is billed by time in {month}, so it counts to no threshold."]
    parts = [f"{wording.clock(fates.counted)} of {wording.clock(fates.logged)} count in {month}."]
    return parts + [
        f"{wording.clock(seconds)} do not count: {reasons[name]['says']} {reasons[name]['mend']}"
        for name, seconds in fates.held.items()
    ]


def month_words(counted: Counted) -> str:
    """The month so far and the way to the next unit."""
    so_far = f"{wording.clock(counted.seconds)} counted this month"
    if counted.step is None:
        return f"{so_far}; no further unit can be reached."
    return f"{so_far}, {wording.spoken(counted.step.short)} short of {wording.clock(counted.step.goal)}."


def _goal(program: ProgramClose, option: Option) -> np.ndarray:
    """Seconds of the family's next unit per patient; NEVER where it has none, or is not attested."""
    family, base, add_on = option.family, option.family.base, option.family.add_on
    further = np.full(len(option.units), NEVER)
    if add_on:
        open_ = option.units < (np.inf if add_on.cap is None else add_on.cap)
        further = np.where(open_, base.seconds + (option.units + 1) * add_on.seconds, NEVER)
    goal = np.where(option.reached, further, base.seconds)
    if not family.attestation:
        return goal
    return np.where(attested(program.question, family.attestation, family.levels), goal, NEVER)

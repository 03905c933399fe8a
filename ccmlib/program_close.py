"""One program's month: requirements -> minutes -> coding -> conflicts -> fees -> holds, on whole arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from .claim_line import chosen_lines, claim_lines, priced
from .claim_review import claim_reviews
from .coding import Option, choose, option
from .conflicts import line_requirement
from .eligibility import judge
from .facts import PROGRAMS
from .hold import blocked_by, fate_rows, hold_frame, patient_rows, rest_rows, review_rows, unmet_of
from .minutes import CLOCKS, COUNTED, PRACTITIONER, pieces_of
from .pieces import Pieces
from .requirement import HOLD, Question, Requirement, Unmet
from .review import entry_reviews
from .timeline import Timeline


@dataclass(frozen=True)
class ProgramClose:
    """The decision for one program; arrays have one value per patient, in the panel's order.

    `with_time`: has an entry in the month. `blocked`: held. `chosen`: number of the option taken, -1 when
    none is reached. `lines`: what each patient would bill, held or not. `hold_rows`: patient, reason,
    severity, seconds. `used`: seconds billed per patient and clock. `pieces`: every stretch of every entry.
    `signs`: review reasons, each with the rows of `entries` that show it.
    """

    question: Question
    requirements: list[Requirement]
    entries: pd.DataFrame
    pieces: Pieces
    timelines: dict[str, Timeline]
    options: list[Option]
    chosen: np.ndarray
    lines: pd.DataFrame
    with_time: np.ndarray
    blocked: np.ndarray
    hold_rows: pd.DataFrame
    used: np.ndarray
    signs: dict[str, np.ndarray]

    @cached_property
    def claim_lines(self) -> pd.DataFrame:
        """The lines that are billed: the contract's columns, and patient."""
        ready = self.lines[~self.blocked[self.lines.patient]]
        return claim_lines(ready, self.evidence("diagnosis_codes"), self.question)

    def evidence(self, column: str) -> np.ndarray:
        """An evidence column of whichever requirement has it."""
        return next(each.evidence[column] for each in self.requirements if column in each.evidence)

    @cached_property
    def patient_of_piece(self) -> np.ndarray:
        """The patient of each piece."""
        return self.entries.patient.to_numpy()[self.pieces.entry]

    @cached_property
    def seconds(self) -> pd.DataFrame:
        """patient, clock, logged, claimed, held: a row per clock on which time was logged."""
        size, clock = self.question.panel.size, self.entries.clock.to_numpy()[self.pieces.entry]
        cell = self.patient_of_piece * len(CLOCKS) + clock
        logged = np.bincount(cell, weights=self.pieces.seconds, minlength=size * len(CLOCKS)).astype(np.int64)
        rows = np.flatnonzero(logged)
        claimed = self.used.ravel()[rows]
        return pd.DataFrame({
            "patient": rows // len(CLOCKS), "clock": np.array(CLOCKS, object)[rows % len(CLOCKS)],
            "logged": logged[rows], "claimed": claimed, "held": logged[rows] - claimed,
        })  # fmt: skip


def close_program(question: Question, entries: pd.DataFrame) -> ProgramClose:
    """Decide one program for every patient with an entry of that program among `entries`."""
    panel, number, patient = question.panel, PROGRAMS.index(question.program), entries.patient.to_numpy()
    requirements = judge(question)
    windows = pd.concat([each.windows for each in requirements if each.windows is not None])
    pieces = pieces_of(entries, number, windows, panel)
    timelines = timelines_of(pieces, entries, question)
    counted = timelines["pool"].total
    options = options_of(question, timelines)
    chosen = choose(options, question)
    lines = priced(chosen_lines(options, chosen), question)
    requirements += [line_requirement(question, lines), enough_time(options, chosen, counted)]
    with_time = panel.has(patient[entries.program == number])
    unmet = unmet_of(requirements, with_time)
    blocked = blocked_by(unmet, panel.size)
    ready = with_time & ~blocked
    billed = _counted_by_entry(pieces, patient, ready)
    signs = entry_reviews(entries, billed, question)
    rows = [
        *patient_rows(unmet, counted),
        *fate_rows(pieces, patient[pieces.entry], panel.size),
        *rest_rows(options, chosen, ready, counted),
        *review_rows(signs, patient, billed, panel.size),
        *claim_reviews(question, options, chosen, ready, lines, counted),
    ]
    used = used_seconds(timelines, options, np.where(ready, chosen, -1))
    return ProgramClose(
        question, requirements, entries, pieces, timelines, options, chosen, lines, with_time, blocked,
        hold_frame(rows, list(question.rules.by_name("reasons"))), used, signs,
    )  # fmt: skip


def timelines_of(pieces: Pieces, entries: pd.DataFrame, question: Question) -> dict[str, Timeline]:
    """The counted seconds of everybody together, and those of practitioners alone."""
    counted = pieces.take(pieces.fate == COUNTED)
    clock = entries.clock.to_numpy()[counted.entry]
    own = clock == PRACTITIONER
    return {
        "pool": Timeline.of(counted.start, counted.end, clock, question.panel),
        "practitioner": Timeline.of(counted.start[own], counted.end[own], clock[own], question.panel),
    }


def options_of(question: Question, timelines: dict[str, Timeline]) -> list[Option]:
    """What each family of the program in force would bill."""
    families = [family for family in question.rules.families if family.program == question.program]
    return [option(family, timelines[family.clock], question) for family in families]


def enough_time(options: list[Option], chosen: np.ndarray, counted: np.ndarray) -> Requirement:
    """Unmet (`below_threshold`) when no base code is reached. Full minutes are needed, nothing is rounded (T2)."""
    needed = min(option.family.base.seconds for option in options)
    evidence = {"counted_seconds": counted, "needed_seconds": np.full(len(chosen), needed)}
    return Requirement("time", (Unmet("below_threshold", HOLD, chosen < 0),), evidence)


def used_seconds(timelines: dict[str, Timeline], options: list[Option], billed: np.ndarray) -> np.ndarray:
    """Seconds billed per patient and clock: the first ones in time, as many as the units stand for.

    `billed`: number of the option that each patient is billed under, -1 for none.
    """
    used = np.zeros((len(billed), len(CLOCKS)), np.int64)
    for number, each in enumerate(options):
        limit = np.where(billed == number, each.seconds, 0)
        if limit.any():
            used += timelines[each.family.clock].used(limit, len(CLOCKS))
    return used


def _counted_by_entry(pieces: Pieces, patient: np.ndarray, ready: np.ndarray) -> np.ndarray:
    """Counted seconds of each entry of the patients that are billed."""
    kept = (pieces.fate == COUNTED) & ready[patient[pieces.entry]]
    return np.bincount(pieces.entry[kept], weights=pieces.seconds[kept], minlength=len(patient)).astype(np.int64)

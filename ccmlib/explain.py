"""One patient's month in words: each requirement tried, the fate of the time, the codes, the price and its sources."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import wording
from .close import MonthClose
from .coding import Option, payees
from .evidence import describe, local_time
from .minutes import COUNTED, FATE, FATES, Pieces
from .problem import Problem
from .program_close import ProgramClose
from .requirement import HOLD, REVIEW, Requirement
from .sentences import SENTENCES

MET, NOT_MET, LOOK = "✓", "✗", "!"


@dataclass(frozen=True)
class Line:
    """One line of an explanation: a mark, the sentence, its evidence (ids) and the source of its rule."""

    mark: str
    text: str
    evidence: str = ""
    source: str = ""

    def __str__(self):
        small = "  ".join(part for part in (self.evidence, self.source and f"[{self.source}]") if part)
        return f"  {self.mark} {self.text}" + (f"\n      {small}" if small else "")


@dataclass(frozen=True)
class Explanation:
    """A patient's month: the outcome in one sentence, then the lines behind it by section."""

    patient_id: str
    month: str
    outcome: str
    sections: dict[str, list[Line]]

    def __str__(self):
        parts = [f"{self.patient_id}, {self.month}: {self.outcome}"]
        for title, lines in self.sections.items():
            parts += ["", title, *map(str, lines)]
        return "\n".join(parts)


def explain(close: MonthClose, patient_id: str) -> list[Explanation]:
    """Why `patient_id` is billed or not, one explanation a program; an unknown patient is a Problem."""
    rows = np.flatnonzero(close.panel.patients.patient_id == patient_id)
    if not len(rows):
        raise Problem(
            f"No patient {patient_id!r} is known in {close.panel.month}; check the id, or import the patient."
        )
    return [_explained(program, int(rows[0])) for program in close.programs]


def _explained(program: ProgramClose, patient: int) -> Explanation:
    question = program.question
    sections = {
        "What the program asks": [line for each in program.requirements for line in _asked(each, program, patient)],
        "Time": _balance(program, patient) + _time(program, patient),
        "Ways to bill": [_way(program, number, option, patient) for number, option in enumerate(program.options)],
        "Price": _price(program, patient),
        "To look at": _looks(program, patient),
    }
    name = question.panel.patients.patient_id.iloc[patient]
    outcome = _outcome(program, patient)
    return Explanation(
        name, str(question.panel.month), outcome, {title: lines for title, lines in sections.items() if lines}
    )


def _outcome(program: ProgramClose, patient: int) -> str:
    lines = _lines(program, patient)
    codes = wording.listed([f"{line.hcpcs_code} ×{line.units}" for line in lines.itertuples()])
    amount = wording.money(lines.allowed_cents.sum())
    if not program.with_time[patient]:
        return f"no {program.question.program.upper()} time is logged in the month, so nothing is billed."
    if not program.blocked[patient]:
        return f"bills {codes}, {amount} allowed."
    why = " ".join(
        line.text for each in program.requirements for line in _asked(each, program, patient) if line.mark == NOT_MET
    )
    return f"not billed. {why}" + (f" Mended, it would bill {codes}, {amount}." if len(lines) else "")


def _lines(program: ProgramClose, patient: int):
    """The patient's lines, the base code first."""
    lines, codes = program.lines[program.lines.patient == patient], program.question.rules.codes
    return lines.iloc[lines.hcpcs_code.map(lambda code: bool(codes[code].add_on_to)).argsort(kind="stable")]


def _asked(requirement: Requirement, program: ProgramClose, patient: int) -> list[Line]:
    """The requirement's sentence; where it fails, also what would mend it and who can."""
    question = program.question
    failed = [unmet for unmet in requirement.unmet if unmet.patients[patient]]
    facts = {name: values[patient] for name, values in requirement.evidence.items()}
    text = SENTENCES[requirement.name](facts, failed, question, patient)
    if not text:
        return []
    mark = NOT_MET if any(unmet.severity == HOLD for unmet in failed) else LOOK if failed else MET
    evidence = describe(requirement.evidence, patient, question.panel)
    return [Line(mark, text, evidence, _source(question, requirement.name))] + [
        _mend(question, each.reason) for each in failed
    ]


def _source(question, requirement: str) -> str:
    rows = question.rules.rows("requirements", program=question.program, name=requirement)
    return f"{rows[0]['source']}, {rows[0]['trust']}" if rows else ""


def _mend(question, reason: str) -> Line:
    row = question.rules.by_name("reasons")[reason]
    return Line("→", f"{row['mend']} ({row['who']})")


def _balance(program: ProgramClose, patient: int) -> list[Line]:
    """Seconds logged = billed + held by reason."""
    rows = program.seconds[program.seconds.patient == patient]
    if rows.empty:
        return []
    holds = program.hold_rows[(program.hold_rows.patient == patient) & (program.hold_rows.severity == HOLD)]
    parts = [f"{wording.clock(row.seconds)} {wording.words(row.reason)}" for row in holds.itertuples() if row.seconds]
    held = f" + {wording.clock(rows.held.sum())} held ({', '.join(parts)})" if parts else ""
    return [Line("=", f"{wording.clock(rows.logged.sum())} logged = {wording.clock(rows.claimed.sum())} billed{held}")]


def _looks(program: ProgramClose, patient: int) -> list[Line]:
    """What is billed all the same and a person should look at, with what would mend it."""
    rows = program.hold_rows[(program.hold_rows.patient == patient) & (program.hold_rows.severity == REVIEW)]
    reasons = program.question.rules.by_name("reasons")
    return [
        Line(LOOK, f"{reasons[name]['says']} {reasons[name]['mend']}", source=reasons[name]["source"])
        for name in rows.reason
    ]


def _time(program: ProgramClose, patient: int) -> list[Line]:
    """Every entry of the program in the month with the fate of its seconds."""
    rows = np.flatnonzero(program.patient_of_piece == patient)
    pieces, panel, log = program.pieces.take(rows), program.question.panel, program.question.panel.facts.time_entries
    lines = []
    for entry in np.unique(pieces.entry):
        facts, some = program.entries.iloc[entry], pieces.take(pieces.entry == entry)
        name = log.entry_id.iloc[facts.row]
        begin, end = (local_time(second, patient, panel) for second in (facts.start, facts.end))
        who = f"{log.staff_id.iloc[facts.row]}, {wording.words(log.activity.iloc[facts.row])}"
        text = f"{wording.moment(begin)}–{end:%H:%M} {who}: {_fates(some)}{_rivals(some, facts, program)}"
        lines.append(Line(MET if (some.fate == COUNTED).all() else NOT_MET, text, f"entry_id={name}"))
    return lines


def _rivals(pieces: Pieces, facts, program: ProgramClose) -> str:
    """The entries that share this one's held seconds: of its staff member elsewhere, or under another program."""
    clashing = np.isin(pieces.fate, [FATE["staff_double_booked"], FATE["other_program"]])
    if not clashing.any():
        return ""
    entries, panel = program.entries, program.question.panel
    same = (entries.staff == facts.staff) | (entries.patient == facts.patient)
    other = (entries.patient != facts.patient) | (entries.program != facts.program)
    rows = entries[same & other & (entries.start < facts.end) & (entries.end > facts.start)]
    names = panel.facts.time_entries.entry_id.to_numpy()[rows.row]
    patients = panel.patients.patient_id.to_numpy()[rows.patient]
    return "; overlaps " + wording.listed([f"{name} of {whose}" for name, whose in zip(names, patients, strict=True)])


def _fates(pieces: Pieces) -> str:
    seconds = np.bincount(pieces.fate, weights=pieces.seconds, minlength=len(FATES)).astype(int)
    present = np.unique(pieces.fate)
    return ", ".join(f"{wording.clock(seconds[fate])} {wording.words(FATES[fate])}" for fate in present)


def _way(program: ProgramClose, number: int, option: Option, patient: int) -> Line:
    """What one family would bill, or what it lacks."""
    family, total = option.family, program.timelines[option.family.clock].total[patient]
    if option.reached[patient]:
        add_on = f" and {family.add_on.code} ×{option.units[patient]}" if option.units[patient] else ""
        text = f"{family.base.code} ×1{add_on}: {wording.money(option.cents[patient])}"
        taken = program.chosen[patient] == number
        return Line(MET if taken else " ", text + (", taken" if taken else ", not taken"), source=_cited(family.base))
    short = family.base.seconds - total
    lack = (
        f"{wording.spoken(short)} short of {wording.clock(family.base.seconds)}"
        if short > 0
        else "no attestation for the month"
    )
    return Line(NOT_MET, f"{family.base.code}: {lack}", source=_cited(family.base))


def _cited(code) -> str:
    return f"{code.source}, {code.trust}"


def _price(program: ProgramClose, patient: int) -> list[Line]:
    """How each line's amount comes about, with the rows it was computed from."""
    question = program.question
    who = question.once(payees).of(patient)
    lines = _lines(program, patient)
    return [Line(" ", _line_price(line, who), source=_rates(line, who, question)) for line in lines.itertuples()]


def _line_price(line, who) -> str:
    share = f", {who.paid_percent}% for this practitioner" if who.paid_percent != 100 else ""
    place = "facility" if who.facility else "non-facility"
    where = who.locality or "national"
    return (
        f"{line.hcpcs_code} on {wording.day(line.service_day)}, {place}, {where}{share}: {line.units} × "
        f"{wording.money(line.unit_cents)} = {wording.money(line.allowed_cents)}; "
        f"patient {wording.money(line.coinsurance_cents)}, "
        f"Medicare {wording.money(line.medicare_cents)} before sequestration"
    )


def _rates(line, who, question) -> str:
    rows = question.rules.rows("relative_values", code=line.hcpcs_code)
    wanted = ("any", str(bool(who.qualifying_apm)).lower())
    factors = [row for row in question.rules.tables["conversion_factors"] if row["qualifying_apm"] in wanted]
    return ", ".join(sorted({row["source"] for row in rows + factors}))

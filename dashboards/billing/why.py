"""Why one patient is billed or not: outcome, what would mend it, the entries on the month, then every requirement."""

from __future__ import annotations

from ccmlib import wording
from ccmlib.explain import LOOK, MET, NOT_MET, Explanation, Line, explain
from ccmlib.program_close import ProgramClose
from ccmlib.reports.chip import chip, reason_words
from ccmlib.reports.markup import Html, element, escaped, joined, muted
from ccmlib.requirement import HOLD

from .cells import reason_words_of
from .decided import Decided
from .people import small_print
from .timeline import timeline

#: Class and spoken word of each mark.
MARKS = {MET: ("y", "met"), NOT_MET: ("x", "not met"), LOOK: ("l", "to look at"), "→": ("m", "what to do")}


def why(decided: Decided, patient_id: str) -> Html:
    """The panel about a patient, a part for each program. Raises Problem for a patient the month does not know."""
    explanations = explain(decided.close, patient_id)
    patient = decided.number_of[patient_id]
    parts = [_program(decided, number, patient, each) for number, each in enumerate(explanations)]
    return element("div", [muted(small_print(decided, patient)), *parts], "detail")


def _program(decided: Decided, number: int, patient: int, explanation: Explanation) -> Html:
    program = decided.close.programs[number]
    parts = [element("h3", _headline(decided, number, patient))]
    if program.with_time[patient]:
        parts += [_fix(decided, number, patient), timeline(program, patient)]
    parts += [_section(title, lines) for title, lines in explanation.sections.items()]
    return joined(parts)


def _headline(decided: Decided, number: int, patient: int) -> Html:
    program = decided.close.programs[number]
    codes = decided.codes.get((patient, number), "")
    cents = int(program.lines.allowed_cents[program.lines.patient == patient].sum())
    if not program.with_time[patient]:
        return escaped(f"No {program.question.program.upper()} time is logged in this month")
    if not codes:
        return escaped(f"Nothing to bill yet: {wording.clock(program.timelines['pool'].total[patient])} counted")
    verb = "Would bill" if program.blocked[patient] else "Bills"
    return escaped(f"{verb} {codes} · {wording.money(cents)}")


def _fix(decided: Decided, number: int, patient: int) -> Html:
    """What holds the patient, in the order of the money, with what would mend each."""
    program = decided.close.programs[number]
    if not program.blocked[patient]:
        return element("p", [chip("ready", "ready to bill"), " Nothing holds this patient."])
    blocking = blocking_reasons(program, patient)
    rows = decided.rows_of(patient, number, HOLD)
    rows = rows[rows.reason.isin(blocking)]
    parts = [_held(row, decided) for row in rows.itertuples()]
    only = element("p", "Nothing else is open.") if len(parts) == 1 else ""
    return element("div", [*parts, only], "fix")


def _held(row, decided: Decided) -> Html:
    _, says, mend = reason_words_of(row, decided)
    cost = f" It keeps back {wording.money(row.kept_back_cents)}." if row.kept_back_cents else ""
    return element("p", [element("b", f"Held: {reason_words(row.reason)}."), f" {says}{cost} ", mend])


def blocking_reasons(program: ProgramClose, patient: int) -> set[str]:
    """The reasons that hold the patient, without those that only hold some seconds."""
    return {
        each.reason
        for requirement in program.requirements
        for each in requirement.unmet
        if each.severity == HOLD and each.patients[patient]
    }


def _section(title: str, lines: list[Line]) -> Html:
    return joined([element("h4", title), element("ul", joined(map(_line, lines)), "trail")])


def _line(line: Line) -> Html:
    kind, spoken = MARKS.get(line.mark, ("", ""))
    mark = [element("span", line.mark, aria_hidden="true"), element("span", f"{spoken}: ", "unseen") if spoken else ""]
    small = " · ".join(part for part in (_ids(line.evidence), line.source) if part)
    text = [line.text, " ", element("span", small, "muted small")] if small else line.text
    return element("li", [element("span", mark, f"mark {kind}".strip()), element("span", text)])


def _ids(evidence: str) -> str:
    """The ids among ``name=value`` pairs; the sentence says the rest."""
    pairs = (part.partition("=") for part in evidence.split(" "))
    return ", ".join(value for name, _, value in pairs if name.endswith("_id"))

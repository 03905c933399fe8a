"""The sentence that explains each requirement for one patient, in words a nurse would use."""

from __future__ import annotations

from . import wording
from .evidence import local_time
from .panel import NEVER, day_number
from .requirement import Question, Unmet


def _alive(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    if facts["died_at"] == NEVER:
        return "Alive, as far as the record says."
    return (
        f"Died {wording.moment(local_time(facts['died_at'], patient, question.panel))}; time after that does not count."
    )


def _consent(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    if facts["given_at"] == NEVER:
        return f"No consent to {question.program.upper()} before the month's end."
    given = wording.moment(local_time(facts["given_at"], patient, question.panel))
    text = f"Consent of {given} ({facts['method']})"
    missing = [wording.words(name) for name in facts["missing"].split(";") if name]
    text += f" lacks: {wording.listed(missing)}" if missing else ": all four statements recorded"
    if any(unmet.reason == "consent_other_practitioner" for unmet in failed):
        text += "; it names another practitioner"
    if facts["revoked_at"] != NEVER:
        text += f"; withdrawn {wording.moment(local_time(facts['revoked_at'], patient, question.panel))}"
    return text + "."


def _coverage(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    asked = wording.day(facts["day_asked"])
    if facts["advantage"]:
        return f"A Medicare Advantage plan covers the patient on {asked}."
    return f"Medicare Part B on {asked}." if facts["part_b"] else f"No Medicare Part B on {asked}."


def _enrolled_elsewhere(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    if not failed:
        return "No other practitioner bills care management this month."
    if facts["other_code"]:
        return f"{facts['other_code']} of {wording.day(facts['other_day'])} was billed by another practitioner."
    return "Marked as enrolled with another practice."


def _conditions(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    codes = facts["diagnosis_codes"].replace(";", ", ") or "none coded"
    return (
        f"{wording.times(facts['groups'], 'chronic condition')} under {wording.times(facts['codes'], 'code')}: {codes}."
    )


def _initiating_visit(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    if facts["start_day"] == NEVER:
        return ""
    start = wording.day(facts["start_day"])
    if facts["visit_day"] == NEVER:
        return f"No qualifying visit before the consent of {start}."
    gap = facts["start_day"] - facts["visit_day"]
    before = f"{wording.times(gap, 'day')} before" if gap else "the day of"
    return f"Last qualifying visit {wording.day(facts['visit_day'])}, {before} the consent of {start}."


def _care_plan(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    if not facts["care_plan_id"]:
        return "No care plan."
    text = f"Care plan {facts['care_plan_id']}, version {facts['version']:.0f}"
    if facts["reviewed_day"] == NEVER:
        return text + ": not active and approved before the month's end."
    ago = day_number(question.panel.month.last) - facts["reviewed_day"]
    return text + f", approved; last reviewed {wording.times(ago, 'day')} before the month's end."


def _stays(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    if failed:
        return "In a hospital or Part A nursing stay for the whole month."
    days = wording.hours(facts["stay_seconds"])
    if not facts["stay_seconds"]:
        return "No hospital or Part A nursing stay in the month."
    return f"{days} hours of the month in a stay; contacts in it do not count."


def _conflict(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    if not failed:
        return "Nothing else billed this month shuts it out."
    return f"{facts['other_code']} of {wording.day(facts['other_day'])} is not paid beside it."


def _same_date(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    return _conflict(facts, failed, question, patient) if failed else ""


def _risk(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    return "No practitioner has recorded the risk." if failed else "Risk attested by a practitioner."


def _time(facts: dict, failed: list[Unmet], question: Question, patient: int) -> str:
    counted, needed = facts["counted_seconds"], facts["needed_seconds"]
    if failed:
        return f"{wording.clock(counted)} counted, {wording.spoken(needed - counted)} short of {wording.clock(needed)}."
    return f"{wording.clock(counted)} counted."


#: By the name of the requirement.
SENTENCES = {
    "alive": _alive, "consent": _consent, "coverage": _coverage, "enrolled_elsewhere": _enrolled_elsewhere,
    "conditions": _conditions, "initiating_visit": _initiating_visit, "care_plan": _care_plan, "stays": _stays,
    "conflicts": _conflict, "same_date": _same_date, "risk": _risk, "time": _time,
}  # fmt: skip

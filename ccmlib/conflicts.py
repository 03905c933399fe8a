"""What shuts out what: by date of service, by practitioner and month, by patient and month (rulebook section 2).

The rows are data (``exclusions.csv``): three scopes that are never mixed, an outcome for a service billed by
the same practitioner, another for one billed elsewhere.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .requirement import HOLD, REVIEW, Question, Requirement, Unmet
from .panel import NEVER, positions
from .services import month_services

def conflicts(question: Question) -> Requirement:
    """Unmet (`conflict`): a service of the month shuts the program out, whatever code is claimed."""
    return _requirement("conflicts", "conflict", question)


def enrolled_elsewhere(question: Question) -> Requirement:
    """Unmet (`enrolled_elsewhere`): flagged so, or another practitioner billed the program this month."""
    return _requirement("enrolled_elsewhere", "enrolled_elsewhere", question, question.panel.patients.enrolled_elsewhere)


def _requirement(name: str, reason: str, question: Question, flagged: pd.Series | None = None) -> Requirement:
    found = meet(question, [row for row in _rows(question) if not row["code"]])
    found = found[found.reason == reason]
    panel = question.panel
    held = panel.has(found.patient[found.severity == HOLD]) | (flagged.to_numpy() if flagged is not None else False)
    look = panel.has(found.patient[found.severity == REVIEW])
    return Requirement(name, (Unmet(reason, HOLD, held), Unmet(reason, REVIEW, look)), first_evidence(found, question))


def line_requirement(question: Question, lines: pd.DataFrame) -> Requirement:
    """Unmet (`conflict`): a code to be billed meets a service of the same date, or of the month, in a pair that is
    not paid together (hold) or only with a modifier on the other service (review)."""
    found = meet(question, [row for row in _rows(question) if row["code"]])
    claimed = lines[["patient", "hcpcs_code", "service_day"]].rename(columns={"hcpcs_code": "code"})
    found = found.merge(claimed, on=["patient", "code"])
    found = found[(found.scope != "service_date") | (found.service_day == found.other_day)]
    held, look = (question.panel.has(found.patient[found.severity == severity]) for severity in (HOLD, REVIEW))
    unmet = (Unmet("conflict", HOLD, held), Unmet("conflict", REVIEW, look))
    return Requirement("same_date", unmet, first_evidence(found, question))


def meet(question: Question, rows: list[dict]) -> pd.DataFrame:
    """The exclusion rows that a service of the month meets, with their outcome."""
    services = month_services(question.panel)
    table = pd.DataFrame(rows, columns=["code", "other_code", "scope", "outcome", "elsewhere", "reason", "denied", "source"])
    services = services[positions(services.hcpcs_code.astype("str"), table.other_code.drop_duplicates()) >= 0]
    found = services.merge(table, left_on="hcpcs_code", right_on="other_code").drop(columns="hcpcs_code")
    found["severity"] = np.where(found.own, found.outcome, found.elsewhere)
    found["reason"] = np.where(found.own, "conflict", found.reason)
    return found[found.severity != "allow"].rename(columns={"day": "other_day"})


def first_evidence(found: pd.DataFrame, question: Question) -> dict[str, np.ndarray]:
    """The first conflicting service of each patient."""
    size, first = question.panel.size, found.drop_duplicates("patient")
    evidence = {"other_code": np.full(size, "", object), "other_day": np.full(size, NEVER)}
    evidence["other_code"][first.patient], evidence["other_day"][first.patient] = first.other_code, first.other_day
    return evidence


def _rows(question: Question) -> list[dict]:
    return question.rules.rows("exclusions", program=question.program)

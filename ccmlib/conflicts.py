"""What shuts out what: by date of service, by practitioner and month, by patient and month (rulebook section 2).

The rows are data (``exclusions.csv``): three scopes that are never mixed, an outcome for a service billed by
the same practitioner, another for one billed elsewhere.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .panel import NEVER
from .requirement import HOLD, REVIEW, Question, Requirement, Unmet
from .services import month_services

COLUMNS = ["code", "other_code", "scope", "outcome", "elsewhere", "reason"]


def conflicts(question: Question) -> Requirement:
    """Unmet (`conflict`): a service of the month shuts the program out, whatever code is claimed."""
    return _requirement("conflicts", "conflict", question)


def enrolled_elsewhere(question: Question) -> Requirement:
    """Unmet (`enrolled_elsewhere`): flagged so, or another practitioner billed the program this month."""
    flagged = question.panel.patients.enrolled_elsewhere.to_numpy()
    return _requirement("enrolled_elsewhere", "enrolled_elsewhere", question, flagged)


def _requirement(name: str, reason: str, question: Question, flagged: np.ndarray | None = None) -> Requirement:
    found, panel = question.once(meetings), question.panel
    found = found[(found.code == "") & (found.reason == reason)]
    held = panel.has(found.patient[found.severity == HOLD]) | (False if flagged is None else flagged)
    look = panel.has(found.patient[found.severity == REVIEW])
    return Requirement(name, (Unmet(reason, HOLD, held), Unmet(reason, REVIEW, look)), first_evidence(found, question))


def line_requirement(question: Question, lines: pd.DataFrame) -> Requirement:
    """Unmet (`conflict`): a code to be billed meets a service of the same date, or of the month, in a pair that is
    not paid together (hold) or only with a modifier on the other service (review)."""
    found, panel = question.once(meetings), question.panel
    found = found[found.code != ""]
    claimed = lines[panel.has(found.patient)[lines.patient]][["patient", "hcpcs_code", "service_day"]]
    found = found.merge(claimed.rename(columns={"hcpcs_code": "code"}), on=["patient", "code"])
    found = found[(found.scope != "service_date") | (found.service_day == found.other_day)]
    held, look = (panel.has(found.patient[found.severity == severity]) for severity in (HOLD, REVIEW))
    unmet = (Unmet("conflict", HOLD, held), Unmet("conflict", REVIEW, look))
    return Requirement("same_date", unmet, first_evidence(found, question))


def meetings(question: Question) -> pd.DataFrame:
    """The exclusion rows that a service of the month meets, with their outcome, in order of patient and day.

    Columns: patient, other_day, code (of the program, or empty), other_code, scope, reason, severity.
    """
    table = pd.DataFrame(question.rules.rows("exclusions", program=question.program), columns=COLUMNS)
    services = question.panel.once(month_services)
    services = services[services.hcpcs_code.isin(table.other_code)]
    found = services.merge(table, left_on="hcpcs_code", right_on="other_code").rename(columns={"day": "other_day"})
    found["severity"] = np.where(found.own, found.outcome, found.elsewhere)
    found["reason"] = np.where(found.own, "conflict", found.reason)
    return found[found.severity != "allow"].drop(columns=["hcpcs_code", "own", "outcome", "elsewhere"])


def first_evidence(found: pd.DataFrame, question: Question) -> dict[str, np.ndarray]:
    """The first conflicting service of each patient."""
    size, first = question.panel.size, found.drop_duplicates("patient")
    evidence = {"other_code": np.full(size, "", object), "other_day": np.full(size, NEVER)}
    evidence["other_code"][first.patient], evidence["other_day"][first.patient] = first.other_code, first.other_day
    return evidence

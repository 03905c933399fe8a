"""The worked cases of ``cases/*.toml``: a short log and what is unusual about the patient, turned into an extract.

Everything a case does not say is the default context, which moves with the month: a practice in New York
paid at the national rate; ``dr_lee`` bills; ``p1`` has hypertension and diabetes, Part B, a complete consent
three months before the month, a visit eleven days before that, an approved plan and an attested risk. An
entry that names no day lies on a day of its own, so that nothing overlaps by accident.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pandas as pd

from ccmlib.facts import TABLES, typed
from ccmlib.month import Month, zone

FOLDER = Path(__file__).parent / "cases"
PRACTICE_NPI, LEE_NPI, MORENO_NPI, OTHER_NPI = "1245319599", "1234567893", "1003000126", "1679576722"
STATEMENTS = (
    "services_explained", "cost_sharing_explained", "single_practitioner_explained", "right_to_stop_explained",
)  # fmt: skip
NPIS = {"practice": PRACTICE_NPI, "dr_lee": LEE_NPI, "np_moreno": MORENO_NPI, "elsewhere": OTHER_NPI, "": ""}
STAFF = {
    "dr_lee": {"role": "physician", "npi": LEE_NPI},
    "np_moreno": {"role": "nurse_practitioner", "npi": MORENO_NPI},
    "rn": {"role": "registered_nurse"},
    "ma": {"role": "medical_assistant"},
    "admin": {"role": "administrative"},
}
NOTE = "Called the patient, went through the medicines and agreed on the next steps."
REVIEWS = {
    "late_entry", "imputed_time", "heaping", "vague_note", "day_of_visit", "complex_candidate", "mue_exceeded",
    "same_condition", "care_plan_stale", "risk_not_attested",
}  # fmt: skip


def load_cases(folder: Path = FOLDER) -> list[dict]:
    """All cases, in the order of the files."""
    return [case for file in sorted(folder.glob("*.toml")) for case in tomllib.loads(file.read_text("utf-8"))["case"]]


def case_frames(case: dict) -> tuple[dict[str, pd.DataFrame], str]:
    """(frames by table name, without the empty ones; month) of a case."""
    context = Context(case)
    rows = {name: [] for name in TABLES} | context.shared() | context.log()
    for patient_id in ["p1", *case.get("patients", [])]:
        for table, found in context.of_patient(patient_id).items():
            rows[table] = rows[table] + found
    frames = {name: pd.DataFrame(found, columns=TABLES[name].names) for name, found in rows.items() if found}
    return {name: typed(frame, TABLES[name]) for name, frame in frames.items()}, case["month"]


def expected_claims(case: dict) -> list[dict]:
    """The claim lines a case asks for; ``"99439x2"`` is two units of 99439 for p1."""
    return [claim(line) for line in case.get("claims", [])]


def claim(line: str | dict) -> dict:
    if isinstance(line, dict):
        return {"patient_id": "p1", "units": 1} | line
    code, _, units = line.partition("x")
    return {"patient_id": "p1", "hcpcs_code": code, "units": int(units or 1)}


def expected_holds(case: dict) -> list[dict]:
    """The holds a case asks for: a word, or a table that may also give seconds and severity."""
    words = ({"reason": hold} if isinstance(hold, str) else hold for hold in case.get("holds", []))
    return [
        {"patient_id": "p1", "severity": "review" if hold["reason"] in REVIEWS else "hold"} | hold for hold in words
    ]


class Context:
    """The default context of a case, with what the case says otherwise."""

    def __init__(self, case: dict):
        self.case = case
        self.month = Month(case["month"])
        self.practice = {
            "practice_id": "maple", "name": "Maple Street Family Practice", "time_zone": "America/New_York",
            "billing_npi": PRACTICE_NPI, "place_of_service_code": "11", "setting": "office",
        } | case.get("practice", {})  # fmt: skip
        self.consent_day = months_before(self.month.first, 3)
        self.visit_day = self.consent_day - dt.timedelta(days=11)
        self.long_ago = dt.date(self.month.first.year - 3, 1, 1)

    def instant(self, said: object) -> pd.Timestamp:
        """A day (nine in the morning), or an instant, of the practice unless it bears an offset."""
        text = str(said)
        moment = dt.datetime.fromisoformat(text if len(text) > 10 else f"{text}T09:00")
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone(self.practice["time_zone"]))
        return pd.Timestamp(moment.astimezone(dt.UTC))

    def shared(self) -> dict[str, list[dict]]:
        """Practice and staff."""
        changed = self.case.get("staff", {})
        staff = [
            {"staff_id": name, "practice_id": "maple", "name": name} | person | changed.get(name, {})
            for name, person in (STAFF | {name: {} for name in changed if name not in STAFF}).items()
        ]
        return {"practices": [self.practice], "staff": staff}

    def log(self) -> dict[str, list[dict]]:
        """The time entries."""
        return {"time_entries": [self.entry(number, said) for number, said in enumerate(self.case["log"])]}

    def entry(self, number: int, said: dict) -> dict:
        start = self.start(number, said)
        length = said.get("seconds", 60 * said.get("minutes", 0))
        end = self.instant(said["end"]) if "end" in said else start + pd.Timedelta(seconds=length)
        return {
            "entry_id": said.get("entry_id", f"e{number:02}"), "patient_id": said.get("patient", "p1"),
            "staff_id": said.get("staff", "rn"), "program": said.get("program", "ccm"),
            "activity": said.get("activity", "care_coordination"), "started_at": start, "ended_at": end,
            "live_contact": True, "source": said.get("source", "timer"), "note": said.get("note", NOTE),
            "recorded_at": end + pd.Timedelta(seconds=said.get("recorded_after", 0)),
        }  # fmt: skip

    def start(self, number: int, said: dict) -> pd.Timestamp:
        if "start" in said:
            return self.instant(said["start"])
        day = self.month.first.replace(day=said.get("day", 2 + number))
        return self.instant(f"{day}T{said.get('at', '10:00')}")

    def of_patient(self, patient_id: str) -> dict[str, list[dict]]:
        """Every table's rows of one patient. What a case says of its patient concerns p1 alone."""
        said = self.case if patient_id == "p1" else {}
        row = {"patient_id": patient_id, "practice_id": "maple", "billing_staff_id": "dr_lee"} | said.get("patient", {})
        if "died_at" in row:
            row["died_at"] = self.instant(row["died_at"])
        tables = {
            "patients": [row],
            "coverage": self.coverage(said),
            "conditions": self.conditions(said),
            "encounters": self.encounters(said),
            "consents": [self.consent(row, consent) for consent in said.get("consents", [{}])],
            "care_plans": [self.plan(plan) for plan in said.get("plans", [{}])],
            "attestations": self.attestations(said),
            "other_services": self.services(said),
        }
        return {table: [own(table, patient_id, number, row) for number, row in enumerate(rows)]
                for table, rows in tables.items()}  # fmt: skip

    def coverage(self, said: dict) -> list[dict]:
        rows = said.get("coverage", [{}])
        return [{"payer": "medicare_part_b", "member_id": "1", "from_date": self.long_ago} | row for row in rows]

    def conditions(self, said: dict) -> list[dict]:
        words = said.get("conditions", ["I10", "E11.9"])
        return [{"icd10_code": word} if isinstance(word, str) else word for word in words]

    def encounters(self, said: dict) -> list[dict]:
        visits = [{"kind": "visit", "hcpcs_code": "99214", "on": self.visit_day} | visit
                  for visit in said.get("visits", [{}])]  # fmt: skip
        return [self.encounter(row) for row in [*visits, *said.get("stays", [])]]

    def encounter(self, row: dict) -> dict:
        ended = self.instant(row["until"]) if "until" in row else None
        return row | {"billing_npi": NPIS[row.get("by", "")], "started_at": self.instant(row["on"]), "ended_at": ended}

    def consent(self, patient: dict, said: dict) -> dict:
        times = {"given_at": self.instant(said.get("given_at", self.consent_day))}
        if "revoked_at" in said:
            times["revoked_at"] = self.instant(said["revoked_at"])
        told = dict.fromkeys(STATEMENTS, True)
        whom = {"program": "ccm", "staff_id": patient["billing_staff_id"], "method": "verbal"}
        return whom | told | said | times

    def plan(self, said: dict) -> dict:
        plan = {"version": 1, "status": "active", "written_by": "rn", "approved_by": "dr_lee"}
        plan |= {"approved_at": self.consent_day} | said
        if not plan["approved_at"]:
            plan |= {"approved_at": None, "approved_by": None}
        return plan | {name: self.instant(plan[name]) for name in ("approved_at", "reviewed_at") if plan.get(name)}

    def attestations(self, said: dict) -> list[dict]:
        risk, level = said.get("risk", self.consent_day), said.get("mdm")
        by_risk = {"kind": "risk", "staff_id": "dr_lee", "attested_at": risk and self.instant(risk)}
        by_mdm = {"kind": "mdm", "level": level, "service_month": self.month.text, "staff_id": "dr_lee",
                  "attested_at": self.instant(self.month.first)} | said.get("mdm_row", {})  # fmt: skip
        return ([by_risk] if risk else []) + ([by_mdm] if level else [])

    def services(self, said: dict) -> list[dict]:
        return [
            {"hcpcs_code": row["code"], "service_date": row["on"], "billing_npi": NPIS[row["by"]]}
            for row in said.get("services", [])
        ]


def own(table: str, patient_id: str, number: int, row: dict) -> dict:
    """The row with the patient's id, and with an id of its own where the table has one."""
    key = TABLES[table].key
    made = {} if "patient_id" in key or len(key) > 1 else {key[0]: f"{patient_id}-{table}-{number}"}
    return made | row | {"patient_id": patient_id}


def months_before(day: dt.date, count: int) -> dt.date:
    """The same day of the month, `count` months earlier (days up to the 28th)."""
    months = day.year * 12 + day.month - 1 - count
    return day.replace(year=months // 12, month=months % 12 + 1)

"""One random patient: what the requirements ask about, each now and then missing, late or contradictory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from ccmlib.month import Month, a_year_before, midnight

DAY, HOUR = 86400, 3600
STATEMENTS = (
    "services_explained", "cost_sharing_explained", "single_practitioner_explained", "right_to_stop_explained",
)  # fmt: skip
CHRONIC = (
    "I10", "I11.0", "I13.0", "I50.22", "I48.91", "E11.9", "E11.65", "E11.42", "E11.22", "E78.5", "N18.31", "N18.4",
    "J44.9", "J45.909", "F32.9", "F33.1", "M81.0", "M17.0", "G30.9", "I25.10", "E03.9", "G20.A1",
)  # fmt: skip
NOT_CHRONIC = ("J06.9", "Z00.00")
UNKNOWN = ("K99.72", "K99.71")
SNOMED = ("44054006", "38341003", "88805009", "431855005", "87433001", "195967001", "49436004")
INITIATING = ("99214", "99203", "G0439", "99495", "99347", "G0402")
NOT_INITIATING = ("99211", "99283", "99231", "")
ELSEWHERE_NPI = "1679576722"
OTHER_CODES = ("99490", "99487", "99439", "90966", "90960", "G0181", "G0182", "99213", "G0506", "93000")


@dataclass
class Setting:
    """A practice in its month [start, end), its staff, and what the last patients' entries were."""

    practice_id: str
    npi: str
    zone: str
    month: Month
    start: int
    end: int
    staff: list
    odd_seconds: list
    recent: list = field(default_factory=list)

    @property
    def practitioners(self) -> list[str]:
        return [person["staff_id"] for person in self.staff if person.get("npi")]

    @property
    def clinical(self) -> list[str]:
        return [person["staff_id"] for person in self.staff if person["name"].startswith("cs")]

    def npi_of(self, staff_id: str) -> str:
        return next(person["npi"] for person in self.staff if person["staff_id"] == staff_id)

    def second(self, day: dt.date, hour: int = 9) -> int:
        """An hour of a day of the practice (never one that the clocks skip: they skip the third)."""
        return midnight(day, self.zone) + hour * HOUR


def patient_rows(rng: Random, patient_id: str, setting: Setting) -> dict[str, list[dict]]:
    """The patient's rows by table, all but the time entries."""
    trouble = 0.0 if rng.random() < 0.4 else 0.09
    billing = rng.choice(setting.practitioners)
    consent_day = a_day(rng, setting, -300, -40)
    row = {
        "patient_id": patient_id, "practice_id": setting.practice_id, "billing_staff_id": billing,
        "died_at": an_instant(rng, setting, -20) if rng.random() < trouble else None,
        "enrolled_elsewhere": rng.random() < trouble / 2,
    }  # fmt: skip
    tables = {
        "coverage": coverage(rng, setting, trouble),
        "conditions": conditions(rng, setting, trouble),
        "encounters": [*visits(rng, setting, consent_day, trouble), *stays(rng, setting, trouble)],
        "consents": consents(rng, setting, consent_day, billing, trouble),
        "care_plans": care_plans(rng, setting, trouble),
        "attestations": attestations(rng, setting, trouble),
        "other_services": other_services(rng, setting, billing, trouble),
    }
    ids = {"encounters": "encounter_id", "consents": "consent_id", "care_plans": "care_plan_id",
           "attestations": "attestation_id"}  # fmt: skip
    for table, found in tables.items():
        for number, fact in enumerate(found):
            fact["patient_id"] = patient_id
            if table in ids:
                fact[ids[table]] = f"{patient_id}-{table}-{number}"
    return {"patients": [row]} | tables


def a_day(rng: Random, setting: Setting, earliest: int, latest: int) -> dt.date:
    """A day between two counts of days from the month's first."""
    return setting.month.first + dt.timedelta(days=rng.randint(earliest, latest))


def an_instant(rng: Random, setting: Setting, earliest_day: int) -> int:
    """An instant from some day up to a little after the month's end; often the month's very edge."""
    if rng.random() < 0.2:
        return rng.choice([setting.start, setting.end]) + rng.choice([-1, 0, 1])
    return rng.randint(setting.start + earliest_day * DAY, setting.end + DAY)


def coverage(rng: Random, setting: Setting, trouble: float) -> list[dict]:
    """Part B, perhaps ended near the month's end; perhaps Medicare Advantage beside or after it."""
    edge = setting.month.last + dt.timedelta(days=rng.choice([-12, -1, 0, 1]))
    ended = rng.random() < trouble
    rows = [{"payer": "medicare_part_b", "member_id": "1", "from_date": a_day(rng, setting, -900, -400),
             "until_date": edge if ended else None}]  # fmt: skip
    if rng.random() < trouble:
        rows.append({"payer": "medicare_advantage", "member_id": "2", "from_date": edge,
                     "until_date": rng.choice([None, edge])})  # fmt: skip
    if rng.random() < 0.2:
        rows.append({"payer": rng.choice(["medigap", "qmb", "medicaid"]), "member_id": "3",
                     "from_date": a_day(rng, setting, -900, 40)})  # fmt: skip
    return rows[1:] if rng.random() < trouble / 3 else rows


def conditions(rng: Random, setting: Setting, trouble: float) -> list[dict]:
    """Mostly two to five chronic codes; else few, of one disease, ended, not yet begun, uncoded or unknown."""
    codes = rng.sample(CHRONIC, rng.randint(2, 5))
    extra = []
    if rng.random() < 3 * trouble:
        codes = rng.choice([codes[:1], ["E11.65", "E11.42"], ["F32.9"], ["F32.9", "F33.1"], ["I13.0"], ["E11.22"], []])
        extra = rng.choice([[], [{"snomed_code": rng.choice(SNOMED)}], [{"icd10_code": rng.choice(UNKNOWN)}],
                            [{"snomed_code": code} for code in rng.sample(SNOMED, 2)],
                            [{"icd10_code": code} for code in UNKNOWN]])  # fmt: skip
    if rng.random() < 0.3:
        extra = [*extra, {"icd10_code": rng.choice(NOT_CHRONIC)}]
    rows = [{"icd10_code": code} for code in codes] + extra
    return [row | lifetime(rng, setting, trouble) for row in rows]


def lifetime(rng: Random, setting: Setting, trouble: float) -> dict:
    """When a condition began and ended."""
    edge = setting.month.last + dt.timedelta(days=rng.choice([-1, 0, 1]))
    onset = edge if rng.random() < trouble else rng.choice([None, a_day(rng, setting, -900, -30)])
    ended = edge if onset != edge and rng.random() < trouble else None
    return {"onset_date": onset, "abated_date": ended}


def visits(rng: Random, setting: Setting, consent_day: dt.date, trouble: float) -> list[dict]:
    """The visit before the start, near the edge of its year, and perhaps one inside the month."""
    edges = (a_year_before(consent_day), consent_day)
    day = rng.choice(edges) if rng.random() < 0.3 else consent_day - dt.timedelta(days=rng.randint(0, 300))
    if rng.random() < trouble:
        day = edges[0] - dt.timedelta(days=1) if rng.random() < 0.5 else edges[1] + dt.timedelta(days=1)
    code = rng.choice(NOT_INITIATING) if rng.random() < trouble else rng.choice(INITIATING)
    rows = [visit(rng, setting, day, code, trouble)]
    if rng.random() < 0.2:
        rows.append(visit(rng, setting, a_day(rng, setting, 0, 27), rng.choice(["99213", "G0439", ""]), trouble))
    return rows


def visit(rng: Random, setting: Setting, day: dt.date, code: str, trouble: float) -> dict:
    own = rng.choice(["", setting.npi, setting.npi_of(rng.choice(setting.practitioners))])
    return {
        "kind": "visit", "hcpcs_code": code, "started_at": setting.second(day, rng.choice([0, 9, 23])),
        "billing_npi": ELSEWHERE_NPI if rng.random() < trouble else own,
    }  # fmt: skip


def stays(rng: Random, setting: Setting, trouble: float) -> list[dict]:
    """Nothing; a stay; one that goes on; two without a gap that fill the month; or one that shuts nothing."""
    if rng.random() >= 2 * trouble:
        return []
    admitted, middle = an_instant(rng, setting, -10), rng.randint(setting.start, setting.end)
    before, after = setting.start - rng.choice([0, 9000]), setting.end + rng.choice([0, 9000, -1])
    spans = rng.choice([
        [("inpatient", admitted, admitted + rng.randint(1, 9 * DAY))],
        [("inpatient", admitted, None)],
        [("snf_part_a", before, after)],
        [("inpatient", before, middle), ("snf_part_a", middle + rng.choice([0, 0, 1]), after)],
        [("observation", admitted, admitted + 2 * DAY), ("emergency", admitted, None)],
    ])  # fmt: skip
    return [{"kind": kind, "started_at": start, "ended_at": end} for kind, start, end in spans]


def consents(rng: Random, setting: Setting, day: dt.date, billing: str, trouble: float) -> list[dict]:
    """One good consent; else none, late, incomplete, to another, for another program, revoked, given again."""
    good = consent(setting.second(day), billing)
    if rng.random() >= 3 * trouble:
        return [good]
    stopped = good | {"revoked_at": an_instant(rng, setting, -20)}
    again = consent(stopped["revoked_at"] + rng.choice([0, 1, 5 * DAY]), billing)
    other = rng.choice(setting.practitioners)
    untold = {rng.choice(STATEMENTS): False}
    late = good | {"given_at": an_instant(rng, setting, 0)}
    return [dict(row) for row in rng.choice([
        [], [late], [good | untold], [good | untold, late], [good | {"staff_id": other}],
        [good | {"staff_id": other} | untold], [good | {"program": "rpm"}], [stopped], [stopped, again],
        [stopped, late, good | {"staff_id": other}], [stopped | {"staff_id": other}],
    ])]  # fmt: skip


def consent(given_at: int, staff_id: str) -> dict:
    told = dict.fromkeys(STATEMENTS, True)
    return {"program": "ccm", "staff_id": staff_id, "given_at": given_at, "method": "verbal", "revoked_at": None} | told


def care_plans(rng: Random, setting: Setting, trouble: float) -> list[dict]:
    """An approved plan; else a draft, one unapproved, one approved late or by staff, or one long not looked at."""
    edge = a_year_before(setting.month.last)
    good = {"version": 1, "status": "active", "written_by": setting.clinical[0],
            "approved_by": rng.choice([None, *setting.practitioners]),
            "approved_at": setting.second(a_day(rng, setting, -200, -30)), "reviewed_at": None}  # fmt: skip
    old = good | {"approved_at": setting.second(edge - dt.timedelta(days=rng.choice([0, 1, 200])))}
    draft = {"version": 2, "status": "draft", "written_by": setting.clinical[0]}
    if rng.random() >= 2 * trouble:
        return [good, draft] if rng.random() < 0.2 else [good]
    unapproved = good | {"approved_at": None, "approved_by": None}
    return [dict(row) for row in rng.choice([
        [], [draft], [draft | {"approved_at": good["approved_at"]}], [good | {"status": "retired"}], [unapproved],
        [unapproved, good | {"version": 2}], [good | {"approved_by": setting.clinical[0]}],
        [good | {"approved_at": rng.choice([setting.end - 1, setting.end])}], [old],
        [old | {"reviewed_at": setting.second(edge - dt.timedelta(days=rng.choice([-1, 0, 1])))}],
    ])]  # fmt: skip


def attestations(rng: Random, setting: Setting, trouble: float) -> list[dict]:
    """The risk, and now and then a complexity: of this month or the last, by a practitioner or not."""
    before = setting.second(a_day(rng, setting, -200, -30))
    risk = {"kind": "risk", "staff_id": setting.practitioners[0],
            "attested_at": setting.end if rng.random() < trouble else before}  # fmt: skip
    rows = [] if rng.random() < trouble else [risk]
    if rng.random() < 0.35:
        month = setting.month.text if rng.random() < 0.85 else f"{setting.month.first - dt.timedelta(days=1):%Y-%m}"
        by = rng.choice(setting.practitioners) if rng.random() < 0.85 else setting.clinical[0]
        rows.append({"kind": "mdm", "level": rng.choice(["low", "moderate", "high"]), "service_month": month,
                     "staff_id": by, "attested_at": setting.start + 5 * DAY})  # fmt: skip
    return rows


def other_services(rng: Random, setting: Setting, billing: str, trouble: float) -> list[dict]:
    """What was billed beside it in or near the month, by the practitioner, the practice or another."""
    if rng.random() >= 2 * trouble:
        return []
    month = setting.month
    days = [month.first, month.last, month.first - dt.timedelta(days=1), month.last + dt.timedelta(days=1)]
    npis = [setting.npi, setting.npi_of(billing), ELSEWHERE_NPI]
    return [{"hcpcs_code": code, "service_date": rng.choice(days), "billing_npi": rng.choice(npis)}
            for code in rng.sample(OTHER_CODES, rng.randint(1, 2))]  # fmt: skip

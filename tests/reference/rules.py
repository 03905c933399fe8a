"""Every number and list of the family, written down a second time, independently of the product's rule data.

Sources: the CMS physician fee schedule releases 2020 to 2026, the geographic indices of 2025 and 2026,
the NCCI unit edits, the CCW conditions and the AHRQ chronic condition indicator.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

PRACTITIONERS = {
    "physician", "nurse_practitioner", "physician_assistant", "clinical_nurse_specialist", "certified_nurse_midwife",
}  # fmt: skip
PAID_AT_85_PERCENT = {"nurse_practitioner", "physician_assistant", "clinical_nurse_specialist"}
FACILITY_PLACES = {"19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"}

COUNTED_ACTIVITIES = {
    "assessment", "care_planning", "medication_management", "care_coordination", "patient_education", "symptom_check",
    "results_review", "community_resources", "transition_support", "prior_authorization",
}  # fmt: skip
DEBATED_ACTIVITIES = {"prior_authorization"}

LONGEST_ENTRY = 12 * 3600
LATE_AFTER = 7 * 86400
HEAP = 20 * 60
SHORTEST_NOTE = 20  # characters

#: base code, its seconds, the seconds of an add-on, the most add-ons that are claimed
STAFF_BASE, STAFF_SECONDS, STAFF_BLOCK, STAFF_CAP = "99490", 20 * 60, 20 * 60, 2
PRACTITIONER_BASE, PRACTITIONER_SECONDS, PRACTITIONER_BLOCK, PRACTITIONER_CAP = "99491", 30 * 60, 30 * 60, 2
COMPLEX_BASE, COMPLEX_SECONDS, COMPLEX_BLOCK = "99487", 60 * 60, 30 * 60
COMPLEX_ADD_ON, COMPLEX_ADD_ON_EDIT = "99489", 10
COMPLEX_LEVELS = {"moderate", "high"}


def staff_add_on(year: int) -> str:
    """The add-on of the clinical staff's base code: it changed its number after its first year."""
    return "G2058" if year == 2020 else "99439"


def practitioner_add_on(year: int) -> str | None:
    """The add-on of the practitioner's base code, which had none before 2022."""
    return "99437" if year >= 2022 else None


#: Codes that say another CCM month was billed. G0506 is not among them: it belongs to the visit.
CCM_CODES = {"99490", "G2058", "99439", "99491", "99437", "99487", "99489"}

#: Shut out in the month of the same practitioner; of another one they need a look.
ESRD_CODES = {str(code) for code in range(90951, 90971)}
OVERSIGHT_CODES = {"G0181", "G0182"}
ADVANCED_PRIMARY_CARE_CODES = {"G0556", "G0557", "G0558"}
#: Shut out of the same practitioner only; another practitioner may furnish them.
PRINCIPAL_CARE_CODES = {"G2064", "G2065", "99424", "99425", "99426", "99427"}
CONFLICTS_REVIEWED = ESRD_CODES | OVERSIGHT_CODES | ADVANCED_PRIMARY_CARE_CODES
CONFLICTS_HELD = CONFLICTS_REVIEWED | PRINCIPAL_CARE_CODES | CCM_CODES

INITIATING_VISITS = (
    {"99202", "99203", "99204", "99205", "99212", "99213", "99214", "99215"}
    | {str(code) for code in range(99341, 99351)}
    | {"G0402", "G0438", "G0439", "99495", "99496"}
)

#: Chronic ICD-10-CM codes by disease group; CCW's overlapping conditions collapsed.
DISEASE_GROUPS = {
    "I10": "hypertension", "I110": "hypertension", "I130": "hypertension", "I5022": "heart failure",
    "I4891": "atrial fibrillation", "I2510": "ischemic heart disease", "E119": "diabetes", "E1165": "diabetes",
    "E1142": "diabetes", "E1122": "diabetes", "E785": "hyperlipidemia", "N1831": "kidney disease",
    "N184": "kidney disease", "J449": "copd", "J45909": "asthma", "F329": "depression", "F331": "depression",
    "F32A": "depression", "M810": "osteoporosis", "M170": "arthritis", "G309": "dementia", "G20A1": "parkinson",
    "E039": "hypothyroidism",
}  # fmt: skip
NOT_CHRONIC = {"J069", "Z0000", "R51", "R519", "S93401A"}

#: SNOMED codes that show a chronic disease, though no claim can carry them.
SNOMED_GROUPS = {
    "38341003": "hypertension", "59621000": "hypertension", "44054006": "diabetes", "127013003": "diabetes",
    "431855005": "kidney disease", "433144002": "kidney disease", "88805009": "heart failure",
    "414545008": "ischemic heart disease", "53741008": "ischemic heart disease", "49436004": "atrial fibrillation",
    "64859006": "osteoporosis", "239873007": "arthritis", "87433001": "copd", "185086009": "copd",
    "195967001": "asthma", "370143000": "depression", "83664006": "hypothyroidism", "26929004": "dementia",
}  # fmt: skip

#: first day of the factor -> (factor, factor of a qualifying participant in an alternative payment model)
CONVERSION_FACTORS = [
    (dt.date(2020, 1, 1), "36.0896", "36.0896"),
    (dt.date(2021, 1, 1), "34.8931", "34.8931"),
    (dt.date(2022, 1, 1), "34.6062", "34.6062"),
    (dt.date(2023, 1, 1), "33.8872", "33.8872"),
    (dt.date(2024, 1, 1), "32.7442", "32.7442"),
    (dt.date(2024, 3, 9), "33.2875", "33.2875"),
    (dt.date(2025, 1, 1), "32.3465", "32.3465"),
    (dt.date(2026, 1, 1), "33.4009", "33.5675"),
]
LAST_PRICED_DAY = dt.date(2026, 12, 31)

#: (year, MAC-locality) -> work, practice expense and malpractice index; national is 1, 1, 1
LOCALITIES = {
    (2025, "10112-00"): ("1", "0.869", "0.575"),
    (2025, "02102-01"): ("1.5", "1.081", "0.592"),
    (2025, "01112-05"): ("1.088", "1.419", "0.445"),
    (2025, "09102-04"): ("1", "1.027", "2.5"),
    (2025, "06102-16"): ("1.007", "1.023", "2.018"),
    (2025, "06202-00"): ("1", "1.025", "0.3"),
    (2025, "13202-01"): ("1.065", "1.166", "1.656"),
    (2025, "04412-11"): ("1.011", "1.007", "0.877"),
    (2026, "01112-05"): ("1.095", "1.410", "0.425"),
    (2026, "02102-01"): ("1.500", "1.065", "0.551"),
    (2026, "04412-11"): ("1.009", "0.996", "0.858"),
    (2026, "06102-16"): ("1.007", "1.005", "2.295"),
    (2026, "06202-00"): ("1.000", "1.029", "0.296"),
    (2026, "09102-04"): ("1.000", "1.041", "2.529"),
    (2026, "10112-00"): ("1.000", "0.875", "0.566"),
    (2026, "13202-01"): ("1.064", "1.162", "1.586"),
}

#: (year, code) -> relative value units: work, practice expense outside and inside a facility, malpractice
UNITS = {
    (2020, "99487"): ("1.0", "1.5", "0.42", "0.06"),
    (2020, "99489"): ("0.5", "0.71", "0.2", "0.03"),
    (2020, "99490"): ("0.61", "0.51", "0.25", "0.05"),
    (2020, "99491"): ("1.45", "0.79", "0.79", "0.09"),
    (2020, "G0506"): ("0.87", "0.83", "0.36", "0.06"),
    (2020, "G2058"): ("0.54", "0.48", "0.22", "0.03"),
    (2021, "99439"): ("0.54", "0.5", "0.23", "0.04"),
    (2021, "99487"): ("1.0", "1.58", "0.42", "0.05"),
    (2021, "99489"): ("0.5", "0.72", "0.2", "0.04"),
    (2021, "99490"): ("0.61", "0.53", "0.26", "0.04"),
    (2021, "99491"): ("1.45", "0.82", "0.82", "0.09"),
    (2021, "G0506"): ("0.87", "0.85", "0.37", "0.05"),
    (2022, "99437"): ("1.0", "0.69", "0.43", "0.08"),
    (2022, "99439"): ("0.7", "0.65", "0.3", "0.05"),
    (2022, "99487"): ("1.81", "1.96", "0.76", "0.11"),
    (2022, "99489"): ("1.0", "0.97", "0.41", "0.07"),
    (2022, "99490"): ("1.0", "0.78", "0.42", "0.07"),
    (2022, "99491"): ("1.5", "0.89", "0.64", "0.1"),
    (2022, "G0506"): ("0.87", "0.87", "0.37", "0.07"),
    (2023, "99437"): ("1.0", "0.7", "0.42", "0.07"),
    (2023, "99439"): ("0.7", "0.66", "0.29", "0.04"),
    (2023, "99487"): ("1.81", "2.0", "0.75", "0.12"),
    (2023, "99489"): ("1.0", "1.01", "0.41", "0.07"),
    (2023, "99490"): ("1.0", "0.78", "0.42", "0.07"),
    (2023, "99491"): ("1.5", "0.91", "0.63", "0.1"),
    (2023, "G0506"): ("0.87", "0.9", "0.37", "0.06"),
    (2024, "99437"): ("1.0", "0.72", "0.43", "0.07"),
    (2024, "99439"): ("0.7", "0.69", "0.29", "0.05"),
    (2024, "99487"): ("1.81", "2.1", "0.75", "0.12"),
    (2024, "99489"): ("1.0", "1.1", "0.42", "0.07"),
    (2024, "99490"): ("1.0", "0.81", "0.42", "0.07"),
    (2024, "99491"): ("1.5", "0.94", "0.64", "0.1"),
    (2024, "G0506"): ("0.87", "0.95", "0.38", "0.06"),
    (2025, "99437"): ("1.00", "0.72", "0.42", "0.06"),
    (2025, "99439"): ("0.70", "0.68", "0.28", "0.04"),
    (2025, "99487"): ("1.81", "2.13", "0.75", "0.13"),
    (2025, "99489"): ("1.00", "1.12", "0.40", "0.06"),
    (2025, "99490"): ("1.00", "0.81", "0.42", "0.06"),
    (2025, "99491"): ("1.50", "0.94", "0.64", "0.10"),
    (2025, "G0506"): ("0.87", "0.96", "0.37", "0.05"),
    (2026, "99437"): ("1.00", "0.82", "0.24", "0.07"),
    (2026, "99439"): ("0.70", "0.76", "0.17", "0.05"),
    (2026, "99487"): ("1.81", "2.38", "0.43", "0.13"),
    (2026, "99489"): ("1.00", "1.27", "0.24", "0.07"),
    (2026, "99490"): ("1.00", "0.91", "0.24", "0.07"),
    (2026, "99491"): ("1.50", "1.08", "0.37", "0.09"),
    (2026, "G0506"): ("0.87", "1.06", "0.22", "0.06"),
}


def conversion_factor(day: dt.date, qualifying: bool) -> Decimal:
    """The dollars of one relative value unit on `day`."""
    if not CONVERSION_FACTORS[0][0] <= day <= LAST_PRICED_DAY:
        raise LookupError(f"no conversion factor for {day}")
    _, general, apm = [row for row in CONVERSION_FACTORS if row[0] <= day][-1]
    return Decimal(apm if qualifying else general)

#: Office visits: with complex care on one date they need modifier 25 (NCCI pairs with indicator 1).
OFFICE_VISITS = {
    "99202", "99203", "99204", "99205", "99211", "99212", "99213", "99214", "99215",
}  # fmt: skip
#: Never paid with complex care on one date (NCCI pair with indicator 0).
NOT_WITH_COMPLEX = {"G0506"}


def is_of_year(code: str, year: int) -> bool:
    """Whether a code of the family could be billed in that year; other codes always can."""
    years = {"G2058": (2020, 2020), "99439": (2021, 9999), "99437": (2022, 9999)}
    first, last = years.get(code, (0, 9999))
    return first <= year <= last

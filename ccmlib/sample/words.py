"""The sample's own words: names, teams, diseases with their drugs and goals, plan elements, tasks."""

from __future__ import annotations

from dataclasses import dataclass

FAMILY_NAMES = (
    "Alder Birch Cedar Dogwood Elmore Fernley Garland Hazelton Ironwood Juniper Kestrel Larkin Maplewood Norwood "
    "Oakley Pinehurst Quillan Rowan Sorrel Thornbury Underhill Vetch Willowby Yarrow Ashby Bramble Clover Dunmore "
    "Eastlake Foxglove Greenfield Heatherly Ivywood Jasper Kingfisher Linden Meadows Nettleton Orchard Poplar "
    "Redfern Silverbark Tamarack Upland Vale Westbrook Wintergreen Yewdale Brookside Hillcrest"
).split()
WOMEN = (
    "Agnes Beatrice Carmen Delia Edith Florence Gloria Harriet Irene Josefina Katherine Lucille Marjorie Nadine "
    "Opal Pearl Ramona Sylvia Teresa Verna Wilma Yolanda"
).split()
MEN = (
    "Albert Bernard Calvin Desmond Edgar Franklin Gilbert Harold Ignacio Jerome Kenneth Leonard Marcus Nelson "
    "Oscar Percy Raymond Stanley Theodore Vernon Walter Xavier"
).split()


@dataclass(frozen=True)
class Disease:
    """A long-term disease: its ICD-10-CM codes, a SNOMED CT code, how common it is, and what is done about it."""

    name: str
    codes: tuple[str, ...]
    snomed: str
    share: float
    drugs: tuple[str, str]
    goal: str
    symptom: str
    device: str = ""


DISEASES = (
    Disease("hypertension", ("I10",), "59621000", 0.66, ("lisinopril", "amlodipine"),
            "blood pressure below 130/80", "headache or lightheadedness", "blood_pressure_cuff"),
    Disease("high cholesterol", ("E78.5", "E78.2", "E78.00"), "55822004", 0.52, ("atorvastatin", "rosuvastatin"),
            "LDL below 70 mg/dL", "muscle aches"),
    Disease("type 2 diabetes", ("E11.9", "E11.65", "E11.42"), "44054006", 0.33, ("metformin", "empagliflozin"),
            "A1c below 7.5%", "low or high sugar readings", "glucose_meter"),
    Disease("chronic kidney disease", ("N18.31", "N18.32", "N18.4"), "709044004", 0.22, ("losartan", "dapagliflozin"),
            "eGFR loss under 4 a year", "swelling or less urine"),
    Disease("heart failure", ("I50.32", "I50.22"), "42343007", 0.13, ("furosemide", "sacubitril-valsartan"),
            "weight within 3 lb of dry weight", "breathlessness or leg swelling", "weight_scale"),
    Disease("COPD", ("J44.9",), "13645005", 0.14, ("tiotropium", "albuterol"),
            "no flare needing steroids for 6 months", "cough or breathlessness", "pulse_oximeter"),
    Disease("atrial fibrillation", ("I48.91", "I48.20"), "49436004", 0.12, ("apixaban", "metoprolol"),
            "resting pulse below 100", "palpitations or bleeding"),
    Disease("osteoarthritis", ("M17.0", "M15.9", "M16.0"), "396275006", 0.30, ("acetaminophen", "topical diclofenac"),
            "walk 20 minutes five days a week", "joint pain or stiffness"),
    Disease("depression", ("F33.1", "F33.9"), "35489007", 0.18, ("sertraline", "mirtazapine"),
            "PHQ-9 below 10", "low mood or poor sleep"),
    Disease("hypothyroidism", ("E03.9",), "40930008", 0.16, ("levothyroxine", "levothyroxine"),
            "TSH in range", "fatigue or cold intolerance"),
    Disease("dementia", ("F03.90", "G30.9"), "52448006", 0.08, ("donepezil", "memantine"),
            "no wandering or falls for 3 months", "confusion or agitation"),
    Disease("osteoporosis", ("M81.0",), "64859006", 0.11, ("alendronate", "vitamin D"),
            "no fracture in 12 months", "back pain or a fall"),
    Disease("coronary disease", ("I25.10",), "53741008", 0.21, ("aspirin", "metoprolol"),
            "no chest pain on daily walk", "chest tightness"),
)  # fmt: skip

#: Short-lived diagnoses that never count: code, SNOMED CT code.
PASSING = (("J06.9", "54150009"), ("N39.0", "68566005"), ("R05.9", "49727002"), ("M54.50", "279039007"))

#: Role, credentials, share of the CCM log. The order is the order of a team's staff ids.
TEAM = (
    ("physician", "MD", 0.05), ("nurse_practitioner", "NP", 0.03), ("registered_nurse", "RN", 0.32),
    ("licensed_practical_nurse", "LPN", 0.20), ("medical_assistant", "CMA", 0.14), ("pharmacist", "PharmD", 0.10),
    ("care_coordinator", "Certified care coordinator", 0.14), ("administrative", "", 0.02),
)  # fmt: skip
#: Who does the planted work, so that it never collides with a team's own day.
PLANTED_TEAM = (("registered_nurse", "RN"), ("medical_assistant", "CMA"))

#: The care plan's elements in the contract's order: a text with places for the patient's leading disease.
PLAN_TEXTS = (
    "Problem list reviewed; {disease} is the leading concern",
    "Expected course: steady with treatment, outlook fair",
    "Goal for {disease}: {goal}",
    "Walks alone, manages own medicines; memory screen done",
    "Call the nurse line the same day for {symptom}",
    "Nurse calls monthly; practitioner adjusts {drug} as needed",
    "{drug} with breakfast; pill box filled weekly by family",
    "Home has grab bars; loose rug removed from the hall",
    "Daughter helps twice a week; strain low",
    "Senior transport and meal delivery offered",
    "Plan shared with specialist for {disease}",
    "Review of the whole plan with patient every six months",
)
RESPONSIBLE = ("patient", "care manager", "practitioner", "caregiver", "pharmacist")

TASKS = (
    ("call_patient", "Reached, concerns noted"), ("refill_request", "Refill sent"),
    ("results_follow_up", "Reviewed with practitioner"), ("specialist_referral", "Appointment confirmed"),
    ("care_plan_review", "Plan updated"), ("caregiver_question", "Answered by phone"),
)  # fmt: skip

#: Measure, first and last value of its spread, decimals.
MEASURES = (
    ("systolic", 112, 158, 0), ("diastolic", 62, 94, 0), ("hba1c", 5.9, 9.6, 1), ("pdc", 0.55, 1.0, 2),
    ("promis_physical", 31, 54, 1), ("promis_mental", 36, 61, 1),
)  # fmt: skip

#: Device, unit, first and last value of its spread.
DEVICES = {
    "blood_pressure_cuff": ("mmHg", 112, 158), "glucose_meter": ("mg/dL", 84, 236),
    "weight_scale": ("lb", 128, 221), "pulse_oximeter": ("%", 89, 98),
}  # fmt: skip


def about(template: str, disease: Disease, drug: int = 0) -> str:
    """`template` with the disease's own words in its places."""
    return template.format(disease=disease.name, drug=disease.drugs[drug], goal=disease.goal, symptom=disease.symptom)

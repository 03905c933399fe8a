"""Which diagnoses are chronic, and which of them are one disease: the rows of conditions.csv and snomed_groups.csv.

Chronic: AHRQ's Chronic Condition Indicator, and a short list (DURABLE) of codes that it calls not chronic although
CMS's CCW counts them as a lasting disease. Group: one primary disease group per code.
1. the group of the code's own category where CATEGORY names one (E11.22 is diabetes, I13.0 is hypertension);
2. else CCW's condition, overlapping conditions collapsed (CCW_GROUP), the first in that order when there are several;
3. else the group of the other codes of its category, when CCW covers at least half of them;
4. else the category itself ("k21").
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from functools import cache
from pathlib import Path

START = "2020-01-01"

#: Disease groups by the CCW's condition numbers; several numbers of one group overlap and count once.
#: Hip fracture (39) and pneumonia (61) are no lasting diseases and give no group.
CCW_GROUP = {
    25: "diabetes", 42: "hypertension", 30: "heart_failure", 20: "chronic_kidney_disease", 4: "dementia",
    53: "dementia", 58: "parkinson", 11: "depression_bipolar", 23: "depression_bipolar", 24: "depression_bipolar",
    65: "schizophrenia", 66: "schizophrenia", 21: "copd", 7: "asthma", 22: "metabolic_developmental",
    1: "ischemic_heart_disease", 45: "ischemic_heart_disease", 8: "atrial_fibrillation", 72: "stroke",
    59: "peripheral_vascular_disease", 41: "hyperlipidemia", 43: "hypothyroidism", 54: "obesity", 69: "sickle_cell",
    47: "leukemia_lymphoma", 12: "breast_cancer", 13: "colorectal_cancer", 14: "endometrial_cancer", 15: "lung_cancer",
    16: "prostate_cancer", 17: "urologic_cancer", 5: "anemia", 10: "prostate_hyperplasia", 18: "cataract",
    29: "glaucoma", 67: "visual_impairment", 68: "hearing_impairment", 64: "arthritis", 56: "osteoporosis",
    28: "chronic_pain", 63: "chronic_ulcer", 40: "hiv", 48: "liver_disease", 51: "multiple_sclerosis",
    52: "muscular_dystrophy", 19: "cerebral_palsy", 27: "epilepsy", 49: "migraine", 70: "spina_bifida",
    71: "spinal_cord_injury", 74: "brain_injury", 3: "alcohol_use", 26: "drug_use", 55: "drug_use", 73: "tobacco",
    62: "post_traumatic_stress", 6: "anxiety", 60: "personality_disorder", 2: "hyperactivity", 9: "autism",
    44: "intellectual_disability", 46: "learning_disability", 57: "developmental_delay", 50: "mobility_impairment",
    **dict.fromkeys([31, 32, 33, 34, 35, 36, 37, 38, 75], "viral_hepatitis"),
}  # fmt: skip

#: Categories that are one disease whatever else CCW says of single codes in them.
CATEGORY = {
    group: words.split()
    for group, words in {
        "diabetes": "E08 E09 E10 E11 E13", "hypertension": "I10 I11 I12 I13 I15 I16 I1A", "heart_failure": "I50",
        "chronic_kidney_disease": "N18", "dementia": "G30 G31 F01 F02 F03", "depression_bipolar": "F31 F32 F33 F34",
        "schizophrenia": "F20 F25", "parkinson": "G20 G21", "copd": "J44", "asthma": "J45", "hyperlipidemia": "E78",
        "alcohol_use": "F10", "drug_use": "F11 F12 F13 F14 F15 F16 F18 F19", "tobacco": "F17", "sickle_cell": "D57",
        "hypothyroidism": "E03", "ischemic_heart_disease": "I20 I21 I22 I23 I24 I25", "stroke": "I69",
        "osteoporosis": "M80 M81",
        "peripheral_vascular_disease": "I70 I73", "multiple_sclerosis": "G35",
        "leukemia_lymphoma": "C81 C82 C83 C84 C85 C86 C88 C90 C91 C92 C93 C94 C95 C96",
        "valvular_heart_disease": "I05 I06 I07 I08 I34 I35 I36 I37 I38", "gout": "M10 M1A",
    }.items()
}  # fmt: skip
OF_CATEGORY = {category: group for group, categories in CATEGORY.items() for category in categories}

#: Lasting diseases of CCW that AHRQ calls not chronic; acute ones (pneumonia, fractures, injuries) are not here.
DURABLE = (
    "D460 D461 D462 D464 D46A D46B D46C D46Z D474 E890 E661 F0631 F0632 F064 F070 F22 F28 F29 F308 F309 F3189 F319 F328"
    " F3289 F32A F3481 F3489 F349 F39 F609 F6089 F639 F88 F89 F918 F919 G2111 G2119 G94 I427 I791 I798 L89 M468 M469"
    " N08 N141 N142 N16 Q9261 R4181 R480 Z21 Z2251 Z2252 Z944"
).split()  # fmt: skip

#: SNOMED families of the reference list -> our groups; cancers and substances are told apart by code.
SNOMED_GROUP = {
    "Hypertension": "hypertension", "Hyperlipidemia": "hyperlipidemia", "Diabetes": "diabetes", "Stroke/TIA": "stroke",
    "Chronic kidney disease": "chronic_kidney_disease", "Heart failure": "heart_failure", "COPD": "copd",
    "Ischemic heart disease": "ischemic_heart_disease", "Atrial fibrillation": "atrial_fibrillation",
    "Alzheimer/dementia": "dementia", "Osteoporosis": "osteoporosis", "Arthritis": "arthritis", "Asthma": "asthma",
    "Chronic pain/fibromyalgia": "chronic_pain", "Migraine": "migraine", "Epilepsy": "epilepsy",
    "Depression": "depression_bipolar", "Hypothyroidism": "hypothyroidism", "Obesity": "obesity", "Anemia": "anemia",
    "Substance use": "drug_use", "Tobacco use": "tobacco", "HIV/AIDS": "hiv", "Gout": "gout", "Sleep apnea": "g47",
    "Valvular heart disease": "valvular_heart_disease", "Cerebral palsy": "cerebral_palsy",
    "Spinal cord injury": "spinal_cord_injury",
}  # fmt: skip
SNOMED_CODE_GROUP = {
    "254837009": "breast_cancer", "126906006": "prostate_cancer", "92691004": "prostate_cancer",
    "314994000": "prostate_cancer", "254637007": "lung_cancer", "424132000": "lung_cancer", "254632001": "lung_cancer",
    "67811000119102": "lung_cancer", "363406005": "colorectal_cancer", "109838007": "colorectal_cancer",
    "93761005": "colorectal_cancer", "94260004": "c78", "94503003": "c79", "109989006": "leukemia_lymphoma",
    "7200002": "alcohol_use",
}  # fmt: skip


def _rows(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def _indicator(reference: Path) -> dict[str, bool]:
    """Every code that AHRQ judged: chronic or not."""
    rows = _rows(reference / "ccir_v2026-1.csv.gz")
    return {row["icd10cm"]: row["ccir_indicator"] == "1" for row in rows}


@cache
def _ccw(reference: Path) -> dict[str, str]:
    """Codes that CCW includes, with their group; the earlier one in CCW_GROUP when there are several."""
    found = {}
    for row in _rows(reference / "cms_chronic_conditions_hierarchy_2023.csv.gz"):
        group = CCW_GROUP.get(int(row["condition_id"]))
        if group and row["code_system"] == "ICD-10-CM" and row["inclusion_type"] == "Include":
            found.setdefault(row["code"].replace(".", ""), set()).add(group)
    order = list(CCW_GROUP.values())
    return {code: min(groups, key=order.index) for code, groups in found.items()}


def _valid(reference: Path) -> list[str]:
    """The billable codes: those that have no longer code under them."""
    with gzip.open(reference / "icd10cm_code-list-April-2026.txt.gz", "rt", encoding="utf-8") as file:
        codes = sorted(code for line in file if len(code := line.strip()) > 2 and "-" not in code)
    return [code for code, after in zip(codes, [*codes[1:], ""], strict=True) if not after.startswith(code)]


def _judged(reference: Path) -> dict[str, tuple[bool, str, str]]:
    """Every code: chronic or not, by which source, how far to trust it."""
    known = _indicator(reference)
    judged = {code: (chronic, "ahrq-ccir-2026", "V") for code, chronic in known.items()}
    unjudged = [code for code in _valid(reference) if code not in known]
    newer = {code: (_as_relatives(code, known), "cdc-icd10cm-2026", "R") for code in unjudged}
    lasting = {code: (True, "cms-ccw-2023", "R") for code in judged if _durable(code) and not known[code]}
    return newer | judged | lasting


def _as_relatives(code: str, known: dict[str, bool]) -> bool:
    """What most of the nearest relatives of a code too new for the indicator are."""
    for length in range(len(code) - 1, 2, -1):
        if near := [chronic for other, chronic in known.items() if other.startswith(code[:length])]:
            return sum(near) * 2 > len(near)
    return code.startswith("QA")  # a category of inborn disorders that began in October 2025


def _durable(code: str) -> bool:
    return any(code.startswith(start) for start in DURABLE)


def _group(code: str, ccw: dict[str, str], habits: dict[str, str]) -> str:
    category = code[:3]
    return OF_CATEGORY.get(category) or ccw.get(code) or habits.get(category) or category.lower()


def _habits(chronic: list[str], ccw: dict[str, str]) -> dict[str, str]:
    """The group of a category, where CCW covers at least half of its chronic codes."""
    sizes = Counter(code[:3] for code in chronic)
    found = Counter((code[:3], ccw[code]) for code in chronic if code in ccw)
    return {category: group for (category, group), count in found.items() if count * 2 >= sizes[category]}


def condition_rows(reference: Path) -> list[tuple]:
    """Chronic codes one by one; all others as the shortest prefixes under which no chronic code lies."""
    judged, ccw = _judged(reference), _ccw(reference)
    chronic = sorted(code for code, (yes, *_) in judged.items() if yes)
    habits = _habits(chronic, ccw)
    rows = [(code, "code", _group(code, ccw, habits), "true", START, "", *judged[code][1:]) for code in chronic]
    return rows + [(start, match, "", "false", START, "", *cited) for start, match, cited in _others(judged)]


def _others(judged: dict[str, tuple[bool, str, str]]) -> list[tuple]:
    """The codes that are not chronic: start (a category or longer), match, and the source of the first code under it.

    A code that is itself the start of a chronic one (it was split into finer codes later) stands alone.
    """
    taken = {code[:length] for code, (yes, *_) in judged.items() if yes for length in range(3, len(code) + 1)}
    found: dict[str, tuple] = {}
    for code in sorted(code for code, (yes, *_) in judged.items() if not yes):
        starts = (code[:length] for length in range(3, len(code) + 1))
        start = next((start for start in starts if start not in taken), code)
        found.setdefault(start, (start, "code" if start in taken else "prefix", judged[code][1:]))
    return list(found.values())


def snomed_rows(reference: Path) -> list[tuple]:
    """The hand-made SNOMED list; chronic is its own strict reading. A clinician must review it."""
    with (reference / "snomed_chronic_families.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        (row["snomed"], SNOMED_CODE_GROUP.get(row["snomed"]) or SNOMED_GROUP[row["family"]],
         row["counts_in_strict"].lower(), START, "", "snomed-starter", "R")
        for row in rows
    ]  # fmt: skip

"""The columns of every rule file and what may stand in them; ``from``, ``until``, ``source``, ``trust`` are in all.

``:decimal``, ``:whole`` and ``:list`` say what is not plain text, ``?`` what may be empty or left out.
"""

from __future__ import annotations

CSV = {
    "exclusions.csv": "program code? other_code scope outcome elsewhere reason denied",
    "visits.csv": "hcpcs_code",
    "conditions.csv": "icd10_code match group? chronic",
    "snomed_groups.csv": "snomed_code group chronic",
    "facility_places.csv": "place_of_service_code",
    "fees/conversion_factors.csv": "qualifying_apm factor:decimal",
    "fees/relative_values.csv": "code status work:decimal pe_nonfacility:decimal pe_facility:decimal mp:decimal",
    "fees/gpci.csv": "locality name work:decimal pe:decimal mp:decimal",
    "fees/national_amounts.csv": "code qualifying_apm nonfacility_cents:whole? facility_cents:whole?",
}  # fmt: skip

#: File -> (table in it, its keys).
TOML = {
    "policies.toml": ("policy", "name value:any says"),
    "reasons.toml": ("reason", "name of says mend who mendable:truth"),
    "requirements.toml": ("requirement", "name program says reasons:list"),
    "roles.toml": ("role", "name clock paid_percent:whole?"),
    "activities.toml": ("activity", "name counted:truth review:truth"),
    "limits.toml": ("limit", "code units:whole indicator:whole"),
}

#: In every file of the folder codes.
FAMILY = "name program clock chosen attestation? levels:list?"
CODE = "code label family? add_on_to?"
VERSION = "minutes:whole? max_units:whole?"
SOURCE = "name title publisher dated where says"
DATED = "from:date until:date? source trust"

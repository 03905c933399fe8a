"""A Synthea export becomes the tables of the practice extract: nothing lost, nothing made up."""

import gzip
from pathlib import Path

import pandas as pd
import pytest

from ccmlib.facts import TABLES
from ccmlib.importers.identifiers import is_npi
from ccmlib.importers.synthea import SyntheaPractice, import_synthea, read_synthea, synthea_frames
from ccmlib.problem import Problem
from ccmlib.store.engine import writing
from ccmlib.store.read import facts_now, table_now
from ccmlib.store.write import append

TODAY, BEFORE = "today", "before"
PATIENTS = [("ann", "1950-03-01", ""), ("bob", "1949-02-02", "2024-05-03")]
PROVIDERS = [("dr1", "GENERAL PRACTICE"), ("np1", "NURSE PRACTITIONER"), ("pt1", "PHYSICAL THERAPY"),
             ("sw1", "CLINICAL SOCIAL WORKER")]  # fmt: skip
PAYERS = ["Medicare", "Medicaid", "Dual Eligible", "Humana", "Aetna", "NO_INSURANCE"]
ENCOUNTERS = [
    ("e1", "2026-01-05T15:00:00Z", "2026-01-05T15:30:00Z", "ann", "dr1", "wellness"),
    ("e2", "2026-03-05T15:00:00Z", "2026-03-05T15:30:00Z", "ann", "np1", "ambulatory"),
    ("e3", "2026-04-05T15:00:00Z", "2026-04-09T15:30:00Z", "ann", "dr1", "inpatient"),
    ("e4", "2026-05-05T15:00:00Z", "", "ann", "pt1", "ambulatory"),
]
YEARS = [("ann", "m1", "2024-06-01T20:00:00Z", "2025-06-03T20:00:00Z", "Medicare", ""),
         ("ann", "m2", "2025-06-03T20:00:00Z", "2026-06-02T20:00:00Z", "Medicare", "")]  # fmt: skip
CONDITIONS = [("ann", "59621000", "2010-01-01", ""), ("ann", "160903007", "2011-02-02", "2012-02-02")]
OBSERVATIONS = [("2026-03-05T15:00:00Z", "ann", "8480-6", "141.0"), ("2026-03-05T15:00:00Z", "ann", "8302-2", "160")]


class Export:
    """An export on disk: small, in the header layout of today or of before."""

    def __init__(self, folder: Path, layout: str = TODAY):
        self.folder, self.layout = folder, layout
        folder.mkdir(exist_ok=True)
        self.patients(PATIENTS)
        self.providers(PROVIDERS)
        self.write("payers", ["Id", "NAME"], [(name.lower(), name) for name in PAYERS])
        self.encounters(ENCOUNTERS)
        self.years(YEARS)
        self.conditions(CONDITIONS)
        self.write("observations", ["DATE", "PATIENT", "CODE", "VALUE"], OBSERVATIONS)

    def write(self, name, header, rows):
        pd.DataFrame(list(rows), columns=header).to_csv(self.folder / f"{name}.csv", index=False)
        return self

    def patients(self, rows):
        header = ["Id", "BIRTHDATE", "DEATHDATE", "SSN", "FIRST", "LAST", "GENDER", "ADDRESS", "CITY", "STATE", "ZIP"]
        rest = ("999-99-9999", "Ann", "Lee", "F", "1 Elm St", "Troy", "New York", "")
        return self.write("patients", header, [(*row, *rest) for row in rows])

    def providers(self, rows):
        return self.write(
            "providers", ["Id", "NAME", "SPECIALITY"], [(name, f"Dr {name}", said) for name, said in rows]
        )

    def encounters(self, rows):
        return self.write("encounters", ["Id", "START", "STOP", "PATIENT", "PROVIDER", "ENCOUNTERCLASS"], rows)

    def years(self, rows):
        start, end = ("START_DATE", "END_DATE") if self.layout == TODAY else ("START_YEAR", "END_YEAR")
        rows = [(*row[:4], row[4].lower(), row[5].lower()) for row in rows]
        return self.write("payer_transitions", ["PATIENT", "MEMBERID", start, end, "PAYER", "SECONDARY_PAYER"], rows)

    def conditions(self, rows):
        header, system = ["PATIENT", "CODE", "START", "STOP"], ["SNOMED-CT"]
        if self.layout == BEFORE:
            return self.write("conditions", header, rows)
        return self.write("conditions", [*header, "SYSTEM"], [(*row, *system)[:5] for row in rows])

    def frame(self, name):
        return synthea_frames(self.folder)[name]

    def left(self, file):
        return next(source.left for source in read_synthea(self.folder).sources if source.file == f"{file}.csv")


@pytest.fixture
def export(tmp_path):
    return Export(tmp_path / "export")


def spells(export):
    rows = export.frame("coverage")
    days = [rows[name].dt.strftime("%Y-%m-%d").fillna("") for name in ("from_date", "until_date")]
    return sorted(zip(rows.payer, *days, strict=True))


def test_both_header_layouts_plain_and_gzipped_say_the_same(tmp_path):
    today, before = (Export(tmp_path / layout, layout) for layout in (TODAY, BEFORE))
    for path in list(before.folder.iterdir()):
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    first, second = synthea_frames(today.folder), synthea_frames(before.folder)
    for name, frame in first.items():
        pd.testing.assert_frame_equal(frame, second[name])
    assert len(first["conditions"]) == 2


def test_the_yearly_rows_of_one_payer_are_one_spell_with_its_first_member_number(export):
    assert spells(export) == [("medicare_part_b", "2024-06-01", "2026-06-01")]
    assert export.frame("coverage").member_id.tolist() == ["m1"]


def test_on_the_day_of_a_change_the_new_payer_covers_and_a_gap_is_no_coverage(export):
    export.years([
        ("ann", "m0", "2023-06-01T20:00:00Z", "2024-06-01T20:00:00Z", "Humana", ""), YEARS[0],
        ("ann", "m3", "2025-06-03T20:00:00Z", "2025-09-01T20:00:00Z", "NO_INSURANCE", ""),
        ("ann", "m4", "2025-09-01T20:00:00Z", "2026-09-01T20:00:00Z", "Medicare", ""),
    ])  # fmt: skip
    assert spells(export) == [
        ("commercial", "2023-06-01", "2024-05-31"), ("medicare_part_b", "2024-06-01", "2025-06-02"),
        ("medicare_part_b", "2025-09-01", "2026-08-31"),
    ]  # fmt: skip
    assert export.left("payer_transitions") == {"no insurance": 1}


def test_a_spell_begins_on_the_day_of_the_practice_and_not_of_greenwich(export):
    export.years([("ann", "m1", "2025-06-01T02:00:00Z", "2026-06-01T02:00:00Z", "Medicare", "")])
    assert spells(export) == [("medicare_part_b", "2025-05-31", "2026-05-30")]


def test_two_insurers_one_after_the_other_are_two_spells(export):
    export.years([(*YEARS[0][:4], "Humana", ""), (*YEARS[1][:4], "Aetna", "")])
    assert len(spells(export)) == 2


def test_the_dual_eligible_have_part_b_and_medicaid(export):
    export.years([YEARS[0], (*YEARS[1][:4], "Dual Eligible", "")])
    assert spells(export) == [
        ("medicaid", "2025-06-03", "2026-06-01"), ("medicare_part_b", "2024-06-01", "2026-06-01"),
    ]  # fmt: skip


def test_a_private_second_payer_fills_the_gaps_of_medicare(export):
    export.years([(*YEARS[0][:4], "Medicare", "Humana"), (*YEARS[1][:4], "Aetna", "Humana")])
    assert [payer for payer, _, _ in spells(export)] == ["commercial", "commercial", "medicare_part_b", "medigap"]


def test_rows_that_no_patient_or_payer_has_are_left_and_counted(export):
    lost = [("ann", "m", "2026-06-02T20:00:00Z", "2026-06-02T21:00:00Z", "Medicare", ""), ("eve", *YEARS[0][1:]),
            (*YEARS[0][:4], "nobody", "")]  # fmt: skip
    export.years([*YEARS, *lost]).conditions([*CONDITIONS, ("eve", "59621000", "2010-01-01", "")])
    stranger = "the patient is not in patients.csv"
    assert export.left("payer_transitions") == {
        stranger: 1,
        "the payer is not in payers.csv": 1,
        "shorter than a day": 1,
    }
    assert export.left("conditions") == {stranger: 1}


def test_no_diagnosis_visit_code_medicare_number_or_practitioner_s_npi_is_invented(export):
    frames = synthea_frames(export.folder)
    assert frames["conditions"].icd10_code.isna().all()
    assert frames["encounters"].hcpcs_code.isna().all()
    assert frames["patients"].mbi.isna().all()
    assert frames["staff"].npi.isna().all()
    assert "999-99-9999" not in frames["patients"].to_csv()
    assert is_npi(frames["practices"].billing_npi[0])


def test_a_condition_written_twice_is_one_and_open_if_one_row_is(export):
    again = [("ann", "59621000", "2010-01-01", "2011-01-01"), ("ann", "59621000", "2015-01-01", "2016-01-01")]
    export.conditions([again[0], *CONDITIONS, again[1]])
    rows = export.frame("conditions")
    assert export.left("conditions") == {"the same condition again": 1}
    assert rows[rows.onset_date == "2010-01-01"].abated_date.isna().tolist() == [True]
    assert len(rows) == 3


def test_a_condition_in_another_system_is_left(export):
    export.conditions([*CONDITIONS, ("ann", "59621000", "2010-01-01", "", "DSM")])
    assert export.left("conditions") == {"not coded in SNOMED CT": 1}
    assert len(export.frame("conditions")) == 2


def test_a_death_by_its_day_is_the_day_s_first_second_in_the_practice(export):
    assert export.frame("patients").died_at.dropna().tolist() == [pd.Timestamp("2024-05-03T04:00:00Z")]
    export.patients([("ann", "1950-03-01", "2024-05-03T12:00:00-07:00")])
    assert export.frame("patients").died_at.tolist() == [pd.Timestamp("2024-05-03T19:00:00Z")]


def test_the_practitioner_of_the_latest_regular_visit_bills(export):
    rows = export.frame("patients").set_index("patient_id")
    assert rows.billing_staff_id.to_dict() == {"ann": "np1", "bob": "dr1"}
    assert rows.loc["ann", ["sex", "state"]].tolist() == ["female", "NY"]


def test_providers_of_other_professions_are_no_staff_and_their_encounters_name_nobody(export):
    staff = export.frame("staff").set_index("staff_id").role.to_dict()
    assert staff == {"dr1": "physician", "np1": "nurse_practitioner", "sw1": "social_worker"}
    encounters = export.frame("encounters").set_index("encounter_id")
    assert encounters.staff_id.isna().to_dict() == {"e1": False, "e2": False, "e3": False, "e4": True}


def test_encounter_classes_become_kinds(export):
    classes = [
        "ambulatory",
        "wellness",
        "outpatient",
        "urgentcare",
        "virtual",
        "inpatient",
        "snf",
        "emergency",
        "hospice",
        "home",
    ]
    export.encounters([(f"e{n}", *ENCOUNTERS[0][1:5], name) for n, name in enumerate(classes)])
    assert export.frame("encounters").kind.tolist() == [
        *["visit"] * 5,
        "inpatient",
        "snf_part_a",
        "emergency",
        "other",
        "other",
    ]


def test_blood_pressure_and_hba1c_are_measures(export):
    rows = export.frame("measures")
    assert rows.loc[0, ["measure", "value"]].tolist() == ["systolic", 141.0]
    assert export.left("observations") == {"no measure of the program": 1}
    (export.folder / "observations.csv").unlink()
    assert export.frame("measures").empty


def test_files_that_make_no_facts_are_counted_with_the_reason(export):
    export.write("careplans", ["Id", "CODE"], [("c1", "1"), ("c2", "2")]).write("new_things", ["Id"], [("x",)])
    assert export.left("careplans") == {"activities of Synthea, not care plans of the program": 2}
    assert export.left("new_things") == {"not a file this importer knows": 1}


def spoiled(export, file, old, new):
    path = export.folder / f"{file}.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda e: (e.folder / "payers.csv").unlink(), "has no payers.csv or payers.csv.gz"),
        (lambda e: spoiled(e, "encounters", "ENCOUNTERCLASS", "CLASS"), "encounters.csv has no column ENCOUNTERCLASS"),
        (lambda e: spoiled(e, "encounters", "2026-03-05T15:00", "5 March"), "encounters.csv line 3, START: '5 March"),
        (lambda e: (e.folder / "payers.csv.gz").write_bytes(b"x"), "both payers.csv and payers.csv.gz"),
        (lambda e: (e.folder / "conditions.csv").write_bytes(b""), "conditions.csv cannot be read as CSV"),
        (lambda e: (e.folder / "conditions.csv").write_bytes(b"CODE\n\xff\n"), "conditions.csv cannot be read as CSV"),
        (lambda e: e.providers([("pt1", "PHYSICAL THERAPY")]), "nobody who can bill"),
    ],
)  # fmt: skip
def test_what_is_no_synthea_export_is_refused_in_one_sentence(export, spoil, message):
    spoil(export)
    with pytest.raises(Problem, match=message):
        synthea_frames(export.folder)


def test_a_broken_archive_a_missing_folder_and_a_wrong_practice_are_refused(export, tmp_path):
    for practice, message in ((SyntheaPractice(billing_npi="1234567890"), "not an NPI"),
                              (SyntheaPractice(time_zone="Mars"), "not a time zone")):  # fmt: skip
        with pytest.raises(Problem, match=message):
            synthea_frames(export.folder, practice)
    with pytest.raises(Problem, match="is not a folder"):
        synthea_frames(tmp_path / "nowhere")
    (export.folder / "payers.csv").rename(export.folder / "payers.csv.gz")
    with pytest.raises(Problem, match="payers.csv.gz cannot be read"):
        synthea_frames(export.folder)


def imported(store, export, known_at):
    with writing(store) as connection:
        return import_synthea(connection, export.folder, known_at, "ann")


def test_the_same_export_again_writes_nothing_and_a_later_one_corrects(store, export):
    first = imported(store, export, 100)
    assert first.written == sum(counts.new for counts in first.tables.values()) > 0
    again = imported(store, export, 200)
    assert again.written == 0
    export.years([*YEARS, ("ann", "m3", "2026-06-02T20:00:00Z", "2027-06-02T20:00:00Z", "Medicare", "")])
    later = imported(store, export, 300)
    assert (later.written, later.tables["coverage"].changed) == (1, 1)
    with store.connect() as connection:
        assert table_now(connection, "coverage").until_date.tolist() == [pd.Timestamp("2027-06-01")]


def test_what_people_added_to_the_rows_stays_when_the_export_comes_again(store, export):
    imported(store, export, 100)
    added = {
        "encounters": {"hcpcs_code": "99214"}, "staff": {"npi": "1234567893"},
        "patients": {"mbi": "1EG4TE5MK73", "billing_staff_id": "dr1", "enrolled_elsewhere": True},
        "practices": {"billing_npi": "1245319599", "medicare_locality": "13202-01"},
    }  # fmt: skip
    with writing(store) as connection:
        for name, values in added.items():
            append(connection, name, table_now(connection, name).assign(**values), 200, "ann")
    export.encounters([*ENCOUNTERS, ("e5", *ENCOUNTERS[1][1:])])
    assert imported(store, export, 300).written == 1
    with store.connect() as connection:
        for name, values in added.items():
            rows = table_now(connection, name).set_index(TABLES[name].key[0]).drop("e5", errors="ignore")
            assert (rows[list(values)] == pd.Series(values)).all(axis=None)


def test_a_practice_that_is_named_again_is_corrected(store, export):
    imported(store, export, 100)
    with writing(store) as connection:
        import_synthea(connection, export.folder, 200, "ann", SyntheaPractice(name="Elm", billing_npi="1245319599"))
    with store.connect() as connection:
        row = table_now(connection, "practices").iloc[0]
    assert (row["name"], row.billing_npi, row.setting) == ("Elm", "1245319599", "office")


def test_an_export_is_written_whole_or_not_at_all(store, export):
    export.encounters([*ENCOUNTERS, ENCOUNTERS[0]])
    with pytest.raises(Problem, match="encounters.*e1"), writing(store) as connection:
        import_synthea(connection, export.folder, 100, "ann")
    with store.connect() as connection:
        assert all(frame.empty for frame in facts_now(connection).values())


def test_the_report_gives_each_file_each_table_and_what_to_know(store, export):
    lines = imported(store, export, 100).lines()
    assert any(line.startswith("observations.csv") and line.endswith("1 no measure of the program") for line in lines)
    assert any(line.split() == ["coverage", "1", "0", "0"] for line in lines)
    assert sum("NPI" in line for line in lines) == 2


SETS = ("synthea_csv_2026_small", "synthea_csv_2024_dbt")


@pytest.mark.parametrize("name", SETS)
def test_every_row_of_a_real_export_is_used_or_left_for_a_reason(shared, name):
    folder = shared / "external" / name
    sources = {source.file: source for source in read_synthea(folder).sources}
    for path in folder.iterdir():
        records = len(pd.read_csv(path, dtype="str", engine="python"))  # another parser than the importer's
        source = sources.pop(path.name.removesuffix(".gz"))
        assert source.read == records == source.used + sum(source.left.values())
    assert not sources


@pytest.mark.parametrize("name", SETS)
def test_a_real_export_covers_each_day_once_a_payer(shared, name):
    rows = synthea_frames(shared / "external" / name)["coverage"]
    medicare = rows[rows.payer == "medicare_part_b"].sort_values(["patient_id", "from_date"])
    following = medicare.groupby("patient_id").from_date.shift(-1)
    assert (following.isna() | (following > medicare.until_date)).all()
    assert (rows.until_date >= rows.from_date).all()
    assert len(medicare)

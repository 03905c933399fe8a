"""Every kind of bad row is told by file, line, column and value, with what was expected; the good ones stay."""

import pytest

from ccmlib.importers.extract import read_extract

from .folder import FILES, written

ENTRIES = FILES["time_entries"][0]
NINE, LATER = "2026-03-05T09:00:00-05:00", "2026-03-05T09:20:00-05:00"


def entry(entry_id="E9", patient="P1", staff="S2", program="ccm", activity="assessment", started=NINE, ended=LATER):
    return f"{entry_id},{patient},{staff},{program},{activity},{started},{ended},x"


#: A bad row of time_entries.csv, the column that is bad, and part of what the message says was expected.
BAD_ENTRIES = {
    "a required value is empty": (entry(patient=""), "patient_id", "required"),
    "an activity is not on the list": (entry(activity="golf"), "activity", "care_planning"),
    "a program is not on the list": (entry(program="CCM"), "program", "one of ccm"),
    "a patient is unknown": (entry(patient="P9"), "patient_id", "patients.csv"),
    "a staff member is unknown": (entry(staff="S9"), "staff_id", "staff.csv"),
    "an instant is no instant": (entry(started="9 am"), "started_at", "written as"),
    "an instant is a date": (entry(started="2026-03-05"), "started_at", "written as"),
    "an instant's day does not exist": (entry(started="2026-02-30T09:00:00Z"), "started_at", "exists"),
    "an instant's hour does not exist": (entry(started="2026-03-05T24:00:00Z"), "started_at", "exists"),
    "a local day does not exist": (entry(started="2026-02-30T09:00:00"), "started_at", "exists"),
    "a local time is skipped by the clocks": (
        entry(started="2026-03-08T02:30:00", ended="2026-03-08T03:30:00-04:00"),
        "started_at",
        "does not exist in America/New_York",
    ),
    "a local time happens twice": (
        entry(started="2026-11-01T01:30:00", ended="2026-11-01T03:00:00-05:00"),
        "started_at",
        "happens twice in America/New_York",
    ),
    "an entry ends before it starts": (entry(started=LATER, ended=NINE), "ended_at", "before started_at"),
    "an id stands twice with the same content": (entry("E1"), "entry_id", "stands on line 2 already"),
    "a row has a field too many": (entry() + ",y", "", "9 fields where the header has 8"),
    "a row has a field too few": ("E9,P1", "", "2 fields"),
    "a row has a NUL byte": (entry() + "\0", "", "NUL"),
}

STAFF = "staff_id,practice_id,name,role"
PATIENT = "patient_id,practice_id,billing_staff_id"
MEASURE = "measure_id,patient_id,measure,value,measured_at"
PLAN = "care_plan_id,patient_id,version,status"

#: The same for other files: file, header, a good row, the bad row, its column, part of the message.
BAD_OTHERS = {
    "a role is unknown": ("staff", STAFF, "S1,PR1,Ada,physician", "S2,PR1,Bo,surgeon", "role", "physician"),
    "a practice is unknown": (
        "staff", STAFF, "S1,PR1,Ada,physician", "S2,PR9,Bo,physician", "practice_id", "practices.csv"),
    "the billing practitioner is a nurse": (
        "patients", PATIENT, "P2,PR1,S1", "P1,PR1,S2", "billing_staff_id", "practitioner"),
    "a boolean is yes": (
        "patients", f"{PATIENT},enrolled_elsewhere", "P1,PR1,S1,false", "P2,PR1,S1,yes", "enrolled_elsewhere",
        "true or false"),
    "a date is written the American way": (
        "patients", f"{PATIENT},birth_date", "P1,PR1,S1,1950-02-28", "P2,PR1,S1,2/28/1950", "birth_date", "YYYY-MM-DD"),
    "a date does not exist": (
        "patients", f"{PATIENT},birth_date", "P1,PR1,S1,1952-02-29", "P2,PR1,S1,1950-02-29", "birth_date", "exists"),
    "a time zone is unknown": (
        "practices", "practice_id,name,time_zone,billing_npi", "PR1,Elm,America/New_York,1", "PR2,Oak,Eastern,1",
        "time_zone", "America/New_York"),
    "a coverage ends before it begins": (
        "coverage", "patient_id,payer,from_date,until_date", "P1,qmb,2026-01-01,2026-01-01",
        "P2,qmb,2026-01-02,2026-01-01", "until_date", "before from_date"),
    "a condition has no code": (
        "conditions", "patient_id,icd10_code,snomed_code", "P1,E11.9,", "P2,,", "icd10_code", "at least one code"),
    "a number is no number": (
        "measures", MEASURE, f"M1,P1,hba1c,7.1,{NINE}", f"M2,P1,hba1c,high,{NINE}", "value", "a number"),
    "a number is infinite": (
        "measures", MEASURE, f"M1,P1,hba1c,7.1,{NINE}", f"M2,P1,hba1c,1e999,{NINE}", "value", "a number"),
    "a version is no whole number": (
        "care_plans", PLAN, "C1,P1,1,active", "C2,P1,1.5,active", "version", "whole number"),
    "a version is too large to store": (
        "care_plans", PLAN, "C1,P1,1,active", "C2,P1,2147483648,active", "version", "whole number"),
    "a month is no month": (
        "attestations", "attestation_id,patient_id,kind,staff_id,attested_at,service_month",
        f"A1,P1,risk,S1,{NINE},2026-03", f"A2,P1,risk,S1,{NINE},2026-13", "service_month", "YYYY-MM"),
    "a care plan is unknown": (
        "care_plan_items", "item_id,care_plan_id,element,text", "I1,C1,problem_list,x", "I2,C9,problem_list,x",
        "care_plan_id", "care_plans.csv"),
}  # fmt: skip
BAD_ROWS = {name: ("time_entries", ENTRIES, entry("E1"), *bad) for name, bad in BAD_ENTRIES.items()} | BAD_OTHERS


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_told_by_line_column_and_what_was_expected(name, tmp_path):
    file, header, good, bad, column, expected = BAD_ROWS[name]
    extract = read_extract(written(tmp_path, **{file: [header, good, bad]}))
    mine = [fault for fault in extract.faults if fault.file == f"{file}.csv"]
    assert [(fault.line, fault.column) for fault in mine] == [(3, column)]
    assert expected in mine[0].expected
    assert len(extract.frames[file]) == 1 and extract.sheets[file].rejected == 1


def test_a_zero_length_entry_and_one_of_more_than_twelve_hours_are_accepted(tmp_path):
    zero, long = entry("E1", ended=NINE), entry("E2", ended="2026-03-06T09:00:00-05:00")
    extract = read_extract(written(tmp_path, time_entries=[ENTRIES, zero, long]))
    assert extract.faults == [] and len(extract.frames["time_entries"]) == 2


def test_an_instant_without_offset_is_in_the_time_zone_of_the_patient_s_practice(tmp_path):
    practices = ["practice_id,name,time_zone,billing_npi", "PR1,E,America/New_York,1", "PR2,W,America/Los_Angeles,1"]
    patients = ["patient_id,practice_id,billing_staff_id", "P1,PR1,S1", "P2,PR2,S1"]
    rows = [entry(f"E{n}", f"P{n}", started="2026-03-05T09:00:00", ended="2026-03-05T09:20") for n in (1, 2)]
    plan_items = ["item_id,care_plan_id,element,text,met_at", "I1,C1,problem_list,x,2026-03-05 09:00"]
    files = {"practices": practices, "patients": patients, "care_plan_items": plan_items}
    extract = read_extract(written(tmp_path, time_entries=[ENTRIES, *rows], **files))
    assert extract.faults == []
    started = extract.frames["time_entries"]["started_at"].dt.strftime("%H:%M").tolist()
    assert started == ["14:00", "17:00"]
    assert extract.frames["care_plan_items"]["met_at"].dt.strftime("%H:%M").tolist() == ["14:00"]


def test_offsets_are_read_in_every_iso_form(tmp_path):
    forms = [
        "2026-03-05T14:00:00Z",
        NINE,
        "2026-03-05T09:00:00-0500",
        "2026-03-05T09:00-05",
        "2026-03-05 14:00:00+00:00",
    ]
    rows = [entry(f"E{n}", started=form) for n, form in enumerate(forms)]
    extract = read_extract(written(tmp_path, time_entries=[ENTRIES, *rows]))
    assert extract.faults == []
    assert set(extract.frames["time_entries"]["started_at"].dt.strftime("%d %H:%M:%S")) == {"05 14:00:00"}


def test_fractions_of_a_second_are_cut_off_and_reported(tmp_path):
    rows = [entry(started="2026-03-05T14:00:00.999Z", ended="2026-03-05T14:20:00.001Z")]
    extract = read_extract(written(tmp_path, time_entries=[ENTRIES, *rows]))
    entries = extract.frames["time_entries"]
    assert (entries["ended_at"] - entries["started_at"]).dt.total_seconds().tolist() == [1200]
    assert any("fractions" in warning and "started_at" in warning for warning in extract.warnings)


def test_two_rows_of_one_id_that_differ_are_both_bad_since_either_may_be_wrong(tmp_path):
    rows = [entry("E1"), entry("E2"), entry("E1", activity="care_planning")]
    extract = read_extract(written(tmp_path, time_entries=[ENTRIES, *rows]))
    assert [fault.line for fault in extract.faults] == [2, 4]
    assert "line 2" in extract.faults[1].expected and "differ" in extract.faults[1].expected
    assert extract.frames["time_entries"]["entry_id"].tolist() == ["E2"]


def test_exact_copies_are_counted_once_where_rows_have_no_id(tmp_path):
    coverage = ["patient_id,payer,member_id,from_date,until_date", *["P1,medicare_part_b,,2026-01-01,"] * 3]
    extract = read_extract(written(tmp_path, coverage=coverage))
    sheet = extract.sheets["coverage"]
    assert (sheet.read, len(sheet.frame), sheet.repeated, sheet.rejected) == (3, 1, 2, 0)
    assert any("2 exact copies" in warning and "line 3" in warning for warning in extract.warnings)


def test_coverage_rows_of_one_key_that_differ_are_bad(tmp_path):
    rows = ["P1,qmb,2026-01-01,2026-02-28", "P1,qmb,2026-01-01,2026-03-31", "P2,qmb,2026-01-01,"]
    extract = read_extract(written(tmp_path, coverage=["patient_id,payer,from_date,until_date", *rows]))
    assert [fault.line for fault in extract.faults] == [2, 3]
    assert len(extract.frames["coverage"]) == 1


def test_a_row_that_refers_to_a_rejected_row_is_rejected_in_turn(tmp_path):
    patients = ["patient_id,practice_id,billing_staff_id,birth_date", "P1,PR1,S1,", "P2,PR1,S1,soon"]
    extract = read_extract(written(tmp_path, patients=patients))
    assert [(fault.file, fault.line) for fault in extract.faults] == [("patients.csv", 3), ("time_entries.csv", 3)]
    assert extract.frames["time_entries"]["entry_id"].tolist() == ["E1"]


def test_every_fault_of_a_row_is_told_and_the_row_counts_once(tmp_path):
    extract = read_extract(written(tmp_path, time_entries=[ENTRIES, entry(patient="P9", activity="golf")]))
    assert sorted(fault.column for fault in extract.faults) == ["activity", "patient_id"]
    assert extract.rejected == 1


def test_rows_without_an_id_are_told_so_and_not_called_copies_of_each_other(tmp_path):
    extract = read_extract(written(tmp_path, time_entries=[ENTRIES, entry(""), entry("")]))
    assert [fault.expected for fault in extract.faults] == ["is required and is empty; fill it in."] * 2


def test_blanks_around_an_id_are_taken_off_and_reported(tmp_path):
    extract = read_extract(written(tmp_path, time_entries=[ENTRIES, entry(patient=" P1 ", staff="S2\t")]))
    assert extract.faults == [] and extract.frames["time_entries"]["patient_id"].tolist() == ["P1"]
    assert any("1 values of patient_id" in warning for warning in extract.warnings)


def test_defaults_fill_what_a_practice_does_not_say(tmp_path):
    practice = read_extract(written(tmp_path)).frames["practices"].iloc[0]
    assert (practice["place_of_service_code"], practice["setting"]) == ("11", "office")


def test_a_wrong_npi_and_a_wrong_mbi_are_warnings_only(tmp_path):
    staff = ["staff_id,practice_id,name,role,npi", "S1,PR1,Ada,physician,1234567890", "S2,PR1,Bo,registered_nurse,"]
    patients = ["patient_id,practice_id,billing_staff_id,mbi", "P1,PR1,S1,1eg4te5mk73", "P2,PR1,S1,1SG4TE5MK73"]
    extract = read_extract(written(tmp_path, staff=staff, patients=patients))
    assert extract.faults == []
    assert [warning for warning in extract.warnings if "cannot be right" in warning] == [
        "staff.csv: 1 values of npi cannot be right; the first is on line 2.",
        "patients.csv: 1 values of mbi cannot be right; the first is on line 3.",
    ]


def test_an_entry_by_a_staff_member_of_another_practice_is_a_warning(tmp_path):
    practices = [*FILES["practices"], "PR2,Oak,America/New_York,1234567893"]
    staff = [*FILES["staff"], "S3,PR2,Cy,registered_nurse,"]
    extract = read_extract(
        written(tmp_path, practices=practices, staff=staff, time_entries=[ENTRIES, entry(staff="S3")])
    )
    assert extract.faults == []
    assert "time_entries.csv: 1 rows name a staff member of another practice than the patient's." in extract.warnings

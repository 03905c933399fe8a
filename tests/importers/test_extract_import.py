"""An import writes all of an extract or nothing, and the same extract twice changes nothing."""

import csv
import datetime as dt

import pandas as pd
import pytest

from ccmlib.importers.extract import BadRows, import_extract, read_extract
from ccmlib.importers.rejects import NAME
from ccmlib.problem import Problem
from ccmlib.store.engine import writing
from ccmlib.store.read import facts_now

from .folder import FILES, written

HEADER, ONE, TWO = FILES["time_entries"]
BAD = TWO.replace("P2", "P9")


def imported(store, folder, known_at=100, **options):
    with writing(store) as connection:
        return import_extract(connection, folder, known_at, "ann", **options)


def facts(store, as_of=None):
    with store.connect() as connection:
        return facts_now(connection, as_of and dt.datetime.fromtimestamp(as_of, dt.UTC))


def counts(report, file="time_entries.csv"):
    found = report.files[file]
    return found.read, found.new, found.changed, found.same, found.rejected


def test_what_is_imported_is_what_is_read_back(store, tmp_path):
    folder = written(tmp_path)
    imported(store, folder)
    found = facts(store)
    for name, frame in read_extract(folder).frames.items():
        pd.testing.assert_frame_equal(found[name], frame)


def test_the_same_extract_twice_changes_nothing(store, tmp_path):
    folder = written(tmp_path)
    assert imported(store, folder).written == 8
    again = imported(store, folder, 200)
    assert again.written == 0 and counts(again) == (2, 0, 0, 2, 0)


def test_a_changed_row_is_a_correction_and_the_past_stays(store, tmp_path):
    imported(store, written(tmp_path))
    report = imported(store, written(tmp_path, time_entries=[HEADER, ONE.replace("called", "visited"), TWO]), 200)
    assert counts(report) == (2, 0, 1, 1, 0)
    assert facts(store)["time_entries"]["note"].tolist() == ["visited", "wrote"]
    assert facts(store, 199)["time_entries"]["note"].tolist() == ["called", "wrote"]


def test_a_bad_row_refuses_the_whole_extract_by_default(store, tmp_path):
    with pytest.raises(
        BadRows, match=r"1 bad row; nothing was written.*time_entries.csv line 3, patient_id: 'P9'"
    ) as raised:
        imported(store, written(tmp_path, time_entries=[HEADER, ONE, BAD]))
    assert len(raised.value.faults) == 1
    assert all(frame.empty for frame in facts(store).values())


def test_of_many_bad_rows_the_first_few_are_told_with_their_number(store, tmp_path):
    rows = [ONE.replace("E1", f"E{n}").replace("P1", "P9") for n in range(8)]
    with pytest.raises(BadRows, match=r"8 bad rows.*line 2.*line 4.*And 5 more") as raised:
        imported(store, written(tmp_path, time_entries=[HEADER, *rows]))
    assert "line 5" not in str(raised.value)


def test_good_rows_can_be_accepted_and_the_bad_ones_are_kept_as_they_were(store, tmp_path):
    bad = [BAD.replace("wrote", '"two\nlines"'), 'E8,"P1"']
    folder = written(tmp_path, time_entries=[HEADER, ONE, *bad])
    report = imported(store, folder, accept_good_rows=True, reject_folder=tmp_path / "rejects")
    assert counts(report) == (3, 1, 0, 0, 2)
    assert facts(store)["time_entries"]["entry_id"].tolist() == ["E1"]
    with (tmp_path / "rejects" / NAME).open(newline="") as file:
        rejects = list(csv.DictReader(file))
    assert [(row["line"], row["column"], row["value"]) for row in rejects] == [("3", "patient_id", "P9"), ("5", "", "")]
    assert [row["text"] for row in rejects] == bad


def test_an_id_may_refer_to_what_the_store_knows_already(store, tmp_path):
    imported(store, written(tmp_path))
    patients = ["patient_id,practice_id,billing_staff_id", "P3,PR1,S1"]
    report = imported(store, written(tmp_path, patients=patients), 200)
    assert counts(report) == (2, 0, 0, 2, 0) and len(facts(store)["patients"]) == 3


def test_a_local_time_is_read_in_the_zone_the_store_knows(store, tmp_path):
    imported(store, written(tmp_path))
    local = ONE.replace("-05:00", "")
    patients = ["patient_id,practice_id,billing_staff_id", "P3,PR1,S1"]
    assert counts(imported(store, written(tmp_path, patients=patients, time_entries=[HEADER, local]), 200)) == (
        1,
        0,
        0,
        1,
        0,
    )


def test_an_error_while_writing_leaves_nothing_even_when_the_caller_goes_on(store, tmp_path):
    folder = written(tmp_path, time_entries=[HEADER, ONE, BAD])
    (tmp_path / "file").touch()
    with writing(store) as connection, pytest.raises(Problem, match="reject file"):
        import_extract(connection, folder, 100, "ann", accept_good_rows=True, reject_folder=tmp_path / "file" / "in")
    assert all(frame.empty for frame in facts(store).values())


def test_the_report_can_be_read(store, tmp_path):
    folder = written(tmp_path, time_entries=[f"{HEADER},shoe_size", f"{ONE},9", f"{BAD},9"])
    lines = imported(store, folder, accept_good_rows=True).lines()
    assert lines[0].split() == ["file", "read", "new", "changed", "same", "rejected", "repeated"]
    assert "time_entries.csv                   2           1           0           0           1           0" in lines
    assert any(line.startswith("note: time_entries.csv") and "shoe_size" in line for line in lines)
    assert lines[-1].startswith("rejected: time_entries.csv line 3, patient_id: 'P9': is in no good row")

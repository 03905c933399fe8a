"""A folder or file that cannot be read as an extract is refused with one sentence that says where and why."""

import tracemalloc

import pytest

from ccmlib.importers.csv_file import LONGEST_LINE, read_csv
from ccmlib.importers.extract import extract_facts, read_extract
from ccmlib.month import Month
from ccmlib.problem import Problem

from .folder import FILES, written

HEADER = FILES["time_entries"][0]
GOOD = FILES["time_entries"][1]


def refused(folder):
    with pytest.raises(Problem) as raised:
        read_extract(folder)
    return str(raised.value)


def test_a_folder_that_is_not_there(tmp_path):
    assert "is not a folder" in refused(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["practices", "staff", "patients"])
def test_a_required_file_that_is_not_there(tmp_path, name):
    assert f"no {name}.csv" in refused(written(tmp_path, **{name: None}))


def test_a_required_column_that_is_not_there(tmp_path):
    sentence = refused(written(tmp_path, staff=["staff_id,practice_id,name", "S1,PR1,Ada"]))
    assert "staff.csv" in sentence and "'role'" in sentence


@pytest.mark.parametrize("content", [b"", b"\n", b"\n\n\n", b",,\n", "entry_id\n".encode("utf-16"), b"\xe9,x\n"])
def test_a_file_without_a_header(tmp_path, content):
    assert "time_entries.csv does not begin with a header row" in refused(written(tmp_path, time_entries=content))


def test_a_header_that_names_a_column_twice(tmp_path):
    assert "'entry_id' twice" in refused(written(tmp_path, time_entries=[f"{HEADER},entry_id"]))


def test_a_file_with_a_header_alone_is_empty(tmp_path):
    extract = read_extract(written(tmp_path, time_entries=[HEADER]))
    assert extract.faults == [] and extract.frames["time_entries"].empty


def test_an_absent_file_is_empty(tmp_path):
    extract = read_extract(written(tmp_path, time_entries=None))
    assert extract.frames["time_entries"].empty and "time_entries" not in extract.sheets


def test_a_line_too_long_is_refused_before_it_fills_the_memory(tmp_path):
    folder = written(tmp_path)
    with (folder / "time_entries.csv").open("ab") as file:
        for _ in range(100):
            file.write(b"x" * LONGEST_LINE)
    tracemalloc.start()
    sentence = refused(folder)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "time_entries.csv line 4 is longer than 1,000,000 bytes" in sentence
    assert peak < 20 * LONGEST_LINE


@pytest.mark.parametrize("row", ['"E9,P1', 'E9,"P1"x,S2', f'"{"x" * 200_000}"', "a\rb"])
def test_a_record_that_is_no_csv(tmp_path, row):
    assert "time_entries.csv line 3" in refused(written(tmp_path, time_entries=[HEADER, GOOD, row, GOOD]))


def test_bytes_that_are_not_utf8_make_a_bad_row_of_their_line_alone(tmp_path):
    content = "\n".join([HEADER, GOOD, GOOD.replace("E1", "E2").replace("called", "caf\xe9")]).encode("latin-1")
    extract = read_extract(written(tmp_path, time_entries=content))
    assert [(fault.line, fault.expected) for fault in extract.faults] == [
        (3, "the record is not UTF-8; save the file as UTF-8.")
    ]
    assert extract.frames["time_entries"]["entry_id"].tolist() == ["E1"]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    rows = [HEADER, GOOD.replace("called", '"one\ntwo, ""three"""'), "", GOOD.replace("E1", "E2").replace("P1", "P9")]
    extract = read_extract(written(tmp_path, time_entries=rows))
    assert [fault.line for fault in extract.faults] == [5]
    assert extract.frames["time_entries"]["note"].tolist() == ['one\ntwo, "three"']


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path):
    content = b"\xef\xbb\xbf" + "\r\n".join(FILES["time_entries"]).encode() + b"\r\n"
    extract = read_extract(written(tmp_path, time_entries=content))
    assert extract.faults == [] and extract.frames["time_entries"]["note"].tolist() == ["called", "wrote"]


def test_extra_columns_and_unknown_files_are_reported_and_ignored(tmp_path):
    files = {"time_entry": ["x"], "time_entries": [f"{HEADER},shoe_size", f"{GOOD},9"]}
    extract = read_extract(written(tmp_path, **files))
    assert extract.faults == [] and "shoe_size" not in extract.frames["time_entries"]
    assert any("'shoe_size' is not in the contract" in warning for warning in extract.warnings)
    assert "time_entry.csv is not a file of the extract and was ignored." in extract.warnings


def test_many_records_come_in_batches_and_none_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr("ccmlib.importers.csv_file.RECORDS_AT_ONCE", 2)
    (tmp_path / "x.csv").write_text("a\n" + "".join(f"{n}\n" for n in range(5)))
    file = read_csv(tmp_path / "x.csv")
    assert file.text["a"].tolist() == list("01234") and file.lines.tolist() == [2, 3, 4, 5, 6]


def test_facts_come_from_an_extract_without_a_store(tmp_path):
    facts = extract_facts(written(tmp_path), Month("2026-03"))
    assert facts.time_entries["entry_id"].tolist() == ["E1", "E2"] and facts.tasks.empty
    with pytest.raises(Problem, match="1 bad row"):
        extract_facts(written(tmp_path, time_entries=[HEADER, GOOD.replace("P1", "P9")]), Month("2026-03"))

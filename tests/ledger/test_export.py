"""The exported chain is checked elsewhere by a short script that needs nothing but Python."""

import ast
import json
import subprocess
import sys
from importlib.resources import files

import pytest

from ccmlib.ledger.seal import next_seal
from ccmlib.ledger.verify_export import faults, main, read_export
from ccmlib.problem import Problem
from ccmlib.verify import export, standing, verify

from . import practice
from .practice import HOUR, LOADED, MONTHS, billed_entry, correction, load

SCRIPT = files("ccmlib") / "ledger" / "verify_export.py"


@pytest.fixture
def exported(closed, facts, tmp_path):
    store, saved = closed
    load(store, correction(facts, billed_entry(facts, saved[0]), activity="travel"), LOADED + 2 * HOUR)
    practice.close(store, MONTHS[0], LOADED + 3 * HOUR)
    return store, export(store, tmp_path / "elsewhere" / "ledger.jsonl")


def test_the_script_is_short_and_needs_only_the_standard_library():
    text = SCRIPT.read_text("utf-8")
    assert len(text.splitlines()) < 100
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name for node in nodes}
    assert names <= sys.stdlib_module_names


def test_the_script_alone_finds_the_chain_whole(exported):
    store, path = exported
    done = subprocess.run([sys.executable, "-I", "-S", str(SCRIPT), str(path)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"The chain is whole; its newest hash is {standing(store).head}\n"


def test_no_fact_is_exported_in_clear(exported, facts):
    _, path = exported
    text = path.read_text("utf-8")
    for name in ("family_name", "given_name", "mbi", "patient_id", "phone"):
        values = facts["patients"][name].dropna().unique()
        assert not any(f"{value}" in text for value in values if len(str(value)) > 4), name


def altered(lines, change):
    """The objects of the file after `change`, as text."""
    lines = json.loads(json.dumps(lines))
    change(lines)
    return lines


def first(lines, kind):
    return next(line for line in lines if kind in line)


CHANGES = {
    "a row's digest": lambda lines: first(lines, "seal")["rows"].__setitem__(0, "1,,x"),
    "a row less": lambda lines: first(lines, "seal")["rows"].pop(),
    "a seal's learner": lambda lines: first(lines, "seal")["seal"].update(known_by="eve"),
    "a seal less": lambda lines: lines.remove(first(lines, "seal")),
    "seals exchanged": lambda lines: lines.insert(1, lines.pop(2)),
    "who closed": lambda lines: first(lines, "close")["close"].update(closed_by="eve"),
    "a close less": lambda lines: lines.remove(first(lines, "close")),
    "a count": lambda lines: first(lines, "close")["close"].update(line_count=1),
    "the end": lambda lines: lines.pop(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_an_altered_file_is_found(exported, change, tmp_path, capsys):
    lines = altered(read_export(exported[1]), change)
    assert list(faults(lines))
    path = tmp_path / "altered.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert main([str(path)]) == 3
    assert "whole" not in capsys.readouterr().out


@pytest.mark.parametrize("text", [None, "", "not JSON", "[1]\n", '{"seal": {}}\n'])
def test_a_file_that_is_no_export_is_told_in_one_line(text, tmp_path, capsys):
    path = tmp_path / "file"
    if text is not None:
        path.write_text(text, "utf-8")
    assert main([str(path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_was_exported_before_is_still_there_later(exported, facts):
    store, path = exported
    load(store, {"measures": facts["measures"].assign(value=1)}, LOADED + 4 * HOUR)
    assert verify(store, path) == []


def test_an_earlier_file_that_cannot_be_read_is_one_sentence(exported, tmp_path):
    (tmp_path / "notes").write_text("hello", "utf-8")
    with pytest.raises(Problem, match="ccm verify --export"):
        verify(exported[0], tmp_path / "notes")


def test_seals_forged_anew_over_altered_rows_do_not_fit_the_closes(exported):
    lines, before = read_export(exported[1]), None
    first(lines, "seal")["rows"][0] = "1,," + "f" * 64
    for line in lines:
        if "seal" in line:
            old, rows = line["seal"], [row.encode() for row in line["rows"]]
            new = next_seal(before, old["table_name"], old["first_id"], rows, old["known_at"], old["known_by"])
            line["seal"], before = {name: getattr(new, name) for name in old}, (new.seal_id, new.seal_hash)
    closes = sum("close" in line for line in lines)
    expected = [f"close {number}: not closed on the seal that stood before it" for number in range(1, closes + 1)]
    assert list(faults(lines)) == expected

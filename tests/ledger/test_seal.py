"""A seal tells every row of a batch: whichever is changed, taken away, exchanged or added, it is named."""

from dataclasses import replace
from hashlib import sha256

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ccmlib.ledger.chain_check import check_seals
from ccmlib.ledger.finding import findings_of, gaps
from ccmlib.ledger.row_check import StoredRows, check_rows
from ccmlib.ledger.seal import NOTHING_BEFORE, next_seal, row_line, rows_hash

FIRST = 11


def lines_of(count: int, first: int = FIRST) -> list[bytes]:
    return [row_line(first + number, None, sha256(b"%d" % number).hexdigest()) for number in range(count)]


def sealed(lines):
    return next_seal(None, "t", FIRST, lines, 100, "ann")


def rows(lines, ids=None, known=None):
    ids = np.array(range(FIRST, FIRST + len(lines)) if ids is None else ids, np.int64)
    return StoredRows(ids, lines, known or [(100, "ann")] * len(lines), np.ones(len(lines), bool))


def named(seal, stored):
    return [(finding.rows, finding.what.split()[0]) for finding in check_rows("t", [seal], stored)]


def test_the_hash_of_rows_is_that_of_their_lines():
    lines = [row_line(1, None, "a"), row_line(2, 1, "b")]
    assert lines == [b"1,,a", b"2,1,b"]
    assert rows_hash(lines) == sha256(b"1,,a\n2,1,b").hexdigest()


def test_the_hash_of_a_seal_is_that_of_its_values_as_json():
    seal = next_seal((4, "f" * 64), "t", 1, [b"1,,a"], 100, "Zoë")
    text = f'[5, "t", 1, 1, 100, "Zo\\u00eb", "{seal.rows_hash}", "{"f" * 64}"]'
    assert seal.seal_hash == sha256(text.encode()).hexdigest() == seal.true_hash


@given(st.integers(1, 40), st.data())
def test_one_row_changed_gone_or_added_is_named(count, data):
    lines, seal = lines_of(count), sealed(lines_of(count))
    assert named(seal, rows(lines)) == []
    place = data.draw(st.integers(0, count - 1))
    name = f"row {FIRST + place}"
    changed = [*lines[:place], lines[place] + b"x", *lines[place + 1 :]]
    assert named(seal, rows(changed)) == [(name, "it")]
    ids = [FIRST + number for number in range(count) if number != place]
    assert named(seal, rows([line for line in lines if line != lines[place]], ids)) == [(name, "gone.")]
    added = rows([*lines, b"999,,x"], [*range(FIRST, FIRST + count), 999])
    assert named(seal, added) == [("row 999", "under")]
    other = [(100, "ann")] * place + [(100, "eve")] + [(100, "ann")] * (count - place - 1)
    assert named(seal, rows(lines, known=other)) == [(name, "when")]


@given(st.integers(2, 40), st.data())
def test_two_rows_exchanged_are_both_named(count, data):
    one, other = sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=2, max_size=2)))
    lines = lines_of(count)
    digests = [line.split(b",")[2] for line in lines]
    digests[one], digests[other] = digests[other], digests[one]
    exchanged = [row_line(FIRST + number, None, digest.decode()) for number, digest in enumerate(digests)]
    found = check_rows("t", [sealed(lines)], rows(exchanged))
    assert found == findings_of("t", {FIRST + one, FIRST + other}, found[0].what)


def test_marks_that_were_altered_are_the_seals_fault():
    seal = replace(sealed(lines_of(3)), marks="0" * 24)
    (finding,) = check_rows("t", [seal], rows(lines_of(3)))
    assert (finding.table, finding.rows) == ("seals", "row 1")


def chain(count: int):
    seals, before = [], None
    for number in range(count):
        seals.append(next_seal(before, "t", number + 1, lines_of(1, number + 1), 100, "ann"))
        before = (seals[-1].seal_id, seals[-1].seal_hash)
    return seals


@given(st.integers(2, 12), st.data())
def test_a_chain_of_seals_breaks_where_it_was_touched(count, data):
    seals = chain(count)
    assert seals[0].previous_hash == NOTHING_BEFORE and check_seals(seals, {"t"}) == []
    place = data.draw(st.integers(0, count - 2))
    name = f"row {place + 1}"
    gone = check_seals(seals[:place] + seals[place + 1 :], {"t"})
    assert (gone[0].rows, gone[0].what) == (name, "gone.")
    for change in ({"known_at": 99}, {"known_by": "eve"}, {"first_id": 0}, {"rows_hash": "x"}, {"seal_hash": "x"}):
        touched = [*seals[:place], replace(seals[place], **change), *seals[place + 1 :]]
        assert name in {finding.rows for finding in check_seals(touched, {"t"})}


@given(st.sets(st.integers(1, 30)))
def test_gaps_are_what_is_missing(ids):
    missing = [row for first, last in gaps(1, 30, sorted(ids)) for row in range(first, last + 1)]
    assert sorted([*missing, *ids]) == list(range(1, 31))
    assert [str(finding) for finding in findings_of("t", {1, 2, 5}, "gone.")] == [
        "t rows 1 to 2: gone.",
        "t row 5: gone.",
    ]

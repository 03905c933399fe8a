"""An amendment turns the lines of the close before into those of the new one, each by one action."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from ccmlib.ledger.amendment import KEY, amended_lines, changed_patients, first_lines

KEYS = st.tuples(st.just("PR1"), st.sampled_from(["P1", "P2", "P3"]), st.just("ccm"), st.sampled_from(["A", "B"]))
LINES = st.dictionaries(KEYS, st.sampled_from(["one", "two"]), max_size=6)


def frame(lines: dict) -> pd.DataFrame:
    keys = sorted(lines)
    made = pd.DataFrame(keys, columns=KEY, dtype=object)
    return made.assign(line_digest=pd.Series([f"{lines[key]} {key}" for key in keys], dtype=object))


@given(LINES, LINES)
def test_actions_applied_to_the_lines_before_give_the_lines_after(before, after):
    closed = first_lines(1, frame(before))
    amended = amended_lines(2, closed, frame(after))
    ledger = dict(zip(closed.reference, zip(*(closed[name] for name in KEY), strict=True), strict=True))
    state = dict(ledger)
    for row in amended.to_dict("records"):
        key = tuple(row[name] for name in KEY)
        match row["action"]:
            case "keep":
                assert state[row["reference"]] == key and before[key] == after[key] and row["replaces"] == ""
            case "replace":
                assert state.pop(row["replaces"]) == key and before[key] != after[key]
                state[row["reference"]] = key
            case "add":
                assert key not in before and row["replaces"] == ""
                state[row["reference"]] = key
            case "void":
                assert state.pop(row["replaces"]) == key and key not in after
    assert sorted(state.values()) == sorted(after)
    assert amended.reference.is_unique and len(amended) == len({*before, *after})


@given(LINES, LINES)
def test_only_patients_decided_otherwise_are_changed(before, after):
    keys = {*before, *after}
    expected = {key[1] for key in keys if before.get(key) != after.get(key)}
    assert changed_patients({"lines": frame(before)}, {"lines": frame(after)}) == expected

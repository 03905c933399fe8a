"""The synthetic practice: repeatable, whole, of any size, and nobody in two places at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ccmlib.facts import TABLES
from ccmlib.importers.extract import read_extract
from ccmlib.problem import Problem
from ccmlib.sample import COMMITTED, SITUATIONS, committed_sample, sample_practice, write_sample
from ccmlib.sample.layout import HOURS, PAUSE, laid_out

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
#: Situations whose point is an entry that collides with another.
COLLIDING = ("nurse double-booked", "nurse double-booked, the other patient", "same minutes in CCM and RPM")


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    """The committed sample's frames."""
    return sample_practice(**COMMITTED)


@pytest.fixture(scope="module")
def large() -> dict[str, pd.DataFrame]:
    """Three practices of two months, without planted patients."""
    return sample_practice(1500, 2, 5, planted=False, entries_per_patient=4)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of `folder`, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def instants(values: pd.Series) -> np.ndarray:
    """UTC seconds."""
    return values.to_numpy(dtype="datetime64[s]").astype("int64")


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_sample(sample_practice(70, 2, 9), tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_another_seed_is_another_practice():
    one, other = (sample_practice(70, 1, seed)["time_entries"] for seed in (1, 2))
    assert not one.equals(other)


def test_the_committed_sample_is_what_its_seed_writes(tmp_path):
    committed_sample(tmp_path)
    assert contents(SAMPLES) == contents(tmp_path)


def test_the_committed_sample_is_small_and_has_every_table():
    assert {f"{name}.csv" for name in TABLES} | {"README.md"} == set(contents(SAMPLES))
    assert sum(map(len, contents(SAMPLES).values())) < 1_500_000


@pytest.mark.parametrize(
    "size", [COMMITTED, {"patients": 60, "months": 4, "seed": 8, "practices": 9, "planted": False}]
)
def test_what_is_written_reads_back_as_the_same_facts_in_every_time_zone(tmp_path, size):
    frames = sample_practice(**size)
    write_sample(frames, tmp_path)
    extract = read_extract(tmp_path)
    assert extract.faults == [] and extract.warnings == []
    for name in TABLES:
        pd.testing.assert_frame_equal(extract.frames[name].reset_index(drop=True), frames[name])


def test_every_frame_has_the_columns_and_types_of_its_table(frames):
    assert list(frames) == list(TABLES)
    for name, table in TABLES.items():
        pd.testing.assert_frame_equal(frames[name].head(0), table.empty())


def test_required_columns_are_filled_and_choices_are_kept(frames, large):
    for source in (frames, large):
        for name, table in TABLES.items():
            for column in table.columns:
                values = source[name][column.name]
                assert not (column.required and values.isna().any()), (name, column.name)
                assert not column.choices or set(values.dropna()) <= set(column.choices), (name, column.name)


def test_every_key_is_unique(frames, large):
    for source in (frames, large):
        for name, table in TABLES.items():
            assert not source[name].duplicated(list(table.key)).any(), name


def test_every_reference_resolves(frames, large):
    for source in (frames, large):
        for name, table in TABLES.items():
            for column in table.columns:
                if column.refers_to:
                    known = source[column.refers_to][TABLES[column.refers_to].key[0]]
                    assert source[name][column.name].dropna().isin(known).all(), (name, column.name)


def collisions(entries: pd.DataFrame) -> pd.DataFrame:
    """Entries that begin before an earlier one of the same staff member has ended."""
    entries = entries.sort_values(["staff_id", "started_at", "ended_at"])
    latest = entries["ended_at"].groupby(entries["staff_id"]).cummax()
    latest = latest.groupby(entries["staff_id"]).shift()
    return entries[entries["started_at"] < latest]


def test_nobody_is_double_booked_in_the_ordinary_log(large):
    assert collisions(large["time_entries"]).empty


def test_a_nearly_full_month_still_keeps_a_pause_between_entries():
    draws = np.random.default_rng(1)
    seconds = draws.integers(60, 3000, 200)
    days = int(np.ceil((seconds + PAUSE).sum() / (HOURS * 3600)))
    day, second = laid_out(np.zeros(200, dtype=int), seconds, draws.random(200), days)
    began = day * 86_400 + second
    order = np.argsort(began)
    ends = (began + seconds)[order]
    assert (began[order][1:] >= ends[:-1] + PAUSE).all() and day.max() < days


def test_more_work_than_the_staff_has_hours_is_refused():
    with pytest.raises(Problem, match="does not fit"):
        laid_out(np.zeros(20, dtype=int), np.full(20, 3000), np.linspace(0, 0.9, 20), 1)


def test_staff_work_for_their_own_practice_and_so_do_billing_practitioners():
    made = sample_practice(1100, 1, 4, practices=3)
    staff, patients = (made[name].set_index(key)["practice_id"] for name, key in
                       (("staff", "staff_id"), ("patients", "patient_id")))  # fmt: skip
    for table, column in (("time_entries", "staff_id"), ("consents", "staff_id"), ("patients", "billing_staff_id")):
        rows = made[table]
        assert (rows[column].map(staff) == rows["patient_id"].map(patients)).all()
    billing = made["patients"]["billing_staff_id"].map(made["staff"].set_index("staff_id")["role"])
    assert set(billing) == {"physician", "nurse_practitioner"}


def test_only_planted_situations_double_book(frames):
    planted = {f"P{number:04d}": one.name for number, one in enumerate(SITUATIONS, start=1)}
    found = collisions(frames["time_entries"])
    assert set(found["patient_id"].map(planted)) <= set(COLLIDING) and len(found) == 2


def test_ordinary_work_lies_on_weekdays_in_working_hours(large):
    zones = large["practices"].set_index("practice_id")["time_zone"]
    practice = large["time_entries"]["patient_id"].map(large["patients"].set_index("patient_id")["practice_id"])
    for zone, started in large["time_entries"]["started_at"].groupby(practice.map(zones)):
        local = started.dt.tz_convert(zone)
        assert local.dt.day_of_week.max() < 5 and local.dt.hour.between(8, 16).all()


def test_about_six_in_ten_of_the_enrolled_reach_20_minutes(large):
    entries = large["time_entries"]
    seconds = instants(entries["ended_at"]) - instants(entries["started_at"])
    total = pd.Series(seconds).groupby([entries["patient_id"], entries["started_at"].dt.month]).sum()
    assert 0.55 < (total >= 1200).mean() < 0.68
    assert 300 < np.median(seconds) < 540


def test_about_one_in_ten_has_fewer_than_two_conditions(large):
    lasting = large["conditions"][large["conditions"]["abated_date"].isna()]
    counts = lasting["patient_id"].value_counts().reindex(large["patients"]["patient_id"], fill_value=0)
    assert 0.07 < (counts < 2).mean() < 0.11


def test_the_panel_is_covered_as_a_medicare_panel_is(large):
    shares = large["coverage"]["payer"].value_counts() / len(large["patients"])
    assert 0.70 < shares["medicare_part_b"] < 0.80 and 0.16 < shares["medicare_advantage"] < 0.24


@pytest.mark.parametrize("patients", [1, 2, 30, 501])
def test_any_number_of_patients_can_be_made(patients):
    made = sample_practice(patients, 1, 3)
    assert len(made["patients"]) == patients and len(made["practices"]) == max(1, round(patients / 500))


def test_practices_teams_and_months_are_as_many_as_asked():
    made = sample_practice(1200, 2, 3, practices=2, last_month="2025-02", planted=False)
    assert made["practices"]["practice_id"].tolist() == ["PR01", "PR02"]
    assert len(made["staff"]) == 4 * 8
    assert set(made["time_entries"]["started_at"].dt.strftime("%Y-%m")) == {"2025-01", "2025-02"}


def test_entries_per_patient_is_the_mean_of_an_enrolled_month():
    made = sample_practice(2000, 1, 3, planted=False, enrolled=1)
    entries = made["time_entries"].query("program == 'ccm'")
    assert 7.2 < len(entries) / entries["patient_id"].nunique() < 8.4


@pytest.mark.parametrize("size", [{"patients": 0}, {"patients": 1_000_001}, {"months": 0}, {"practices": 9}])
def test_a_size_that_cannot_be_made_is_refused_in_a_sentence(size):
    with pytest.raises(Problem, match="cannot be made"):
        sample_practice(**{"patients": 5, "months": 1, "seed": 1, **size})


def test_npis_are_valid_and_below_any_issued(large):
    numbers = [*large["practices"]["billing_npi"], *large["staff"]["npi"].dropna()]
    for number in numbers:
        doubled = [int(digit) * (2 - (place + 1) % 2) for place, digit in enumerate(reversed(number))]
        assert (24 + sum(value // 10 + value % 10 for value in doubled)) % 10 == 0 and number < "1003000000"
    assert len(set(numbers)) == len(numbers)


def test_medicare_numbers_have_the_right_shape_and_nobody_shares_one(large):
    letter, either = "[AC-HJKMNP-RT-Y]", "[AC-HJKMNP-RT-Y0-9]"
    shape = f"[1-9]{letter}{either}[0-9]{letter}{either}[0-9]{letter}{{2}}[0-9]{{2}}"
    assert large["patients"]["mbi"].str.fullmatch(shape).all() and large["patients"]["mbi"].is_unique


def test_notes_are_not_all_the_same(large):
    assert large["time_entries"]["note"].nunique() > 400


def test_every_situation_has_its_own_name_and_a_line_in_the_page():
    page = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert len({one.name for one in SITUATIONS}) == len(SITUATIONS)
    assert all(one.sentence in page for one in SITUATIONS)

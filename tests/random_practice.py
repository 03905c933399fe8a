"""Random practices, rich in trouble: a seed and a month make the same extract again.

About half of the patients lack nothing, so that claims of every family occur; the others have one or more
of the troubles that the rules speak of. Entries crowd around the month's edges and the nights on which
the clocks change; they overlap each other, other programs, and the staff member's other patients.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from random import Random

import numpy as np
import pandas as pd

from ccmlib.facts import COUNTED_ACTIVITIES, TABLES, UNCOUNTED_ACTIVITIES, typed
from ccmlib.month import Month

from .random_patient import Setting, patient_rows

ZONES = ("America/New_York", "America/Los_Angeles", "America/Chicago", "Pacific/Honolulu", "America/Phoenix")
MANHATTAN = "13202-01"
FIRST_YEAR_OF_LOCALITIES = 2025
MINUTE, HOUR = 60, 3600
LENGTHS = (1199, 1200, 1201, 600, 599, 300, 1800, 2400, 3600, 61, 5400)
ODD_LENGTHS = (0, 12 * HOUR, 12 * HOUR + 1, 13 * HOUR, 4 * HOUR, 7 * HOUR)
NOTE = "Reviewed the medicines with the patient and agreed what to do until the next call."


def random_practice(
    seed: int, patients: int = 40, month: str = "2026-03", practices: int = 2, entries: int = 8
) -> dict[str, pd.DataFrame]:
    """Frames by table name, without the empty ones: practices, and patients with up to `entries` time entries each."""
    rng = Random(f"{seed} {patients} {month}")
    rows = {name: [] for name in TABLES}
    settings = [practice(rng, number, Month(month), patients // practices + 1, rows) for number in range(practices)]
    for number in range(patients):
        setting = rng.choice(settings)
        patient_id = f"p{number:05}"
        for table, found in patient_rows(rng, patient_id, setting).items():
            rows[table] += found
        rows["time_entries"] += time_entries(rng, patient_id, setting, entries)
    number_entries(rng, rows["time_entries"])
    return {name: typed(frame(rng, name, found), TABLES[name]) for name, found in rows.items() if found}


def practice(rng: Random, number: int, month: Month, patients: int, rows: dict) -> Setting:
    """A practice with its staff, added to `rows`."""
    practice_id, zone = f"practice{number}", rng.choice(ZONES)
    manhattan = zone == ZONES[0] and month.first.year >= FIRST_YEAR_OF_LOCALITIES and rng.random() < 0.5
    npi = npi_of(10 * number + 9)
    rows["practices"].append({
        "practice_id": practice_id, "name": f"Practice {number}", "time_zone": zone, "billing_npi": npi,
        "medicare_locality": MANHATTAN if manhattan else None,
        "place_of_service_code": rng.choice(["11", "11", "11", "22", "19"]),
        "setting": rng.choice(["office", "office", "office", "facility"]),
    })  # fmt: skip
    staff = [*practitioners(rng, practice_id, number), *other_staff(practice_id, max(3, patients // 8))]
    rows["staff"] += staff
    start, end = month.bounds(zone)
    return Setting(practice_id, npi, zone, month, start, end, staff, odd_seconds(month, zone))


def practitioners(rng: Random, practice_id: str, number: int) -> list[dict]:
    """Who may bill, and the physician's second record under the same NPI."""
    roles = {"dr": "physician", "np": "nurse_practitioner", "pa": "physician_assistant",
             "cnm": "certified_nurse_midwife", "dr_again": "physician"}  # fmt: skip
    npis = {name: npi_of(10 * number + place) for place, name in enumerate(roles)}
    npis["dr_again"] = npis["dr"]
    return [
        {"staff_id": f"{practice_id}-{name}", "practice_id": practice_id, "name": name, "role": role,
         "npi": npis[name], "qualifying_apm": rng.random() < 0.3}
        for name, role in roles.items()
    ]  # fmt: skip


def other_staff(practice_id: str, count: int) -> list[dict]:
    """Clinical staff, as many as the patients need, and a clerk."""
    roles = ("registered_nurse", "medical_assistant", "pharmacist", "social_worker", "care_coordinator")
    clinical = [(f"cs{number:03}", roles[number % len(roles)]) for number in range(count)]
    return [
        {"staff_id": f"{practice_id}-{name}", "practice_id": practice_id, "name": name, "role": role}
        for name, role in [*clinical, ("clerk", "administrative")]
    ]


def npi_of(number: int) -> str:
    """A valid NPI: nine digits and the check digit of the prefix 80840."""
    nine = f"1{number:08}"
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in nine[::-2])
    return f"{nine}{-(24 + doubled + sum(map(int, nine[-2::-2]))) % 10}"


def odd_seconds(month: Month, zone: str) -> list[int]:
    """Instants where mistakes live: the month's edges and the nights of 23 or 25 hours."""
    days = month.days(zone)
    nights = [day + 2 * HOUR for day, after in pairwise(days) if after - day != 24 * HOUR]
    return [days[0], days[-1], *nights, *nights]


def time_entries(rng: Random, patient_id: str, setting: Setting, most: int) -> list[dict]:
    """The patient's entries; some begin inside an earlier one, of this patient or of the practice's last."""
    made = []
    team = rng.sample(setting.clinical, 2) if rng.random() < 0.8 else [rng.choice(setting.practitioners)]
    program = "ccm" if rng.random() < 0.9 else rng.choice(["rpm", "pcm", "tcm"])
    for _ in range(rng.randint(0, most)):
        entry = time_entry(rng, patient_id, setting, program, rng.choice(team))
        shift(rng, entry, made, setting.recent)
        made.append(entry)
    setting.recent.extend(made[-3:])
    del setting.recent[:-6]
    return made


def time_entry(rng: Random, patient_id: str, setting: Setting, program: str, staff_id: str) -> dict:
    start = moment(rng, setting)
    length = rng.choice(LENGTHS) if rng.random() < 0.95 else rng.choice(ODD_LENGTHS)
    length += rng.choice([0, 0, 1, 17, 240])
    odd = rng.random()
    activity = rng.choice(COUNTED_ACTIVITIES if odd < 0.95 else UNCOUNTED_ACTIVITIES)
    return {
        "patient_id": patient_id, "staff_id": staff_id if odd > 0.04 else f"{setting.practice_id}-clerk",
        "program": program if rng.random() < 0.95 else rng.choice(["ccm", "rpm", "bhi"]), "activity": activity,
        "started_at": start, "ended_at": start + length, "live_contact": rng.random() < 0.5,
        "source": rng.choice(["timer"] * 6 + ["manual", "imported", "imputed"]),
        "note": rng.choice([NOTE] * 9 + ["", "ok"]),
        "recorded_at": rng.choice([None, start + length, start + length + 7 * 24 * HOUR + rng.choice([0, 0, 0, 1])]),
    }  # fmt: skip


def moment(rng: Random, setting: Setting) -> int:
    """A working hour of the month, or a minute near an odd second."""
    if rng.random() < 0.12:
        return rng.choice(setting.odd_seconds) + rng.randint(-40, 40) * MINUTE
    day = rng.randrange((setting.end - setting.start) // (24 * HOUR))
    return setting.start + day * 24 * HOUR + 8 * HOUR + rng.randrange(10 * HOUR // MINUTE) * MINUTE


def shift(rng: Random, entry: dict, made: list[dict], recent: list[dict]) -> None:
    """Sometimes lay the entry over an earlier one: same patient, or same staff member with another patient."""
    odd = rng.random()
    over = rng.choice(made) if made and odd < 0.12 else rng.choice(recent) if recent and odd > 0.97 else None
    if over is None:
        return
    length = entry["ended_at"] - entry["started_at"]
    entry["started_at"] = over["started_at"] + rng.choice([0, 0, 60, 300, length])
    entry["ended_at"] = entry["started_at"] + length
    if over["patient_id"] != entry["patient_id"]:
        entry["staff_id"] = over["staff_id"]


def number_entries(rng: Random, entries: list[dict]) -> None:
    """Ids that say nothing of the order in which the entries were made."""
    numbers = rng.sample(range(len(entries)), len(entries))
    for entry, number in zip(entries, numbers, strict=True):
        entry["entry_id"] = f"e{number:07}"


def frame(rng: Random, name: str, rows: list[dict]) -> pd.DataFrame:
    """The rows in no particular order, an instant from UTC seconds and a day from a date."""
    rng.shuffle(rows)
    table = TABLES[name]
    columns = {column.name: [row.get(column.name) for row in rows] for column in table.columns}
    return pd.DataFrame({column.name: series(columns[column.name], column.kind) for column in table.columns})


def series(values: list, kind: str) -> pd.Series:
    if kind == "instant":
        return pd.Series(moments(values)).dt.tz_localize("UTC")
    if kind == "date":
        return pd.Series(moments([None if day is None else at_midnight(day) for day in values]))
    return pd.Series([None if value == "" else value for value in values], dtype=object)


def at_midnight(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days * 24 * HOUR


def moments(seconds: list[int | None]) -> np.ndarray:
    absent = np.iinfo("int64").min
    return np.array([absent if second is None else second for second in seconds], "int64").view("datetime64[s]")

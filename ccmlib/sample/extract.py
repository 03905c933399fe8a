"""Writes frames as a practice extract: a folder of CSV files in the contract's form."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from ..facts import TABLES, Column

#: Owners are looked up by the first of these columns that a table has.
PRACTICE_OF = ("practice_id", "patient_id", "care_plan_id")


def write_sample(frames: dict[str, pd.DataFrame], folder: Path | str) -> list[Path]:
    """Writes each frame to `folder`/<table>.csv and returns the paths; the same frames give the same bytes."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    zones = _zones(frames)
    return [_written(frames, name, zones, folder / f"{name}.csv") for name in TABLES if name in frames]


def _written(frames: dict[str, pd.DataFrame], name: str, zones: pd.Series, path: Path) -> Path:
    table, frame = TABLES[name], frames[name]
    owner = next((column for column in PRACTICE_OF if column in frame), None)
    zone = frame[owner].map(zones) if owner else None
    text = pd.DataFrame({column.name: _text(frame[column.name], column, zone) for column in table.columns})
    text.to_csv(path, index=False, lineterminator="\n")
    return path


def _zones(frames: dict[str, pd.DataFrame]) -> pd.Series:
    """The time zone of every practice, patient and care plan, by id."""
    practices = frames["practices"].set_index("practice_id")["time_zone"]
    patients = frames["patients"].set_index("patient_id")["practice_id"].map(practices)
    plans = frames["care_plans"].set_index("care_plan_id")["patient_id"].map(patients)
    return pd.concat([practices, patients, plans])


def _text(values: pd.Series, column: Column, zone: pd.Series | None) -> pd.Series:
    if column.kind == "instant":
        return _instant_text(values, zone)
    if column.kind == "date":
        return _iso(values).str.slice(0, 10)
    if column.kind == "boolean":
        return pd.Series(np.where(values, "true", "false"), index=values.index)
    return values.astype("Int64") if column.kind == "integer" else values


def _iso(values: pd.Series) -> pd.Series:
    """ISO 8601 without an offset; absent stays absent."""
    text = pd.Series(np.datetime_as_string(values.to_numpy(dtype="datetime64[s]")), index=values.index, dtype="str")
    return text.where(values.notna())


def _instant_text(values: pd.Series, zone: pd.Series) -> pd.Series:
    """Local time with its offset, zone by zone."""
    parts = [_local_text(values[zone == name], name) for name in sorted(zone.unique())]
    return pd.concat(parts).reindex(values.index) if parts else values.astype("str")


def _local_text(values: pd.Series, zone: str) -> pd.Series:
    local = values.dt.tz_convert(zone).dt.tz_localize(None)
    minutes = ((local - values.dt.tz_localize(None)).dt.total_seconds() // 60).fillna(0).astype("int64")
    return _iso(local) + minutes.map({one: _offset(one) for one in minutes.unique()})


def _offset(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"

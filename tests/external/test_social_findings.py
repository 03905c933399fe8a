"""Work, school, stress and the like stand among Synthea's "active conditions" and are no diseases."""

import datetime as dt

import pandas as pd
import pytest

from ccmlib.importers.synthea import synthea_frames
from ccmlib.month import Month
from ccmlib.rulebook import Rulebook
from ccmlib.screen import screen

SETS = [("synthea_csv_2026_small", dt.date(2026, 6, 30)), ("synthea_csv_2024_dbt", dt.date(2024, 1, 31))]
SOCIAL = (
    "employ|educat|school|college|stress|labor force|review due|social|violence|criminal|housing|transport|refugee"
    "|armed forces|limited social|partner abuse|part-time|full-time|housewife|pregnan|miscarriage|retired|loss of"
)


@pytest.mark.parametrize(("name", "on"), SETS, ids=[name for name, _ in SETS])
def test_social_findings_are_no_diseases(shared, name, on):
    folder, rules = shared / "external" / name, Rulebook.load().on(Month(f"{on:%Y-%m}"))
    said = pd.read_csv(folder / "conditions.csv", dtype="str")
    social = set(said.CODE[said.DESCRIPTION.str.contains(SOCIAL, case=False)])
    frames = synthea_frames(folder)
    rows = frames["conditions"]
    of_social = rows.snomed_code.isin(social)
    assert of_social.sum() > 100 and rows[of_social].abated_date.isna().sum() > 10
    every = screen(frames, rules, on)
    assert (screen(frames | {"conditions": rows[of_social]}, rules, on).conditions == 0).all()
    without = screen(frames | {"conditions": rows[~of_social]}, rules, on)
    pd.testing.assert_frame_equal(without, every)
    assert every.conditions.sum() > 0

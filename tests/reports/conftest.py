"""Decided months for the report tests: the sample practice, and small ones of the worked cases' kind."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from ccmlib.close import MonthClose, close_month
from ccmlib.facts import MonthFacts
from ccmlib.month import Month
from ccmlib.reports import MonthReport, month_report
from ccmlib.rulebook import Rulebook

from ..case import case_frames

SAMPLE_MONTH = "2026-10"


@pytest.fixture(scope="session")
def sample() -> MonthReport:
    """The report of the sample practice."""
    return month_report(SAMPLE_MONTH)


@pytest.fixture(scope="session")
def close(sample) -> MonthClose:
    """The sample practice's month as decided."""
    return sample.close


@pytest.fixture(scope="session")
def decide() -> Callable[..., MonthReport]:
    """Called with a worked case's words, the report of its month; `change` may alter the frames."""

    def decided(month: str = "2026-03", change=dict, **words) -> MonthReport:
        frames, _ = case_frames({"month": month, "log": []} | words)
        facts = MonthFacts.of(Month(month), change(frames))
        return MonthReport(close_month(facts, Rulebook.load().on(Month(month))))

    return decided


@pytest.fixture(scope="session")
def two_practices(decide) -> MonthReport:
    """One ready patient in each of two practices."""

    def split(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        other = frames["practices"].assign(practice_id="oak", name="Oak Street Clinic")
        patients = frames["patients"]
        patients.loc[patients.patient_id == "p2", "practice_id"] = "oak"
        return frames | {"practices": pd.concat([frames["practices"], other], ignore_index=True), "patients": patients}

    log = [{"minutes": 20}, {"minutes": 20, "patient": "p2"}]
    return decide(log=log, patients=["p2"], change=split)

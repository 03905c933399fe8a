"""The sample practice's last month, to the byte. A change here is a change of what practices would bill.

Rewrite after a wanted change: ``ccm import extract data/samples && ccm preview 2026-10 --out tests/golden``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ccmlib.close import close_month
from ccmlib.importers.extract import extract_facts
from ccmlib.month import Month
from ccmlib.rulebook import Rulebook

HOME = Path(__file__).parent.parent
MONTH = Month("2026-10")


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("close")
    facts = extract_facts(HOME / "data" / "samples", MONTH)
    close_month(facts, Rulebook.load().on(MONTH)).write(folder)
    return folder


@pytest.mark.parametrize("name", ["claim_lines", "holds", "seconds"])
def test_the_sample_month_is_the_golden_one(written, name):
    golden = HOME / "tests" / "golden" / f"{name}.csv"
    assert (written / f"{name}.csv").read_text("utf-8") == golden.read_text("utf-8")

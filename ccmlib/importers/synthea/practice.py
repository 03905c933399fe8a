"""The one practice that a Synthea export is read as: an export has hundreds of organizations and no practice."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ...facts import TABLES, typed
from ...month import zone
from ...problem import Problem
from ..identifiers import is_npi


@dataclass(frozen=True)
class SyntheaPractice:
    """Who the practice is. The NPI has a valid check digit and lies below all that were ever issued."""

    practice_id: str = "synthea"
    name: str = "Synthea practice (synthetic NPI)"
    time_zone: str = "America/New_York"
    billing_npi: str = "1009000013"

    def checked(self) -> SyntheaPractice:
        """This practice; raises Problem when the time zone or the NPI's check digit is wrong."""
        zone(self.time_zone)
        if not is_npi(self.billing_npi):
            raise Problem(f"{self.billing_npi!r} is not an NPI: ten digits with the right check digit were expected.")
        return self

    def frame(self) -> pd.DataFrame:
        """The practice as a row of its table."""
        row = vars(self) | {"place_of_service_code": "11", "setting": "office"}
        return typed(pd.DataFrame([row]), TABLES["practices"])


SYNTHEA_PRACTICE = SyntheaPractice()

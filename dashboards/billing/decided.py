"""A month as it would be closed now, beside the last close; the frames that every list of the page is cut from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ccmlib.close import MonthClose
from ccmlib.ledger.amendment import amended_lines
from ccmlib.ledger.close_record import Close
from ccmlib.ledger.tables import DECIDED, plain
from ccmlib.reports.near import near_steps
from ccmlib.reports.patient_month import codes_of, hold_rows, patient_months
from ccmlib.requirement import REVIEW
from ccmlib.store.digest import row_digests

KEY = ["patient", "program"]


@dataclass(frozen=True, eq=False)
class Decided:
    """One practice's month. `mark`: the store's mark when it was read.

    `last`: the newest close of this month and its lines; `before`: that of the latest month before; None
    when there is none. Frames name patients and programs by their numbers in `close`.
    """

    close: MonthClose
    mark: str
    last: Close | None = None
    last_lines: pd.DataFrame | None = None
    before: Close | None = None
    before_lines: pd.DataFrame | None = None

    @cached_property
    def months(self) -> pd.DataFrame:
        """patient, program, held, logged, allowed_cents, kept_back_cents per patient with time; most money first."""
        order = ["kept_back_cents", "allowed_cents", "logged", "patient"]
        return patient_months(self.close).sort_values(order, ascending=[False] * 3 + [True], ignore_index=True)

    @property
    def held(self) -> pd.DataFrame:
        """The rows of `months` that are held."""
        return self.months[self.months.held]

    @property
    def ready(self) -> pd.DataFrame:
        """The rows of `months` that are billed."""
        return self.months[~self.months.held]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The hold and review rows, most money first within a patient."""
        return hold_rows(self.close).sort_values("kept_back_cents", ascending=False, kind="stable")

    def rows_of(self, patient: int, program: int, severity: str) -> pd.DataFrame:
        """The rows of one patient and program with this severity."""
        return self.rows.iloc[self._places.get((patient, program, severity), [])]

    @cached_property
    def _places(self) -> dict[tuple[int, int, str], np.ndarray]:
        return self.rows.groupby([*KEY, "severity"], sort=False).indices

    @cached_property
    def near(self) -> pd.DataFrame:
        """patient, program, counted, short, code, cents; shortest first."""
        return near_steps(self.close)

    @cached_property
    def to_look_at(self) -> pd.DataFrame:
        """The rows of `months` that are billed and that a person should check."""
        marked = self.rows[(self.rows.severity == REVIEW) & ~self.rows.held][KEY].drop_duplicates()
        return self.months.merge(marked, on=KEY)

    @cached_property
    def codes(self) -> dict[tuple[int, int], str]:
        """What each patient bills, or would bill, such as ``99490 ×1, 99439 ×2``, by patient and program."""
        return {
            (patient, number): words
            for number, program in enumerate(self.close.programs)
            for patient, words in codes_of(self._base_first(program.lines)).items()
        }

    def _base_first(self, lines: pd.DataFrame) -> pd.DataFrame:
        place = {code: number for number, code in enumerate(self.close.rules.codes)}
        return lines.take(np.argsort(lines.hcpcs_code.map(place).to_numpy(), kind="stable"))

    @cached_property
    def allowed_cents(self) -> int:
        """What is ready to bill."""
        return int(self.close.claim_lines.allowed_cents.sum())

    @cached_property
    def changes(self) -> pd.DataFrame:
        """The claim lines that differ from the last close of this month, with `action` and `was_cents`.

        Each line is added, replaced or taken back (add, replace, void). No rows without a close.
        """
        if self.last is None:
            return self._digested(self.close.claim_lines).assign(action="", was_cents=0).iloc[:0]
        before = self._digested(self.last_lines).assign(reference=self.last_lines.reference.to_numpy())
        lines = amended_lines(0, before, self._digested(self.close.claim_lines))
        was = before.set_index("reference").allowed_cents
        lines["was_cents"] = lines.replaces.map(was).fillna(0).astype(np.int64)
        return lines[lines.action != "keep"].reset_index(drop=True)

    @staticmethod
    def _digested(lines: pd.DataFrame) -> pd.DataFrame:
        lines = plain(lines, DECIDED["claim_lines"])
        return lines.assign(line_digest=row_digests(lines, DECIDED["claim_lines"]))

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each patient by id."""
        return {name: number for number, name in enumerate(self.close.panel.patients.patient_id)}

    @cached_property
    def haystack(self) -> pd.Series:
        """What is searched to find a patient: id, record number and names, in lower case."""
        people = self.close.panel.patients.fillna({"medical_record_number": "", "family_name": "", "given_name": ""})
        names = people.given_name + " " + people.family_name + ", " + people.given_name
        return (people.patient_id + " " + people.medical_record_number + " " + names).str.casefold()

    def found(self, query: str) -> np.ndarray:
        """The numbers of the patients whose names or numbers contain `query`."""
        return np.flatnonzero(self.haystack.str.contains(query.strip().casefold(), regex=False))

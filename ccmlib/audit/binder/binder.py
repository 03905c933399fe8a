"""Make a binder, write it, and make those of a whole sample: a folder for each patient, in it one for each month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from ...close import MonthClose
from ...problem import Problem
from .checklist import Item, checklist
from .page import page
from .pdf import Printer, settled
from .section_claim import PAYMENT
from .subject import Subject


@dataclass(frozen=True)
class Binder:
    """The evidence of one patient's month; nothing is rendered until it is asked for."""

    subject: Subject

    @property
    def items(self) -> list[Item]:
        """The contractor's checklist with the state of each item."""
        return checklist(self.subject)

    def html(self, pages: Mapping[str, int] | None = None) -> str:
        """The page; without `pages` its contents name sections and no page numbers."""
        return page(self.subject, pages or {})

    def printed(self, press: Printer) -> tuple[str, bytes]:
        """HTML and PDF whose contents page names the right pages."""
        return settled(self.html, press)

    def write(self, folder: Path, press: Printer | None = None) -> list[Path]:
        """Write binder.html, and with a printer binder.pdf, into `folder`/patient/month; returns what was written.

        The files hold patient data and are readable by their owner alone. Raises Problem when they cannot be written.
        """
        place = folder / folder_name(self.subject.person.patient_id) / str(self.subject.close.panel.month)
        html, pdf = self.printed(press) if press else (self.html(), None)
        files = {place / "binder.html": html.encode()} | ({place / "binder.pdf": pdf} if pdf else {})
        for path, content in files.items():
            _write(path, content)
        return list(files)


def binder(
    close: MonthClose, patient_id: str, close_hash: str, program: str = "ccm", *,
    closed_lines: pd.DataFrame | None = None, payment: pd.DataFrame | None = None,
) -> Binder:  # fmt: skip
    """The binder of `patient_id` in the month of `close`, which is the month decided from the facts of the close.

    `close_hash` is the hash of the saved close and stands on every page. `closed_lines`, the claim lines that the
    ledger saved, must be those of `close`: Problem when they are not, because the hash would vouch for other lines.
    `payment`: hcpcs_code, paid_on, paid_cents, patient_cents, adjustments, a row a paid line. Problem too for an
    unknown patient or program, or a hash that is empty.
    """
    if not close_hash:
        raise Problem("A binder carries the hash of a saved close; close the month first, then give its hash.")
    rows = close.panel.patients.index[close.panel.patients.patient_id == patient_id]
    if not len(rows):
        raise Problem(
            f"No patient {patient_id!r} is known in {close.panel.month}; check the id, or import the patient."
        )
    programs = [each for each in close.programs if each.question.program == program]
    if not programs:
        raise Problem(
            f"{program!r} is not decided in {close.panel.month}, so it has no binder; choose a program of the close."
        )
    if payment is not None and set(PAYMENT) - set(payment):
        raise Problem(
            f"The payment has no column {', '.join(sorted(set(PAYMENT) - set(payment)))}; give {', '.join(PAYMENT)}."
        )
    subject = Subject(close, programs[0], int(rows[0]), close_hash, payment)
    if closed_lines is not None:
        _refuse_other_lines(subject, closed_lines)
    return Binder(subject)


def binders_for_sample(
    units: pd.DataFrame, closes: Mapping[str, tuple[MonthClose, str]], folder: Path, press: Printer | None = None
) -> list[Path]:
    """Write the binder of every sampled unit (columns patient_id, service_month, program) below `folder`.

    `closes` gives each service month its decision and the hash of its close. There are no spares: a unit whose month
    or patient is missing is a Problem, and nothing is skipped. All binders are made before the first is written.
    """
    wanted = (
        units[["patient_id", "service_month", "program"]].drop_duplicates().sort_values(["patient_id", "service_month"])
    )
    if wanted.duplicated(["patient_id", "service_month"]).any():
        raise Problem("A patient's month is sampled in two programs; write the binders of one program at a time.")
    made = [_of_unit(unit, closes) for unit in wanted.itertuples(index=False)]
    return [path for each in made for path in each.write(folder, press)]


def folder_name(patient_id: str) -> str:
    """A patient id as a name of a folder: no id can lead out of the folder it belongs in."""
    return quote(patient_id, safe=" ").replace(".", "%2E")


def _of_unit(unit, closes: Mapping[str, tuple[MonthClose, str]]) -> Binder:
    if unit.service_month not in closes:
        raise Problem(
            f"{unit.patient_id} was sampled in {unit.service_month}, which has no close here; give every sampled month."
        )
    close, close_hash = closes[unit.service_month]
    return binder(close, unit.patient_id, close_hash, unit.program)


def _refuse_other_lines(subject: Subject, closed: pd.DataFrame) -> None:
    mine = closed[
        (closed.patient_id == subject.person.patient_id) & (closed.program == subject.program.question.program)
    ]
    shared = ["hcpcs_code", "units", "service_date", "allowed_cents", "diagnosis_codes", "rendering_npi", "billing_npi"]
    one, other = (
        lines[shared].astype(str).sort_values("hcpcs_code", ignore_index=True) for lines in (mine, subject.lines)
    )
    if not one.equals(other):
        raise Problem(
            f"{subject.person.patient_id} is claimed otherwise in the close than the facts given here decide; "
            "use the facts as of the close, or replay the month."
        )


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(content)
    except OSError as error:
        raise Problem(f"{path.name} cannot be written: {error.strerror}; choose another folder.") from error

"""The month as files to take away: claims and holds as CSV, everything as a workbook. No cell becomes a formula."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pandas as pd
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ..ui.shapes import File
from .decided import Decided

#: A cell that begins with one of these may be run by a spreadsheet, so it gets an apostrophe.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOLLARS = '"$"#,##0.00'
WIDEST = 60


def claims_csv(decided: Decided) -> File:
    """The claim lines as they would be closed now; the columns of the public contract, money in cents."""
    return _csv(decided, "claim_lines", decided.close.claim_lines)


def holds_csv(decided: Decided) -> File:
    """The holds and reviews; the columns of the public contract, money in cents."""
    return _csv(decided, "holds", decided.close.holds)


def workbook(decided: Decided) -> File:
    """Claims, holds, who is near the next threshold, and the time, a sheet each; money in dollars."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, frame in _sheets(decided).items():
        _sheet(book.create_sheet(title), dollars(frame))
    content = io.BytesIO()
    book.save(content)
    return File(_name(decided, "billing", "xlsx"), content.getvalue(), WORKBOOK)


def neutral(value: object) -> object:
    """A text that a spreadsheet would run as a formula, made plain text by an apostrophe; all else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def dollars(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns of cents as exact dollars, renamed."""
    money = [name for name in frame if name.endswith("_cents")]
    exact = {name: [Decimal(int(cents)) / 100 for cents in frame[name]] for name in money}
    changed = frame.assign(**{name: pd.Series(values, frame.index, object) for name, values in exact.items()})
    return changed.rename(columns={name: name.removesuffix("_cents") for name in money})


def _sheets(decided: Decided) -> dict[str, pd.DataFrame]:
    near, patients = decided.near, decided.close.panel.patients
    close = pd.DataFrame({
        "patient_id": patients.patient_id.to_numpy(object)[near.patient], "counted_seconds": near.counted,
        "short_seconds": near.short, "hcpcs_code": near.code, "worth_cents": near.cents,
    })  # fmt: skip
    return {
        "Claim lines": decided.close.claim_lines, "Held and to look at": decided.close.holds, "Near threshold": close,
        "Seconds": decided.close.seconds,
    }  # fmt: skip


def _sheet(sheet, frame: pd.DataFrame) -> None:
    sheet.append([name.replace("_", " ") for name in frame])
    for row in frame.itertuples(index=False):
        sheet.append([_cell(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(frame, 1):
        _column(sheet, number, frame[name])


def _column(sheet, number: int, values: pd.Series) -> None:
    letter = get_column_letter(number)
    longest = max([len(str(values.name)), *(len(str(value)) for value in values)])
    sheet.column_dimensions[letter].width = min(longest, WIDEST) + 2
    if any(isinstance(value, Decimal) for value in values):
        for cell in sheet[letter][1:]:
            cell.number_format = DOLLARS


def _cell(value: object) -> object:
    if pd.isna(value):
        return None
    return neutral(value) if isinstance(value, str | Decimal) else value.item() if hasattr(value, "item") else value


def _csv(decided: Decided, what: str, frame: pd.DataFrame) -> File:
    texts = frame.select_dtypes(["object", "string"])
    safe = frame.assign(**{name: texts[name].map(neutral) for name in texts})
    text = safe.to_csv(index=False, lineterminator="\n")
    return File(_name(decided, what, "csv"), text.encode("utf-8"))


def _name(decided: Decided, what: str, ending: str) -> str:
    panel = decided.close.panel
    practice = "".join(each if each.isalnum() else "_" for each in panel.facts.practices.practice_id.iloc[0])
    return f"{what}_{practice}_{panel.month}.{ending}"

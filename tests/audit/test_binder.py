"""The audit binder: the contractor's list in its order, the right states, the right pages, nobody else's data."""

from __future__ import annotations

import asyncio
import io
import re
import shutil
import sys
from html import unescape

import pandas as pd
import pytest
from pypdf import PdfReader

from ccmlib.audit.binder import binder, binders_for_sample, printer
from ccmlib.audit.binder.binder import folder_name
from ccmlib.audit.binder.page import css_text
from ccmlib.audit.binder.pdf import beginnings
from ccmlib.close import MonthClose, close_month
from ccmlib.problem import Problem

from .months import MONTH, closed, month, with_entries, with_table

HASH = "0123456789abcdef" * 4
PERSON = {"family_name": "Kingfisher", "given_name": "Beatrice", "birth_date": "1950-04-05", "mbi": "1X00X00XX00"}
LOG = ({"minutes": 12}, {"minutes": 11})
browser = pytest.mark.skipif(
    not shutil.which("chromium"), reason="Chromium is not installed, so nothing can be printed"
)


def made(*log, **said) -> MonthClose:
    said = {"patient": PERSON | said.pop("patient", {})} | said
    return closed(*(log or LOG), **said)


def states(close: MonthClose) -> list[str]:
    return [item.state for item in binder(close, "p1", HASH).items]


def words(html: str) -> str:
    """The text of a page as a reader sees it."""
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_a_claim_with_everything_has_all_eleven_items_present():
    assert states(made()) == ["present"] * 11


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"patient": {"mbi": None}}, {1}),
        ({"plans": [{"approved_at": None}]}, {2, 3}),
        ({"plans": []}, {2, 3}),
        ({"conditions": ["I10"]}, {4}),
        ({"risk": ""}, {5}),
        ({"log": [{"minutes": 19}]}, {6}),
        ({"visits": []}, {7}),
        ({"consents": []}, {7, 8, 9, 10, 11}),
        ({"consents": [{"staff_id": "np_moreno"}]}, {8}),
        ({"consents": [{"services_explained": False}]}, {9}),
        ({"consents": [{"cost_sharing_explained": False}]}, {9}),
        ({"consents": [{"single_practitioner_explained": False}]}, {10}),
        ({"consents": [{"right_to_stop_explained": False}]}, {11}),
    ],
)
def test_what_the_file_lacks_is_missing_and_only_that(said, missing):
    close = made(*said.pop("log", LOG), **said)
    assert {n for n, state in enumerate(states(close), 1) if state == "missing"} == missing


@pytest.mark.parametrize(
    ("said", "look"), [({"conditions": ["E11.65", "E11.42"]}, 4), ({"plans": [{"approved_at": "2025-01-05"}]}, 3)]
)
def test_what_a_person_should_judge_is_neither_present_nor_missing(said, look):
    assert states(made(**said)) == ["look" if n == look else "present" for n in range(1, 12)]


def test_the_page_holds_consent_plan_time_trail_and_claim():
    facts, rules = month(*LOG, patient=PERSON)
    facts = with_entries(
        facts, note=["Called about headache.", "Refill arranged with pharmacy."], outcome=["Better", None]
    )
    facts = with_table(
        facts,
        "care_plan_items",
        [
            {
                "item_id": "i",
                "care_plan_id": "p1-care_plans-0",
                "element": "treatment_goals",
                "text": "Walk every day",
                "target": "20 minutes",
                "due_date": "2026-09-01",
            }
        ],
    )
    payment = pd.DataFrame(
        {
            "hcpcs_code": ["99490"],
            "paid_on": ["20 Apr 2026"],
            "paid_cents": [5184],
            "patient_cents": [1323],
            "adjustments": ["CO-253 $1.06"],
        }
    )
    said = words(binder(close_month(facts, rules), "p1", HASH, payment=payment).html())
    for part in (
        "Beatrice Kingfisher",
        "1X00X00XX00",
        "Consent",
        "verbal",
        "only one practitioner can furnish",
        "Walk every day",
        "20 minutes",
        "1 Sep 2026",
        "Called about headache.",
        "Outcome: Better",
        "Outcome: none recorded",
        "12:00 counted",
        "23:00 logged = 20:00 billed + 3:00 held",
        "What the program asks",
        "E11.9",
        "99490",
        "$66.13",
        "$51.84",
        "CO-253 $1.06",
    ):
        assert part.lower() in said.lower(), part


def test_without_a_payment_the_binder_says_so():
    assert "No payment is on file for this month." in words(binder(made(), "p1", HASH).html())


def test_another_patient_is_not_named_in_this_ones_binder():
    log = [{"minutes": 30, "day": 3}, {"minutes": 25, "day": 3, "patient": "other-person"}]
    said = words(binder(made(*log, patients=["other-person"]), "p1", HASH).html())
    assert "overlaps an entry for another patient" in said and "other-person" not in said


def test_what_is_written_in_the_record_stays_text():
    facts, rules = month(*LOG, patient=PERSON | {"family_name": '<script>alert("x")</script>'})
    html = binder(close_month(with_entries(facts, note=["<b>bold</b>"] * 2), rules), "p1", HASH).html()
    assert "<script" not in html and "<b>bold" not in html and "&lt;b&gt;bold" in html


def test_a_name_cannot_leave_the_style_sheet():
    assert css_text('a"; } </style>\n\\') == '"a\\22 \\3b  \\7d  \\3c \\2f style\\3e \\a \\5c "'


@pytest.fixture(scope="module")
def press():
    with printer() as press:
        yield press


@browser
def test_the_contents_name_the_page_on_which_each_section_begins(press):
    log = [
        {"minutes": 3, "day": 1 + n % 28, "at": f"{8 + n // 28:02}:00"} for n in range(60)
    ]  # a time log of several pages
    html, pdf = binder(made(*log), "p1", HASH).printed(press)
    sheets = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    titles = dict(re.findall(r'<li><a href="#(\w+)">([^<]+)</a>', html))
    named = {
        anchor: int(page) for anchor, page in re.findall(r'<li><a href="#(\w+)">[^<]+</a><span>(\d+)</span>', html)
    }
    assert len(named) == 7 and named == beginnings(pdf)
    for anchor, page in named.items():
        having = [n for n, text in enumerate(sheets, 1) if n > 1 and titles[anchor] in text.splitlines()]
        assert having[0] == page, anchor
    assert named["why"] - named["time"] > 2
    items = re.findall(r'<a href="#(\w+)">(\d+)</a>', html)
    assert len(items) == 11 and all(int(page) == named[anchor] for anchor, page in items)


@browser
def test_every_sheet_is_letter_paper_and_bears_practice_patient_month_hash_and_page_of_pages(press):
    _, pdf = binder(made(), "p1", HASH).printed(press)
    sheets = PdfReader(io.BytesIO(pdf)).pages
    for number, sheet in enumerate(sheets, 1):
        text = sheet.extract_text()
        assert (sheet.mediabox.width, sheet.mediabox.height) == (612, 792)
        for part in (
            "Maple Street Family Practice",
            "Kingfisher, Beatrice (p1)",
            "March 2026",
            HASH,
            f"Page {number} of {len(sheets)}",
        ):
            assert part in text, (number, part)


@browser
def test_a_sample_is_filed_by_patient_and_month(press, tmp_path):
    close = made(*LOG, {"minutes": 22, "patient": "p2", "at": "13:00"}, patients=["p2"])
    units = pd.DataFrame({"patient_id": ["p2", "p1"], "service_month": MONTH, "program": "ccm"})
    files = binders_for_sample(units, {MONTH: (close, HASH)}, tmp_path, press)
    assert [path.relative_to(tmp_path).as_posix() for path in files] == [
        f"{patient}/{MONTH}/binder.{kind}" for patient in ("p1", "p2") for kind in ("html", "pdf")
    ]
    assert all(path.stat().st_mode & 0o077 == 0 for path in files) and files[1].read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("unit", [("p9", MONTH, "ccm"), ("p1", "2026-04", "ccm"), ("p1", MONTH, "xyz")])
def test_a_sampled_unit_without_paper_is_an_error_and_nothing_is_written(unit, tmp_path):
    units = pd.DataFrame([("p1", MONTH, "ccm"), unit], columns=["patient_id", "service_month", "program"])
    with pytest.raises(Problem):
        binders_for_sample(units, {MONTH: (made(), HASH)}, tmp_path)
    assert not list(tmp_path.iterdir())


def test_without_a_browser_there_is_html_and_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("ccmlib.audit.binder.pdf.shutil.which", lambda name: None)
    with pytest.raises(Problem, match="install chromium"), printer():
        pass
    files = binder(made(), "p1", HASH).write(tmp_path)
    assert [path.name for path in files] == ["binder.html"]
    assert "Page" not in re.findall(r"<th[^>]*>([^<]*)</th>", files[0].read_text())


@browser
def test_a_browser_that_does_not_start_is_told_in_one_sentence():
    with pytest.raises(Problem, match="does not start"), printer("/bin/false"):
        pass


def test_a_binder_vouches_for_the_lines_that_were_closed_and_for_no_others():
    close = made()
    binder(close, "p1", HASH, closed_lines=close.claim_lines)
    for other in (close.claim_lines.assign(units=2), close.claim_lines[:0]):
        with pytest.raises(Problem, match="claimed otherwise in the close"):
            binder(close, "p1", HASH, closed_lines=other)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"patient_id": "p9"}, "No patient 'p9'"),
        ({"close_hash": ""}, "close the month first"),
        ({"program": "xyz"}, "is not decided"),
        ({"payment": pd.DataFrame({"hcpcs_code": []})}, "The payment has no column"),
    ],
)
def test_a_binder_that_cannot_be_is_refused_in_one_sentence(asked, told):
    with pytest.raises(Problem, match=told):
        binder(made(), **({"patient_id": "p1", "close_hash": HASH} | asked))


@pytest.mark.parametrize("patient_id", ["../../etc", "..", ".", "a/b", "a\\b", "a\0b"])
def test_no_patient_id_leads_out_of_the_folder(patient_id, tmp_path):
    place = (tmp_path / folder_name(patient_id)).resolve()
    assert place.parent == tmp_path.resolve() and "\\" not in place.name


@browser
def test_a_binder_can_be_printed_from_a_notebook():
    """A notebook runs in an event loop, in which the browser's own calls are refused."""

    async def cell() -> bytes:
        with printer() as press:
            return binder(made(), "p1", HASH).printed(press)[1]

    assert asyncio.run(cell()).startswith(b"%PDF")


@pytest.mark.parametrize("package", ["pypdf", "playwright"])
def test_a_missing_package_is_told_in_one_sentence(package, monkeypatch):
    for name in [package, f"{package}.sync_api"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(Problem, match=f"needs the package {package}"), printer("/bin/true"):
        pass

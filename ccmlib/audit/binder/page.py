"""The binder as one HTML page that prints on Letter paper, with the same words at the head and foot of every sheet."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from ...reports.markup import Html, element, escaped, joined
from ...reports.palette import style_sheet
from .contents import contents, month_name
from .parts import Section
from .section_claim import claim
from .section_consent import consent
from .section_eligibility import eligibility
from .section_patient import patient
from .section_plan import care_plan
from .section_time import time
from .section_why import why
from .subject import Subject, name_of

#: The sections in the order of the binder.
SECTIONS = (patient, eligibility, consent, care_plan, time, why, claim)
#: Sections that follow on the same sheet; the others begin a new one, so that each can be sent by itself.
FOLLOWING = ("eligibility",)


def page(subject: Subject, pages: Mapping[str, int]) -> str:
    """The whole page; `pages` is the sheet on which each section begins, empty when it was not printed yet."""
    sections = [section(subject) for section in SECTIONS]
    body = joined([contents(subject, sections, pages), *map(_tab, sections)], "\n")
    own = (files("ccmlib") / "audit" / "binder" / "binder.css").read_text("utf-8")
    style = f"{style_sheet()}\n{own}\n{_running(subject)}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escaped(title(subject))}</title>\n<style>\n{style}\n</style>\n</head>\n"
        f'<body class="ccm">\n<main>\n{body}\n</main>\n</body>\n</html>\n'
    )


def title(subject: Subject) -> str:
    """Practice, patient and month, as they stand on every sheet."""
    return (
        f"{subject.practice['name']} · {name_of(subject.person)} ({subject.person.patient_id}) · {month_name(subject)}"
    )


def _tab(section: Section) -> Html:
    head = [element("h2", section.title), element("p", section.says, "lead")]
    kind = "tab follows" if section.anchor in FOLLOWING else "tab"
    return element("section", joined([*head, *section.body], "\n"), kind, id=section.anchor)


def _running(subject: Subject) -> str:
    """The head and foot of every printed sheet."""
    small = "font: 8pt sans-serif; color: #5b6b73"
    boxes = {
        "top-left": css_text(title(subject)),
        "top-right": '"Audit binder"',
        "bottom-left": css_text(f"Close {subject.close_hash}"),
        "bottom-right": '"Page " counter(page) " of " counter(pages)',
    }
    return (
        "@page { "
        + " ".join(f"@{place} {{ content: {words}; white-space: nowrap; {small} }}" for place, words in boxes.items())
        + " }"
    )


def css_text(words: str) -> str:
    """`words` as a CSS string: nothing in a name can end the string, or the style sheet."""
    return '"' + "".join(each if each.isalnum() or each in " .,-·()" else f"\\{ord(each):x} " for each in words) + '"'

"""Everything that a user can have on the screen, as scenes: who, which address, and what was done there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

#: A row of the list of patients: a dashboard has drawn itself.
ROW = "tr[data-key]"


@dataclass(frozen=True)
class Scene:
    """A page as `role` (empty: nobody signed in) has it before them: opened at `path`, `ready`, and `done` to it."""

    name: str
    role: str
    path: str
    ready: str = "h1"
    done: Callable = lambda page: None
    status: int = 200

    def __str__(self) -> str:
        return self.name


def refused(page) -> None:
    """A wrong password."""
    page.get_by_label("User name").fill("auditor")
    page.get_by_label("Password").fill("not the password of anybody")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()


def signed_out(page) -> None:
    """The end of a session."""
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/over/signed_out")


def found(page, patient: str = "P0003") -> None:
    """One patient looked for and chosen."""
    page.get_by_label("Find a patient").fill(patient)
    page.get_by_role("button", name=re.compile("^Found 1")).wait_for()
    page.locator(f"tr[data-key={patient}] button.pick").click()


def why(page) -> None:
    """A held patient and the reasons."""
    page.get_by_label("Find a patient").fill("P0003")
    page.get_by_role("button", name="P0003").click()
    page.get_by_role("region", name="Why: P0003").wait_for()


def closing(page) -> None:
    """The question before a month is closed."""
    page.get_by_role("button", name=re.compile("^(Close|Amend) .*…$")).click()
    page.get_by_role("button", name="Cancel").wait_for()


def plan(page) -> None:
    """A patient's plan."""
    page.get_by_label("Find a patient").fill("P0001")
    page.get_by_role("button", name="P0001", exact=True).click()
    page.get_by_role("heading", name=re.compile("P0001")).wait_for()


def editing(page) -> None:
    """The draft of the next version."""
    plan(page)
    page.get_by_role("button", name="Edit…").click()
    page.get_by_label("Element").wait_for()


def at_the_desk(page) -> None:
    """A patient at the desk, with the form of the work."""
    found(page)
    page.get_by_role("button", name="Start timer").wait_for()


def consenting(page) -> None:
    """An eligible patient and the consent form."""
    page.locator(f"{ROW} button.pick").first.click()
    page.get_by_role("heading", name="Record a consent").wait_for()


def withdrawing(page) -> None:
    """An enrolled patient and the withdrawal form."""
    found(page)
    page.get_by_role("heading", name="Record a withdrawal").wait_for()


AROUND = (
    Scene("sign_in", "", "/sign-in"),
    Scene("sign_in_refused", "", "/sign-in", done=refused, status=403),
    Scene("password", "care_manager", "/password"),
    Scene("no_permission", "auditor", "/page/care_desk", status=403),
    Scene("no_such_page", "auditor", "/page/no_such_page", status=404),
    Scene("signed_out", "auditor", "/", done=signed_out),
    Scene("page_ended", "auditor", "/over/unused?page=billing"),
    Scene("session_ended", "", "/over/expired?page=billing"),
)
DASHBOARDS = (
    Scene("billing", "practice_manager", "/page/billing", ROW),
    Scene("billing_why", "practice_manager", "/page/billing", ROW, why),
    Scene("billing_closing", "practice_manager", "/page/billing", ROW, closing),
    Scene("care_plan_review", "practitioner", "/page/care_plan_review", ROW),
    Scene("care_plan_review_plan", "practitioner", "/page/care_plan_review", ROW, plan),
    Scene("care_plan_review_draft", "care_manager", "/page/care_plan_review", ROW, editing),
    Scene("care_desk", "care_manager", "/page/care_desk", ROW),
    Scene("care_desk_patient", "care_manager", "/page/care_desk", ROW, at_the_desk),
    Scene("enrollment", "care_manager", "/page/enrollment", ROW),
    Scene("enrollment_consent", "care_manager", "/page/enrollment", ROW, consenting),
    Scene("enrollment_withdrawal", "care_manager", "/page/enrollment", ROW, withdrawing),
)

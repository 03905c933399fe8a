"""A state as a colored word with a mark, so that nothing depends on the color."""

from __future__ import annotations

from .. import wording
from .markup import Html, element

MARKS = {"ready": "✓", "review": "!", "hold": "✗", "quiet": "–"}


def chip(state: str, words: str) -> Html:
    """`words` in the color of `state`: ready, review, hold, or quiet for what nobody can change."""
    return element("span", f"{MARKS[state]} {words}", f"chip {state}")


def reason_chip(reason: dict) -> Html:
    """The chip of something held, from its row in the rules: red when it can be mended, else gray."""
    return chip("hold" if reason["mendable"] else "quiet", reason_words(reason["name"]))


def reason_words(name: str) -> str:
    """The name of a reason in words, with the capitals that a name of Medicare has."""
    return wording.words(name).replace("part b", "Part B")


def who(reason: dict) -> Html:
    """Who can mend it, small and never broken over two lines."""
    return element("span", f"({reason['who']})", "muted whole")


def yes_or_no(answer: bool) -> str:
    """The answer with its mark."""
    return f"{MARKS['ready']} yes" if answer else f"{MARKS['quiet']} no"

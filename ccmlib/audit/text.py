"""Notes as plain words, so that two can be compared and a word can be looked for."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def plain(texts: pd.Series) -> pd.Series:
    """Lower case, every number as ``#``, nothing but words with one blank between; an absent text is "".

    A blank stands before and after the words, so that a word's beginning, or with a blank after it a whole word,
    can be looked for.
    """
    text = texts.fillna("").astype("object").str.lower()
    text = text.str.replace(r"\b\d+(?:[.,/:]\d+)*\b", "#", regex=True).str.replace(r"[^\w#]+", " ", regex=True)
    return (" " + text.str.strip() + " ").where(text.str.strip() != "", "")


def mentions(text: pd.Series, words: Iterable[str]) -> pd.Series:
    """Whether each plain text has a word that begins with one of `words` (bool)."""
    found = pd.Series(False, text.index)
    for word in words:
        found |= text.str.contains(f" {word}", regex=False)
    return found


def first_word(text: str, words: Iterable[str]) -> str:
    """The first of `words` with which a word of a plain text begins, "" when there is none."""
    return next((word.strip() for word in words if f" {word}" in text), "")

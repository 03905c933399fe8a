"""Notes that are the same, or nearly: texts whose groups of letters mostly agree once numbers are left out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from .text import plain

#: Letters in a group, and texts compared with all others at a time (a bound on memory).
GROUP, AT_A_TIME = 5, 256


def families(notes: pd.Series, alike_percent: int) -> pd.Series:
    """The number of each note's family: notes of one family are the same or nearly so; an absent note has -1.

    Two notes are alike when `alike_percent` of the different five-letter groups that either has are in both (the
    Jaccard index), after numbers, punctuation and case are taken away. What is alike to a member is in the family.
    """
    number, distinct = pd.factorize(plain(notes))
    if not len(distinct):
        return pd.Series(number, notes.index)
    family = connected_components(_alike(_letter_groups(distinct), alike_percent), directed=False)[1]
    family = np.where(np.asarray(distinct) == "", -1, family)
    return pd.Series(family[number], notes.index)


def others(notes: pd.Series, patient: pd.Series, day: pd.Series, alike_percent: int) -> pd.Series:
    """In how many other patient-days each note stands, the same or nearly (int64; 0 for an absent note)."""
    family = families(notes, alike_percent)
    found = pd.DataFrame({"family": family, "patient": patient, "day": day})
    contacts = found.drop_duplicates().groupby("family").size()
    return (family.map(contacts) - 1).where(family >= 0, 0).astype(np.int64)


def _letter_groups(texts: np.ndarray) -> sparse.csr_array:
    """One row a text, one column a group of letters, 1 where the text has it."""
    sets = [sorted({text[at : at + GROUP] for at in range(max(len(text) - GROUP, 0) + 1)}) for text in texts]
    column, _ = pd.factorize(np.array([group for groups in sets for group in groups], object))
    starts = np.append(0, np.cumsum([len(groups) for groups in sets]))
    return sparse.csr_array((np.ones(len(column), np.int32), column, starts), shape=(len(texts), column.max() + 1))


def _alike(groups: sparse.csr_array, alike_percent: int) -> sparse.csr_array:
    """Which texts are alike (a sparse square of ones)."""
    edges = [*range(0, groups.shape[0], AT_A_TIME), groups.shape[0]]
    return sparse.vstack([_alike_to_all(groups, first, last, alike_percent) for first, last in pairwise(edges)], "csr")


def _alike_to_all(groups: sparse.csr_array, first: int, last: int, alike_percent: int) -> sparse.coo_array:
    size = np.diff(groups.indptr)
    shared = (groups[first:last] @ groups.T).tocoo()
    either = size[first + shared.row] + size[shared.col] - shared.data
    near = shared.data * 100 >= alike_percent * either
    ones = np.ones(near.sum(), np.int8)
    return sparse.coo_array((ones, (shared.row[near], shared.col[near])), shape=shared.shape)

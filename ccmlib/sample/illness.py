"""Long-term diseases in the mixes that older people have, and a few passing ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from .clock import dates
from .people import People
from .table import frame, words
from .words import DISEASES, PASSING

#: A patient's burden multiplies every disease's share.
BURDEN = ((0, 0.5), (0.5, 0.95), (0.9, 1.5), (1, 1.9))
COMMONEST = (0, 1, 2)
#: Share of diseases that came without an ICD-10-CM code.
UNCODED = 0.01


@dataclass(frozen=True)
class Illness:
    """Which patient has which disease."""

    people: People

    @cached_property
    def has(self) -> np.ndarray:
        """Patients by diseases, true where present."""
        draws, count = self.people.scale.draws("illness"), self.people.count
        chance = np.minimum(np.outer(draws.curve(BURDEN, count), [disease.share for disease in DISEASES]), 0.97)
        has = draws.share(chance.shape) < chance
        has[self.people.few, 1:] = False
        self._top_up(has, ~self.people.few)
        has[np.ix_(~self.people.ordinary, COMMONEST)] = True
        return has

    @staticmethod
    def _top_up(has: np.ndarray, some: np.ndarray) -> None:
        for disease in COMMONEST:
            has[some & (has.sum(axis=1) < 2), disease] = True

    @cached_property
    def of_patient(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """All diseases in patients' order, where each patient's begin, and how many there are."""
        count = self.has.sum(axis=1)
        return np.nonzero(self.has)[1], np.cumsum(count) - count, count

    def one_of(self, patients: np.ndarray, share: np.ndarray) -> np.ndarray:
        """One disease of each of `patients`, chosen by `share` (0 to 1); the first disease for who has none."""
        diseases, first, count = self.of_patient
        place = first[patients] + np.floor(share * count[patients]).astype(np.int64)
        padded = np.append(diseases, 0)
        return np.where(count[patients] > 0, padded[place], 0)


def condition_table(illness: Illness) -> pd.DataFrame:
    """`conditions.csv` of the ordinary patients."""
    draws = illness.people.scale.draws("conditions")
    patients, diseases = np.nonzero(illness.has & illness.people.ordinary[:, None])
    return pd.concat([_lasting(illness.people, draws, patients, diseases), _passing(illness.people, draws)])


def _lasting(people: People, draws, patients: np.ndarray, diseases: np.ndarray) -> pd.DataFrame:
    codes = [code for disease in DISEASES for code in disease.codes]
    sizes = np.array([len(disease.codes) for disease in DISEASES])
    first = np.cumsum(sizes) - sizes
    code = first[diseases] + draws.whole(0, sizes[diseases], len(diseases))
    coded = ~draws.chance(UNCODED, len(diseases))
    return frame(
        "conditions",
        patient_id=people.ids.take(patients),
        icd10_code=words(codes, np.where(coded, code, -1)),
        snomed_code=words([disease.snomed for disease in DISEASES], diseases),
        onset_date=dates(people.scale.first_day - draws.whole(30, 4000, len(diseases))),
    )


def _passing(people: People, draws) -> pd.DataFrame:
    patients = np.flatnonzero(people.ordinary & draws.chance(0.15, people.count))
    kind = draws.whole(0, len(PASSING), len(patients))
    onset = people.scale.last_day - draws.whole(30, 500, len(patients))
    return frame(
        "conditions",
        patient_id=people.ids.take(patients),
        icd10_code=words([code for code, _ in PASSING], kind),
        snomed_code=words([code for _, code in PASSING], kind),
        onset_date=dates(onset),
        abated_date=dates(onset + draws.whole(6, 25, len(patients))),
    )

"""The patients: who they are, and what sets their months apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from .clock import NEVER, dates, instants
from .draws import Draws
from .identity import medicare_numbers
from .practice import Practices
from .scale import Scale
from .table import frame, numbered, words
from .words import FAMILY_NAMES, MEN, WOMEN

YEAR = 365.25
#: Of a Medicare panel, so many are under 65, by disability.
UNDER_65 = 0.12
AGES = ((0, 65.1), (0.3, 69), (0.6, 75), (0.85, 83), (1, 98))
PART_B = 0
PAYERS = (("medicare_part_b", 0.75), ("medicare_advantage", 0.20), ("commercial", 0.05))
#: How much likelier than the whole panel each payer's patients are to be enrolled.
ENROLLMENT_BY_PAYER = np.array([1.12, 0.62, 0.70])
#: Of a panel, about so many have fewer than two long-term diseases; a practice seldom enrolls them.
FEWER_THAN_TWO, ENROLLMENT_OF_FEW = 0.09, 0.25
#: Shares of the enrolled: complex decisions attested, led by the practitioner in person, readings at home.
COMPLEX, LED, REMOTE = 0.09, 0.05, 0.10
DEATHS_A_MONTH = 0.003


@dataclass(frozen=True)
class People:
    """The panel as arrays, one place a patient; the planted patients come first."""

    practices: Practices

    @property
    def scale(self) -> Scale:
        """Size and seed."""
        return self.practices.scale

    @property
    def count(self) -> int:
        """How many patients."""
        return self.scale.patients

    @cached_property
    def ordinary(self) -> np.ndarray:
        """True for patients who are not planted."""
        return np.arange(self.count) >= self.scale.planted_count

    @cached_property
    def ids(self):
        """Ids such as P0001."""
        return numbered("P", np.arange(1, self.count + 1), 4)

    @cached_property
    def zone(self) -> np.ndarray:
        """The time zone of each patient's practice."""
        return self.practices.zone[self.practices.of_patient]

    @cached_property
    def billing(self) -> np.ndarray:
        """The staff row of each patient's billing practitioner: the physician for three in four."""
        second = self.draws("billing").chance(0.25, self.count)
        return self.practices.staff(self.practices.team_of_patient, second.astype(np.int64))

    @cached_property
    def birth_day(self) -> np.ndarray:
        """Days since 1970."""
        draws = self.draws("birth")
        young = draws.chance(UNDER_65, self.count)
        ages = np.where(young, 42 + 22.5 * draws.share(self.count), draws.curve(AGES, self.count))
        return (self.scale.last_day - ages * YEAR).astype(np.int64)

    @cached_property
    def payer(self) -> np.ndarray:
        """The number of each patient's payer in `PAYERS`."""
        return self.draws("payer").pick([share for _, share in PAYERS], self.count)

    @cached_property
    def few(self) -> np.ndarray:
        """Patients with fewer than two long-term diseases."""
        return self.draws("few").chance(FEWER_THAN_TWO, self.count)

    @cached_property
    def enrolled(self) -> np.ndarray:
        """Ordinary patients with a consent."""
        liking = ENROLLMENT_BY_PAYER[self.payer] * np.where(self.few, ENROLLMENT_OF_FEW, 1.06)
        chance = np.minimum(self.scale.enrolled * liking, 1)
        chance = chance if self.scale.enrolled < 1 else np.ones(self.count)
        return self.ordinary & self.draws("enrolled").chance(chance, self.count)

    @cached_property
    def complex(self) -> np.ndarray:
        """Enrolled patients whose months ask for moderate or high complexity."""
        return self._some("complex", COMPLEX)

    @cached_property
    def led(self) -> np.ndarray:
        """Enrolled patients whom the practitioner calls in person."""
        return self._some("led", LED) & ~self.complex

    @cached_property
    def remote(self) -> np.ndarray:
        """Enrolled patients with a device at home."""
        return self._some("remote", REMOTE)

    @cached_property
    def died_at(self) -> np.ndarray:
        """UTC seconds of death, `NEVER` for the living."""
        draws, span = self.draws("died"), self.scale.last_day - self.scale.first_day + 1
        died = draws.chance(DEATHS_A_MONTH * self.scale.months, self.count) & self.ordinary
        day = self.scale.first_day + draws.whole(0, span, self.count)
        return np.where(died, self.practices.clock.at(self.zone, day, draws.whole(0, 86_000, self.count)), NEVER)

    def _some(self, label: str, share: float) -> np.ndarray:
        return self.enrolled & self.draws(label).chance(share, self.count)

    def draws(self, label: str) -> Draws:
        """The stream of draws called `label`."""
        return self.scale.draws("people", label)


def patient_table(people: People) -> pd.DataFrame:
    """`patients.csv`: made-up names, one made-up street, telephone numbers that are never given out."""
    numbers, female = np.arange(people.count), people.draws("sex").chance(0.56, people.count)
    return frame(
        "patients",
        patient_id=people.ids,
        practice_id=people.practices.ids.take(people.practices.of_patient),
        billing_staff_id=people.practices.staff_ids.take(people.billing),
        medical_record_number=numbered("MRN", numbers + 1, 6),
        **_names(people, female),
        birth_date=dates(people.birth_day),
        sex=np.where(female, "female", "male"),
        mbi=medicare_numbers(numbers),
        address=[f"{number % 900 + 1} Example Street" for number in numbers.tolist()],
        city="Sampleton",
        state="NY",
        postal_code="00000",
        phone=words([f"555-01{number:02d}" for number in range(100)], numbers % 100),
        died_at=instants(people.died_at, people.died_at < NEVER),
        enrolled_elsewhere=people.ordinary & people.draws("elsewhere").chance(0.006, people.count),
    )


def _names(people: People, female: np.ndarray) -> dict:
    draws = people.draws("names")
    women, men = (draws.whole(0, len(pool), people.count) for pool in (WOMEN, MEN))
    return {
        "family_name": words(FAMILY_NAMES, draws.whole(0, len(FAMILY_NAMES), people.count)),
        "given_name": words(WOMEN + MEN, np.where(female, women, len(WOMEN) + men)),
    }

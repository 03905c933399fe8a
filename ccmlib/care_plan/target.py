"""A goal's target read as a number, where it can be: "blood pressure below 130/80", "PDC at least 80%"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .measured import BLOOD_PRESSURE, Measured, measured, named_in

NUMBER = r"(\d+(?:\.\d+)?)"
#: Longer words first: "not above" must not be read as "above". True: the bound itself is still in the target.
BELOW = {
    "no more than": True, "not more than": True, "not above": True, "not over": True, "at most": True, "up to": True,
    "<=": True, "≤": True, "less than": False, "lower than": False, "below": False, "under": False, "<": False,
}  # fmt: skip
ABOVE = {
    "no less than": True, "not less than": True, "not below": True, "not under": True, "at least": True, ">=": True,
    "≥": True, "more than": False, "greater than": False, "higher than": False, "above": False, "over": False,
    ">": False,
}  # fmt: skip
PAIR = re.compile(rf"(?<![\d.]){NUMBER}\s*/\s*{NUMBER}(?![\d.])")
RANGE = re.compile(rf"(?:between\s+)?{NUMBER}\s*%?\s*(?:-|–|to|and)\s*{NUMBER}")


@dataclass(frozen=True)
class Target:
    """Where a measure shall be: above `low` and below `high` (None: open); `closed`: the bounds are in it."""

    measure: Measured
    low: float | None = None
    high: float | None = None
    closed: bool = False

    def reached(self, value: float) -> bool:
        """Whether a value lies in the target."""
        if self.closed and value in (self.low, self.high):
            return True
        return (self.low is None or value > self.low) and (self.high is None or value < self.high)

    def bound(self, value: float) -> float:
        """The bound that a value outside the target has to reach."""
        return self.low if self.high is None or (self.low is not None and value <= self.low) else self.high

    def share(self, start: float, value: float) -> float:
        """How much of the way from `start` to the target is done: 0 to 1; 1 when it is reached."""
        if self.reached(value) or self.reached(start):
            return float(self.reached(value))
        way = start - self.bound(start)
        return min(max((start - value) / way, 0.0), 1.0) if way else 0.0


def targets(text: str, names: list[str] = ()) -> list[Target]:
    """The targets that a text states in numbers, none when it states none; `names`: further measures to know."""
    plain = " ".join(text.lower().split())
    pair = PAIR.search(plain)
    if pair and _side(plain[: pair.start()]):
        return _pair(pair, *_side(plain[: pair.start()]))
    found = named_in(plain, list(names))
    return [target for target in [_single(plain, found)] if target] if found else []


def _pair(pair: re.Match, above: bool, closed: bool) -> list[Target]:
    bounds = zip(BLOOD_PRESSURE, pair.groups(), strict=True)
    return [_bounded(measured(name), float(number), above, closed) for name, number in bounds]


def _single(plain: str, found: Measured) -> Target | None:
    plain = _without_name(plain, found)
    numbers = RANGE.search(plain)
    if numbers and float(numbers[1]) < float(numbers[2]):
        return Target(found, _value(numbers[1], found), _value(numbers[2], found), True)
    for number in re.finditer(rf"(?<![\w.]){NUMBER}", plain):
        side = _side(plain[: number.start()])
        if side:
            return _bounded(found, _value(number[1], found), *side)
    return None


def _without_name(plain: str, found: Measured) -> str:
    """A measure's own figures (the 9 of PHQ-9) are no target."""
    for word in sorted(found.words, key=len, reverse=True):
        plain = re.sub("-?".join(map(re.escape, word)), "", plain)
    return plain


def _value(number: str, found: Measured) -> float:
    return float(number) / 100 if found.percent and float(number) > 1 else float(number)


def _bounded(found: Measured, bound: float, above: bool, closed: bool) -> Target:
    return Target(found, bound, None, closed) if above else Target(found, None, bound, closed)


def _side(before: str) -> tuple[bool, bool] | None:
    """(above, closed) of the comparing words that end the text before a number; None when there are none."""
    before = before.rstrip()
    for above, words in ((False, BELOW), (True, ABOVE)):
        for word, closed in words.items():
            if before.endswith(word) and not before.endswith(("not " + word, "no " + word)):
                return above, closed
    return None

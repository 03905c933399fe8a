"""The page beside the committed sample: what each planted patient shows."""

from __future__ import annotations

from .planting import patient_id
from .situation import Situation
from .situations import LAST_MONTH, SITUATIONS

HEAD = """# The sample practice

Sample Family Practice does not exist. Its patients, staff, numbers and notes are made up by `ccmlib.sample`;
identifiers have a valid shape and were never issued to anybody. {patients} patients, {months} months up to {last}.

The first {planted} patients each show one situation in {last}, listed below with what the month-end close
says of it: claim codes with their units, seconds held by reason, and reviews. The others are an ordinary mix.

Do not edit these files. Write them anew, with this page, by

    python -m ccmlib.sample data/samples

The same seed gives the same bytes. A practice of any other size: `ccm sample DIR --patients N --months M --seed S`.

| Patient | Situation | What a biller should see | Claims | Held seconds | Reviews |
|---|---|---|---|---|---|
"""


def sample_readme(patients: int, months: int, situations: tuple[Situation, ...] = SITUATIONS) -> str:
    """The page in Markdown, for a sample of `patients` and `months`; made from the catalogue alone."""
    head = HEAD.format(patients=patients, months=months, last=LAST_MONTH, planted=len(situations))
    return head + "".join(_row(number, situation) for number, situation in enumerate(situations))


def _row(number: int, situation: Situation) -> str:
    claims = ", ".join(f"{code} x{units}" for code, units in situation.claims.items())
    holds = ", ".join(f"{reason} {seconds}" for reason, seconds in situation.holds.items())
    cells = (patient_id(number), situation.name, situation.sentence, claims, holds, ", ".join(situation.reviews))
    return f"| {' | '.join(cell or '-' for cell in cells)} |\n"

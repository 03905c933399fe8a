"""The consent letter: plain words in large type, the expected cost, a place to sign (requirements A2.1 to A2.5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .. import wording
from ..reports.markup import Html, element, escaped, joined
from .cost import Cost

STYLE = """
@page { size: Letter; margin: 18mm; }
body { font: 18pt/1.45 Georgia, "Times New Roman", serif; color: #000; background: #fff; max-width: 42em;
  margin: 0 auto; padding: 16px; }
h1 { font-size: 26pt; line-height: 1.2; margin: 0 0 12px; }
h2 { font-size: 20pt; margin: 20px 0 4px; break-after: avoid; }
p, li { margin: 0 0 8px; } ul { margin: 0; padding-left: 1.2em; }
.head { display: flex; justify-content: space-between; gap: 24px; border-bottom: 2px solid #000;
  margin-bottom: 16px; }
.sign { break-inside: avoid; margin-top: 24px; border-top: 2px solid #000; padding-top: 12px; }
.line { display: block; border-bottom: 1px solid #000; height: 2.2em; margin-bottom: 4px; } .small { font-size: 14pt; }
"""
SERVICES = (
    "A care plan that is yours. You help to set the goals, and you get a copy.",
    "A call from our care team, most often once a month.",
    "Help with your medicines.",
    "We talk with your other doctors, so that everybody works from the same plan.",
    "A person you can reach day and night, every day.",
)

SAYS = {
    "One practice at a time": "Only one practitioner can give you this service in a month. If another one gives it to "
    "you now, please tell us.",
    "You can stop at any time": "Call us, write to us or tell us at a visit. The service then ends at the end of that "
    "month. Your other care does not change.",
    "How to say yes": "You can tell us by phone, or sign here. You do not have to join.",
    "Questions?": "Call us: ________________________",
}


@dataclass(frozen=True)
class Letter:
    """Who writes to whom: names as they are printed."""

    practice: str
    practitioner: str
    patient: str
    day: dt.date
    conditions: list[str]


def letter_html(letter: Letter, cost: Cost) -> Html:
    """The letter as a whole page, to be printed or saved."""
    head = element("head", [Html('<meta charset="utf-8">'), element("title", "Consent to care management"),
                            element("style", Html(STYLE))])  # fmt: skip
    return Html("<!doctype html>\n" + element("html", [head, element("body", body(letter, cost))], lang="en"))


def body(letter: Letter, cost: Cost) -> Html:
    """What the letter says, in the order of the four statements a consent needs."""
    practitioner, service = letter.practitioner, element("strong", "chronic care management")
    offer = [f"{practitioner} offers you a service called ", service, ". ", _why(letter.conditions)]
    parts = {
        "What you get": [element("ul", joined(element("li", each) for each in SERVICES))],
        "What it costs": [element("p", each) for each in cost_sentences(cost)],
        **{title: [element("p", says)] for title, says in SAYS.items()},
    }
    return joined([
        element("div", [element("strong", letter.practice), element("span", wording.date(letter.day))], "head"),
        element("h1", "Help with your health between visits"), element("p", f"Dear {letter.patient},"),
        element("p", offer), *(part for title, content in parts.items() for part in (element("h2", title), *content)),
        _signature(letter),
    ])  # fmt: skip


def cost_sentences(cost: Cost) -> list[Html]:
    """What the patient may pay, in dollars."""
    if cost.nothing:
        return [escaped(cost.other_insurance)]
    usual, most = element("strong", f"{wording.money(cost.share)} a month"), wording.money(cost.most_share)
    return [
        joined([
            f"Medicare pays most of it. You may pay {cost.percent}% of the cost: about ", usual,
            f" when we spend at least {cost.minutes} minutes on your care. In a month with less time you pay nothing.",
        ]),
        escaped(
            f"In a month in which we spend {cost.most_minutes} minutes it is about {most}, more if your care becomes "
            "complex. If your yearly Medicare deductible is not met, you may pay more until it is."
        ),
        escaped(cost.other_insurance),
    ]  # fmt: skip


def _why(conditions: list[str]) -> str:
    if not conditions:
        return "It is for people who live with two or more lasting health problems."
    return (
        f"It is for people who live with two or more lasting health problems. Yours are {wording.listed(conditions)}."
    )


def _signature(letter: Letter) -> Html:
    said = (
        f"I was told what the service is, what it may cost me, that only one practitioner can give it in a month, and "
        f"that I can stop at any time. I agree that {letter.practitioner} gives me this service."
    )
    fields = [[element("span", "", "line"), element("p", name, "small")] for name in ("My name", "Signature", "Date")]
    return element("div", [element("p", said), *(part for pair in fields for part in pair)], "sign")

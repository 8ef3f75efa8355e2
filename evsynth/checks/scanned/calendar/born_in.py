"""The age of a person against the year of birth and the year told with it: born in 1965, 54 years old in July 2010."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.moments import moments
from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.facts.passages import passages
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_BORN = Expression(
    r"\b(?:born|birth(?:day)?|DOB)\b(?: (?:in|on|year|was|"
    r"date))*[^.;\d]{0,12}(?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\.?,?\s)?(?:\d{1,2},?\s)?"
    r"(?P<y>19\d\d|20[0-4]\d)\b(?!\s?(?:-|to|and|or|through)\s?(?:19|20)?\d\d)",
    re.I,
)
_AGE = Expression(
    rf"(?<![\w.-])(?P<n>\d{{1,3}}|{WORD})[\s-]year(?:s)?[\s-](?:old|of age)\b|\b(?:aged|at (?:the |an )?age(?: "
    rf"of)?|age|when (?:s?he) "
    rf"was)\s(?P<k>\d{{1,3}}|{WORD})(?![\w.%-])(?:\syears?)?",
    re.I,
)
_SINGLE = Expression(
    r"\b(?:man|woman|boy|girl|patient|he|she|him|her|lady|gentleman|male|female|mother|child|"
    r"farmer|nurse|worker)\b",
    re.I,
)
_MANY = Expression(
    r"\b(?:cohort|participants|patients|those|people|women|men|children|adults|persons|individuals|"
    r"infants)\b",
    re.I,
)


def born_in(reading: Reading) -> Iterator[Finding]:
    """Compare ages with years less the year of birth of one person. Left alone: an age that a year told near gives."""
    for line, near in passages(reading, _BORN, 1, 1):
        births = list(_BORN.finditer(near.words))
        ages = list(_AGE.finditer(near.words))
        if len(births) != 1 or not ages or _MANY.search(line.words) or not _SINGLE.search(line.words):
            continue
        birth = int(births[0]["y"])
        told = [m for m in moments(near.words) if not births[0].start() <= m.start < births[0].end()]
        years = [m for m in told if m.first // 10000 >= birth]
        if not years:
            continue
        made = {m.first // 10000 - birth - k for m in years for k in (0, 1)}
        for age in ages:
            number = value(age["n"] or age["k"])
            if number in made or len(ages) > len(years):
                continue
            nearest = min(years, key=lambda m: abs(m.start - age.start()))
            after = nearest.first // 10000 - birth
            yield reading.finding(
                "DATES", "error",
                f"an age of {number} is inconsistent with a birth in {birth}: in {nearest.first // 10000} it is "
                f"{after - 1} "
                f"or {after}",
                "the age may be that at another event; otherwise a digit is misprinted",
                quotes=(near.spot(*births[0].span()), near.spot(*age.span()), near.spot(nearest.start, nearest.end)),
                computed=(("age", f"{after - 1} or {after}"),),
            )  # fmt: skip
            return

"""A scale's most and least against its items: ten items, each from 1 to 5, have a total of 10 to 50."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("COMPONENTS",)

_ROLES: tuple[Role, ...] = ("abstract", "methods", "results", "body", "figure legend")
_ITEMS = Expression(
    rf"(?<![\w.,-])(?P<k>\d{{1,2}}|{WORD})[\s-](?:[a-z-]+\s)?(?:items?|questions?|statements|symptoms|domains|"
    rf"parameters|criteria|components|features|signs)\b[^.;]{{0,60}}?"
    rf"\b(?:each|all|every|which|rated|scored|graded)\b(?:[^.;\d]){{0,45}}?(?P<a>\d)\s?(?:\([a-z -]+\)\s)?(?:to|-|"
    rf"through|and)\s?(?P<b>\d{{1,2}})(?![\d%]|\.\d)"
    rf"(?P<rest>[^.;]{{0,160}})",
    re.I,
)
_RANGE = Expression(
    r"\b(?:total|sum|overall|summed|score|scores|range|ranging|maximum|max|giving|"
    r"yielding)\b[^.;\d]{0,45}?(?:(?P<low>\d{1,3})\s?(?:to|-|and)\s?)?(?P<high>\d{1,3})(?![\d%]|"
    r"\.\d)",
    re.I,
)
_LOOSE = Expression(
    r"\b(?:some|mean|average|subscale|subscales|transformed|weighted|reverse|converted|"
    r"standardi[sz]ed|except|domains? score|two|respectively|multipl\w+|cut-?off|items? \d)\b",
    re.I,
)


def items_of_scale(reading: Reading) -> Iterator[Finding]:
    """Compare the range of a sum score with the number of items and the range of each. Left alone: means, subscales."""
    for line in lines(reading, _ROLES):
        for m in _ITEMS.finditer(line.words):
            told = _RANGE.search(m["rest"])
            if told is None or _LOOSE.search(m["rest"][: told.end()]) or int(m["a"]) >= int(m["b"]):
                continue
            items, least, most = value(m["k"]), int(m["a"]), int(m["b"])
            low, high = told["low"], int(told["high"])
            single = not re.search(r"maxim|max\b", told[0], re.I) and low is None
            if single or items < 2 or high in (items * most, items * (most - least), 100) or high <= most:
                continue
            if low is None and high < items:
                continue
            yield reading.finding(
                "COMPONENTS", "inconsistent",
                f"a total of {f'{low} to ' if low else ''}{high} is inconsistent with {items} items of {least} to "
                f"{most}, which make "
                f"{items * least} to {items * most}",
                "some items may not count; otherwise a number is misprinted", quotes=(line.piece(m),),
                computed=(("range", f"{items * least} to {items * most}"),),
            )  # fmt: skip
